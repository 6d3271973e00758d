"""The words of a text as search compares them: folded, in Cyrillic, letters apart from digits."""

import re

from storage.rules.folding import fold

LONGEST = 40  # letters of a word that are compared

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-я]")

# A word in Latin letters is read by its sounds: AMANAT and «аманат» are one name.
_SOUNDS = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwyz", "абцдефгхижклмнопкрстуввыз", strict=True)) | {"x": "кс"}
)
# Among Cyrillic letters a Latin one only looks like its neighbour: «бiлiм», «cу».
_LOOKS = str.maketrans("abcehikmoptuxy", "авсеникмортуху")


def words_of(text: str) -> list[str]:
    """The words of ``text`` in their order: «М-39», "M39" and "м 39" give the same two."""
    return [_spelled(piece)[:LONGEST] for piece in _PIECE.findall(fold(text))]


def _spelled(word: str) -> str:
    if not _LATIN.search(word):
        return word
    return word.translate(_LOOKS if _CYRILLIC.search(word) else _SOUNDS)
