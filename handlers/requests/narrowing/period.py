"""Days that are typed for a period: «01.10–31.10», «1 қазан - 31 қазан», one day alone."""

import re
from datetime import date, timedelta

from handlers.turn import Turn
from handlers.ui.typed_dates import read_date

_BETWEEN = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=[\d.])-(?=\d)")
_YEAR = re.compile(r"\d{4}|\d{1,2}\.\d{1,2}\.\d{2}(?!\d)")
YEAR_DAYS = 366


class NoPeriod(Exception):
    """More than two days, or the last before the first."""


def read(turn: Turn, typed: str) -> tuple[date, date]:
    """The first and the last day. Raises DateMistake, NoPeriod.

    A day without a year is the last such one: requests have come already.
    """
    parts = _BETWEEN.split(typed.strip())
    if len(parts) > 2:
        raise NoPeriod
    days = [_day(turn, part) for part in parts]
    first, last = days[0], days[-1]
    if first > last or first > turn.today:
        raise NoPeriod
    return first, last


def _day(turn: Turn, typed: str) -> date:
    day = read_date(typed, turn.local, future=False, farthest=turn.today + timedelta(YEAR_DAYS)).day
    if day > turn.today and not _YEAR.search(typed):
        try:
            return day.replace(year=day.year - 1)
        except ValueError:  # 29 February
            return day.replace(year=day.year - 1, day=28)
    return day
