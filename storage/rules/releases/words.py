"""Lists of words, written as one writes words."""


def row(words: str) -> tuple[str, ...]:
    """The words of a string in their order, without repeats."""
    return tuple(dict.fromkeys(words.split()))


def among(words: str) -> frozenset[str]:
    """The words of a string, to look one up among them."""
    return frozenset(words.split())
