"""Personal data in a text that others will read: phones, IINs and a known name are hidden."""

import re
from collections.abc import Iterable

# A phone of Kazakhstan as people write it, or an IIN; a date or a sum of money is neither.
NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+?7|8)[\s().-]{0,2})?\d{3}[\s().-]{0,2}\d{3}[\s.-]{0,2}\d{2}[\s.-]{0,2}\d{2}(?!\d)"
    r"|(?<!\d)\d{12}(?!\d)"
)
HIDDEN = "•••"
_WORD = re.compile(r"\w+")
_IIN, _PHONE = 12, 10  # digits that a number is known by
_SHORTEST = 4  # letters of a name that is known by its beginning: «Гүлнардың»


def veiled(text: str, names: Iterable[str] = ()) -> str:
    """``text`` with long numbers hidden, and every form of the words of ``names``."""
    return _nameless(NUMBER.sub(HIDDEN, text), names)


def _nameless(text: str, names: Iterable[str]) -> str:
    words = {re.escape(word) for name in names for word in _WORD.findall(name)}
    forms = [rf"{word}\w*" if len(word) >= _SHORTEST else rf"{word}\b" for word in words]
    if not forms:
        return text
    return re.sub(rf"\b(?:{'|'.join(sorted(forms))})", HIDDEN, text, flags=re.IGNORECASE)


def told_numbers(text: str) -> set[str]:
    """The phones and IINs in a text by their digits: a phone by its last ten, an IIN by all."""
    return {_digits(found) for found in NUMBER.finditer(text)}


def without(text: str, numbers: Iterable[str], names: Iterable[str] = ()) -> str:
    """As ``veiled``, but of the numbers only those of one person are hidden.

    ``numbers`` are phones in E.164 and IINs.
    """
    meant = {digits_of(number) for number in numbers}

    def hidden(found: re.Match[str]) -> str:
        return HIDDEN if _digits(found) in meant else found[0]

    return _nameless(NUMBER.sub(hidden, text), names)


def digits_of(number: str) -> str:
    """A phone (E.164) or an IIN as ``told_numbers`` gives it."""
    digits = re.sub(r"\D", "", number)
    return digits if len(digits) == _IIN else digits[-_PHONE:]


def _digits(found: re.Match[str]) -> str:
    return digits_of(found[0])
