"""Words that differ by a slip of the finger: a letter missing, too many, wrong, or two swapped."""

BEGINNING = 7  # letters in which a slip is looked for; those behind must differ little as well


def variants(word: str) -> set[str]:
    """The beginning of ``word``, whole and without each one of its letters.

    Two words that are one slip apart share one of them, so a table of these finds the right word
    by equality alone (the method is known as symmetric deletion).
    """
    start = word[:BEGINNING]
    return {start} | {start[:n] + start[n + 1 :] for n in range(len(start))}


def slips_allowed(word: str) -> int:
    """How many slips ``word`` may hold and still be meant."""
    return 1 if len(word) <= BEGINNING else 2


def slips(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong or swapped with the next between the two."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, start=1):
        previous, row, before = row, [n], row if n == 1 else before
        for m, against in enumerate(other, start=1):
            least = min(previous[m] + 1, row[m - 1] + 1, previous[m - 1] + (letter != against))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == against:
                least = min(least, before[m - 2] + 1)
            row.append(least)
        before = previous
    return row[-1]
