"""What a folded word may be a form of, by the endings of Kazakh and Russian.

Both languages put their endings behind. Which of them a word carries cannot be told without a
dictionary, so every reading counts: two words are forms of one when they share a base. A wrong
reading is mostly no word at all and meets nothing.
"""

from functools import lru_cache

SHORTEST = 3  # letters of a base that an ending was taken from
CORE = 4  # letters that a misspelt word must have to be known

# Folded: і, ү, ң, қ are и, у, н, к already. They follow one another: «мектеп-тер-имиз-де-ги».
_KAZAKH = """
лар лер дар дер тар тер
ы и сы си ым им мыз миз ымыз имиз ныз низ ыныз иниз ын ин сын син
нын нин дын дин тын тин ны ни ды ди ты ти га ге ка ке на не да де та те нда нде
дан ден тан тен нан нен мен бен пен гы ги кы ки
лык лик дык дик тык тик лы ли сыз сиз дай дей тай тей шы ши
ган ген кан кен ылган илген ынган инген ылды илди ынды инди атын етин
"""
# One of these at most. Those of verbs only as far as reports use them.
_RUSSIAN = """
а я о е и ы у ю ь й ой ей ий ый ая яя ое ее ые ие ую юю ом ем ам ям ах ях ов ев ами ями
ого его ому ему ым им ых их ыми ими ия ии ию ие ием ией иям иях ью ть ить ать ет ит ут ют ат ят
ил ила или ало али ала
"""
_VOWELS = frozenset("аеиоуыэюя")
_HARD = {"б": "п", "г": "к"}
_SOFTENING = ("ы", "и", "у")
_STEPS = 5  # Kazakh endings behind one another


def _by_length(endings: str) -> tuple[frozenset[str], ...]:
    all_of_them = endings.split()
    longest = max(map(len, all_of_them))
    return tuple(
        frozenset(ending for ending in all_of_them if len(ending) == length)
        for length in range(longest + 1)
    )


_KAZAKH_ENDINGS = _by_length(_KAZAKH)
_RUSSIAN_ENDINGS = _by_length(_RUSSIAN)


@lru_cache(maxsize=20_000)
def bases(word: str) -> frozenset[str]:
    """The folded ``word`` itself and whatever it may be a form of; a number is only itself."""
    found = {word}
    if not word.isalpha():
        return frozenset(found)
    ends = {word}
    for _ in range(_STEPS):
        ends = {left for end in ends for left in _without(end, _KAZAKH_ENDINGS)} - found
        found |= ends
    found |= set(_without(word, _RUSSIAN_ENDINGS))
    found |= {base[:-2] + base[-1] for base in found if _is_fleeting(base)}
    found |= {base[:-1] + _HARD[base[-1]] for base in found if _is_softened(base, word)}
    return frozenset(found)


def cores(word: str) -> frozenset[str]:
    """The bases by which ``word`` is found misspelt: the shortest that can be, and itself.

    None of a short word: whatever differs from it by a letter is another word.
    """
    long_enough = [base for base in bases(word) if len(base) >= CORE and base.isalpha()]
    if not long_enough:
        return frozenset()
    return frozenset({min(long_enough, key=lambda base: (len(base), base)), word})


def _without(word: str, endings: tuple[frozenset[str], ...]) -> list[str]:
    lefts = []
    for length in range(1, min(len(endings), len(word) - 1)):
        left = word[:-length]
        if word[-length:] in endings[length] and _can_stand(left, length):
            lefts.append(left)
    return lefts


def _can_stand(left: str, length: int) -> bool:
    # «су» and «үй» have two letters only; what is left of longer words is longer.
    if len(left) == SHORTEST - 1:
        return length <= SHORTEST and (left[0] in _VOWELS) != (left[1] in _VOWELS)
    return len(left) >= SHORTEST


def _is_softened(base: str, word: str) -> bool:
    """«Мектебі», «тармағы»: before an ending that begins with a vowel «п» and «к» are softened."""
    return len(base) > SHORTEST and base[-1] in _HARD and word[len(base) :][:1] in _SOFTENING


def _is_fleeting(base: str) -> bool:
    """«Участок» loses its vowel in «участка», «жетісу» never."""
    return len(base) > CORE and base[-2] in "ое" and base[-1] in "кц"
