"""What stands in a cell: a text, a number, a day, a time of day; and what is wrong with it."""

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from handlers.ui.typed_dates import DateMistake, TypedDate, read_date, read_time

Value = str | bool | int | float | datetime | date | time | timedelta | None
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)  # a number between them may be meant as a day
_YEAR = re.compile(r"(?<!\d)(?:\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2})(?!\d)")
_WINDOWS = datetime(1899, 12, 30)  # noqa: DTZ001 - days are counted from it, it has no zone


class Fault(StrEnum):
    """What is wrong with a cell."""

    FORMULA = "formula"
    ERROR = "error"  # #REF!, #N/A: what a formula left
    NO_DAY = "no_day"
    NO_YEAR = "no_year"
    NO_TIME = "no_time"
    NO_NUMBER = "no_number"
    NO_WHOLE_NUMBER = "no_whole_number"
    NO_TEXT = "no_text"  # a tick: true or false
    NO_CHOICE = "no_choice"  # none of the words that fit there


class CellError(Exception):
    """The cell holds something else than is wanted there."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.value = value


@dataclass(frozen=True)
class Cell:
    """A cell as it was read; ``fault`` says that its value is not to be trusted."""

    address: str = ""
    value: Value = None
    fault: Fault | None = None
    epoch: datetime = _WINDOWS  # of the workbook: old ones from a Mac count from 1904

    def __bool__(self) -> bool:
        """Whether anything stands in it."""
        return self.value is not None or self.fault is not None


EMPTY = Cell()


def text(cell: Cell) -> str | None:
    """The cell as a text; a number or a day that a program made of one is written out again.

    Raises CellError, as the others here do.
    """
    value = _sound(cell)
    if isinstance(value, bool):
        raise CellError(Fault.NO_TEXT, str(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return None if value is None else str(value)


def number(cell: Cell) -> float | None:
    """The cell as a number, typed as «41,5» too."""
    value = _sound(cell)
    if value is None:
        return None
    try:
        found = float("".join(str(value).split()).replace(",", "."))
    except ValueError:
        raise CellError(Fault.NO_NUMBER, str(value)) from None
    if not math.isfinite(found):
        raise CellError(Fault.NO_NUMBER, str(value))
    return found


def whole(cell: Cell) -> int | None:
    """The cell as a whole number."""
    try:
        value = number(cell)
    except CellError as error:
        wrong = Fault.NO_WHOLE_NUMBER if error.fault is Fault.NO_NUMBER else error.fault
        raise CellError(wrong, error.value) from None
    if value is None:
        return None
    if not value.is_integer():
        raise CellError(Fault.NO_WHOLE_NUMBER, str(cell.value))
    return int(value)


def day(cell: Cell) -> TypedDate | None:
    """The cell as a day, with the time of day when it has one.

    A text is read as people type days, in either language, but with its year.
    """
    value = _sound(cell)
    if value is None:
        return None
    if isinstance(value, datetime):
        at = _minute(value)
        return TypedDate(at.date(), at.time() if at.time() != time() else None)
    if isinstance(value, date):
        return TypedDate(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _counted(cell, float(value))
    if not isinstance(value, str):
        raise CellError(Fault.NO_DAY, str(value))
    return _typed(value)


def clock(cell: Cell) -> time | None:
    """The cell as a time of day."""
    value = _sound(cell)
    if value is None:
        return None
    if isinstance(value, time):
        return _minute(datetime.combine(FIRST, value)).time()
    if isinstance(value, datetime):
        return _minute(value).time()
    if isinstance(value, float) and 0 <= value < 1:
        value = timedelta(days=value)
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        return _minute(datetime.combine(FIRST, time()) + value).time()
    try:
        return read_time(str(value))
    except DateMistake:
        raise CellError(Fault.NO_TIME, str(value)) from None


def _sound(cell: Cell) -> Value:
    if cell.fault is not None:
        raise CellError(cell.fault, str(cell.value or ""))
    return cell.value


def _counted(cell: Cell, days: float) -> TypedDate:
    """A day whose format was lost: it is kept as a number of days."""
    if not 0 < days < 100_000:
        raise CellError(Fault.NO_DAY, f"{days:g}")
    at = _minute(cell.epoch + timedelta(days=days))
    if not FIRST <= at.date() <= LAST:
        raise CellError(Fault.NO_DAY, f"{days:g}")
    return TypedDate(at.date(), at.time() if at.time() != time() else None)


def _typed(value: str) -> TypedDate:
    if not _YEAR.search(value):
        # «24.11» would be another day each year, «tomorrow» each day.
        raise CellError(Fault.NO_YEAR if any(c.isdigit() for c in value) else Fault.NO_DAY, value)
    try:
        return read_date(value, datetime.combine(FIRST, time(), UTC), future=False)
    except DateMistake:
        raise CellError(Fault.NO_DAY, value) from None


def _minute(at: datetime) -> datetime:
    """Days are kept as fractions, which miss the minute by some microseconds."""
    return (at + timedelta(milliseconds=500)).replace(microsecond=0)
