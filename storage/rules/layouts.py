"""What was meant when the keyboard stood in another layout than its owner thought."""

import re

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю."
# In the Kazakh layout the row of digits holds the letters that Russian has not.
_DIGITS = dict(zip("234589-=0", "әіңғүұөһқ", strict=True))

_FROM_LATIN = str.maketrans(dict(zip(_LATIN, _RUSSIAN, strict=True)))
_TO_KAZAKH = str.maketrans(_DIGITS)
_KEY = re.compile(r"[a-z]")
_LETTER = re.compile(r"[^\W\d_]")


def readings(text: str) -> tuple[str, ...]:
    """``text`` as it stands, then what the same keys give in a Russian and in a Kazakh layout.

    «bggjlhjv» is «ипподром» and «0ehskszs» «құрылысы»; «0урылыс» is «құрылыс» with the wrong
    one of two Cyrillic layouts. Only the first one when another layout changes nothing.
    """
    chunks = text.lower().split()
    russian = " ".join(_russian(chunk) for chunk in chunks)
    kazakh = " ".join(_kazakh(chunk) for chunk in chunks)
    return tuple(dict.fromkeys((text, russian, kazakh)))


def _russian(chunk: str) -> str:
    return chunk.translate(_FROM_LATIN) if _KEY.search(chunk) else chunk


def _kazakh(chunk: str) -> str:
    return _russian(chunk).translate(_TO_KAZAKH) if _LETTER.search(chunk) else chunk
