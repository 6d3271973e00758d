"""A typed date cut into pieces: numbers with what joins them, and folded words."""

import re
import unicodedata
from dataclasses import dataclass

from storage.rules.folding import fold

_HOUR_ENDING = r"(?:-(?:[дтгқк][еа]|ға)(?![^\W\d_]))?"  # «15:00-де»
_PIECE = re.compile(
    r"(?P<ymd>\d{3,}[-./]\d{1,2}[-./]\d{1,2}(?![\d:]))"
    r"|(?P<dmy>\d{1,2}[-./]\d{1,2}[-./]\d+(?![-./]?\d))"
    r"|(?P<clock>\d{1,3}:\d{1,3}(?::\d{2})?)"
    + _HOUR_ENDING
    + r"|(?P<pair>\d{1,2}[-./]\d{1,3}(?!\d))"
    + _HOUR_ENDING
    + r"|(?P<number>\d+)(?:-(?P<ending>[^\W\d_]{1,4})(?![^\W\d_]))?"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<other>[^\s,.;!()«»\"'–—-])"
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Piece:
    """One piece: ``kind`` (ymd, dmy, clock, pair, number, word, other), numbers as written."""

    kind: str
    text: str
    numbers: tuple[str, ...] = ()
    ending: str = ""  # of a number: «15-те»

    @property
    def values(self) -> tuple[int, ...]:
        """The numbers as such."""
        return tuple(int(number) for number in self.numbers)


def pieces(text: str) -> list[Piece]:
    """Cut ``text``; whatever only separates is dropped, a strange sign is a piece of its own."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text).casefold()
        if unicodedata.category(letter) not in ("Cf", "Mn")  # zero-width signs, variation selectors
    )
    return [_piece(match) for match in _PIECE.finditer(plain)]


def _piece(match: re.Match[str]) -> Piece:
    kind = match.lastgroup or "other"
    if kind == "ending":
        kind = "number"
    text = match.group()
    if kind == "word":
        return Piece(kind, fold(text))
    ending = fold(match["ending"]) if match["ending"] else ""
    return Piece(kind, text, tuple(_NUMBER.findall(text)), ending)
