"""Figures as people write and read them: «885 485», «41,8»."""

import math
import re

from babel.numbers import format_decimal

# Groups of three with any kind of space between, a comma or a point before the decimals.
_NUMBER = re.compile(r"([+\-−]?)(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,](\d+))?")
DIGITS = 15  # more than a figure of ours can hold exactly


def shown(value: float) -> str:
    """A figure in digits, thousands apart, at most three decimals and none that say nothing."""
    # Russian and Kazakh write figures alike; a line must not break within one.
    written: str = format_decimal(round(value, 3), format="#,##0.###", locale="ru")
    return written.replace("\u202f", "\u00a0")


def read(text: str, *units: str) -> float | None:
    """The figure of ``text``, which may end with a percent sign or one of ``units``; else None."""
    words = " ".join(text.split(" ")).strip()
    for unit in ("%", *units):
        if unit and words.casefold().endswith(unit.casefold()):
            words = words[: -len(unit)].strip()
    found = _NUMBER.fullmatch(words)
    if found is None:
        return None
    sign, whole, decimals = found.groups()
    digits = re.sub(r"\D", "", whole)
    if len(digits) > DIGITS or len(decimals or "") > DIGITS:
        return None
    value = float(f"{digits}.{decimals or 0}")
    return -value if sign in ("-", "−") and not math.isclose(value, 0) else value
