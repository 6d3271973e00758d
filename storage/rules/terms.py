"""The words of a query, as they are looked for: folded, and without what may be an ending."""

import re
from dataclasses import dataclass

from storage.rules.folding import fold

MOST_TERMS = 8  # the rest of a longer query is not looked at
KEPT = 4  # letters of a longer word that are never taken for an ending
LONGEST_ENDING = 4
SHORT = 5  # letters of a word whose own ending is not looked behind
_WORD = re.compile(r"[^\W_]+")

# Words that say nothing of the subject, folded. Alone they are looked for all the same.
_EMPTY = """
и в во на о об обо по про с со к ко у за от до из для ли же бы а но не это
туралы жонинде бойынша жайлы жайында мен пен бен жане ма ме ба бе па пе да де та те гои
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
_VOWELS = frozenset("аеиоуыэюя")


@dataclass(frozen=True)
class Term:
    """A folded word, and the stem a word of a text must begin with to match it."""

    word: str
    stem: str

    def matches(self, word: str) -> bool:
        """Whether the folded ``word`` of a text is this one, in whatever form."""
        return word == self.word if self.is_number else word.startswith(self.stem)

    def is_near(self, word: str) -> bool:
        """Whether the folded ``word`` differs by a short ending only: «су» is not «субсидия»."""
        kept = self.word[:-2] if len(self.word) > SHORT else self.word
        return word.startswith(kept) and abs(len(word) - len(self.word)) <= LONGEST_ENDING

    @property
    def is_number(self) -> bool:
        """A number has no endings and is no beginning of another: 5 is not found in 57."""
        return self.word.isdecimal()


def terms(text: str) -> tuple[Term, ...]:
    """The different words of ``text``, at most eight; none when it has no letter or digit."""
    words = list(dict.fromkeys(fold(text).split()))
    telling = [word for word in words if word not in EMPTY_WORDS]
    return tuple(Term(word, stem(word)) for word in (telling or words)[:MOST_TERMS])


def stem(word: str) -> str:
    """The beginning of a folded ``word`` that its other forms share.

    Both languages put their endings behind, so a longer word loses one to four last letters:
    «ипподрому» and «ипподромы» meet in «ипподр». Of four letters only a last vowel goes («воды»).
    """
    length = len(word)
    if not word.isalpha() or length < KEPT:
        return word
    if length == KEPT:
        return word[:-1] if word[-1] in _VOWELS else word
    return word[: length - min(LONGEST_ENDING, (length - KEPT + 1) // 2)]


def places(text: str, wanted: tuple[Term, ...]) -> tuple[tuple[int, int], ...]:
    """Where the words of ``text`` that match stand: begin and end of each."""
    return tuple(
        found.span()
        for found in _WORD.finditer(text)
        if any(term.matches(part) for part in fold(found.group()).split() for term in wanted)
    )
