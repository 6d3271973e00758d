"""What must not be torn apart at the end of a line: «885 485», «41,5 %», «7,4 млрд теңге»."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")

NO_BREAK = "\N{NO-BREAK SPACE}"
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_UNIT = re.compile(r"(?<=\d) (?=%|млрд|млн|трлн|мың|тыс)")


def bind(text: str) -> str:
    """Return ``text`` with no-break spaces inside its numbers and before their units."""
    return _UNIT.sub(NO_BREAK, _THOUSANDS.sub(NO_BREAK, text))


def bound(value: T) -> T:
    """Return ``value`` with ``bind`` done to every text in it, in tuples and dataclasses too."""
    return _bound(value)  # type: ignore[no-any-return]


def _bound(value: Any) -> Any:
    if isinstance(value, str):
        return bind(value)
    if isinstance(value, tuple):
        return tuple(_bound(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _bound(getattr(value, f.name)) for f in fields(value)})
    return value
