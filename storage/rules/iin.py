"""The individual identification number (ЖСН / ИИН): domain.md 1.4.

Its digits are not compared with a birth date: since 2013 they are not bound to one.
"""

_FIRST = tuple(range(1, 12))
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
LENGTH = 12
_CENTURY = 6  # where the digit of century and sex stands, which is never 0


def valid(text: str) -> bool:
    """Whether ``text`` is an IIN: twelve digits, the last of which is the check digit."""
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()):
        return False
    digits = [int(digit) for digit in text]
    if digits[_CENTURY] == 0:  # so are all zeros, which would pass the check
        return False
    check = _weighed(digits, _FIRST)
    if check == 10:
        check = _weighed(digits, _SECOND)
    return check == digits[-1]  # a 10 again: such a number is never issued


def masked(text: str) -> str:
    """An IIN as screens show it: its last four digits."""
    return "•" * (LENGTH - 4) + text[-4:]


def _weighed(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
