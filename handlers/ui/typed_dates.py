"""Dates and times as people type them, in Kazakh and Russian at once.

``24.11``, ``24 қараша 15:00``, ``завтра в 10``, ``дүйсенбі сағат 15-те``, ``через неделю``. Pure:
the present moment is a parameter. What is wrong comes as a ``DateMistake`` with its kind;
``handlers.ui.date_mistakes`` has the words for it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.ui.date_reading import Reading
from handlers.ui.date_said import Said, Strange, WrongDay, WrongTime, WrongYear, add_months
from handlers.ui.date_tokens import pieces

TimeOfDay = time  # the type, where a field is called time
LONGEST = 100  # characters; no date is longer, a pasted page is not read as one
LEAP_CYCLE = 8  # years within which every day of the calendar comes, 29 February too


class Kind(StrEnum):
    """What is wrong with what was typed."""

    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    IN_THE_PAST = "in_the_past"
    TOO_FAR = "too_far"
    WEEKDAY_DIFFERS = "weekday_differs"
    NOT_UNDERSTOOD = "not_understood"


class DateMistake(Exception):
    """What was typed is no date that is wanted here; ``kind`` says why, ``day`` which one it is."""

    def __init__(self, kind: Kind, day: date | None = None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.day = day


@dataclass(frozen=True)
class TypedDate:
    """A day, and the time of day when one was typed."""

    day: date
    time: TimeOfDay | None = None


def read_date(
    text: str, now: datetime, *, future: bool = True, farthest: date | None = None
) -> TypedDate:
    """Read a typed day; ``now`` is local and aware.

    A day and month without a year are the next such day, a weekday is the next such one (today
    only with a time still ahead), a time alone is the next such time. With ``future`` a past day,
    or a time that has passed today, is refused; a day after ``farthest`` is refused too.
    Raises DateMistake.
    """
    reading = _read(text)
    if reading.said.is_only_time and reading.time is None:
        raise DateMistake(Kind.NOT_UNDERSTOOD)
    typed = TypedDate(_day(reading, now), reading.time)
    if future and _is_past(typed, now):
        raise DateMistake(Kind.IN_THE_PAST, typed.day)
    if farthest is not None and typed.day > farthest:
        raise DateMistake(Kind.TOO_FAR, farthest)
    return typed


def read_time(text: str) -> time:
    """Read a time of day alone: ``15:00``, ``15.30``, ``15``, ``сағат 15-те``, ``в 3 часа дня``.

    Raises DateMistake (NO_SUCH_TIME, NOT_UNDERSTOOD).
    """
    reading = _read(text, only_time=True)
    if reading.time is None:
        raise DateMistake(Kind.NOT_UNDERSTOOD)
    return reading.time


def _read(text: str, *, only_time: bool = False) -> Reading:
    if len(text) > LONGEST:
        raise DateMistake(Kind.NOT_UNDERSTOOD)
    try:
        return Reading(pieces(text), only_time=only_time)
    except Strange:
        raise DateMistake(Kind.NOT_UNDERSTOOD) from None
    except WrongTime:
        raise DateMistake(Kind.NO_SUCH_TIME) from None
    except WrongYear:
        raise DateMistake(Kind.YEAR_OUT_OF_RANGE) from None
    except WrongDay:
        raise DateMistake(Kind.NO_SUCH_DAY) from None


def _day(reading: Reading, now: datetime) -> date:
    said, today = reading.said, now.date()
    found = _named_day(said, today)
    if found is None and said.is_next and said.weekday is not None:
        return _weekday_of_next(said.weekday, today, in_next_week=said.in_next_week)
    if found is None:
        return _next_weekday(said.weekday, reading.time, now)
    if said.weekday is not None and found.weekday() != said.weekday:
        raise DateMistake(Kind.WEEKDAY_DIFFERS, found)
    return found


def _named_day(said: Said, today: date) -> date | None:
    """The day that was named, but for a weekday alone."""
    if said.shift_months:
        return add_months(today, said.shift_months)
    if said.shift_days is not None:
        return today + timedelta(days=said.shift_days)
    if said.day is None:
        return None
    if said.month is None:
        return _next_of_month(said.day, today)
    if said.year is None:
        return _next_of_year(said.day, said.month, today)
    return _existing(said.year, said.month, said.day)


def _existing(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise DateMistake(Kind.NO_SUCH_DAY) from None


def _next_of_year(day: int, month: int, today: date) -> date:
    for year in range(today.year, today.year + LEAP_CYCLE + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    raise DateMistake(Kind.NO_SUCH_DAY)


def _next_of_month(day: int, today: date) -> date:
    first = today.replace(day=1)
    for months in range(LEAP_CYCLE + 4):
        month = add_months(first, months)
        try:
            candidate = month.replace(day=day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    raise DateMistake(Kind.NO_SUCH_DAY)


def _next_weekday(weekday: int | None, at: time | None, now: datetime) -> date:
    """The next such weekday, or, without one, the day on which that time comes next."""
    today = now.date()
    ahead = 0 if weekday is None else (weekday - today.weekday()) % 7
    if ahead == 0 and (at is None or at <= now.time()):
        ahead = 1 if weekday is None else 7
    return today + timedelta(days=ahead)


def _weekday_of_next(weekday: int, today: date, *, in_next_week: bool) -> date:
    """That day of the next week; said on a Tuesday, «next Friday» may mean this week's: refused."""
    if not in_next_week and weekday > today.weekday():
        raise DateMistake(Kind.NOT_UNDERSTOOD)
    return today + timedelta(days=7 - today.weekday() + weekday)


def _is_past(typed: TypedDate, now: datetime) -> bool:
    today = now.date()
    if typed.day == today and typed.time is not None:
        return typed.time <= now.time()
    return typed.day < today
