"""When something that repeats comes next."""

from calendar import monthrange
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Every(StrEnum):
    """How often."""

    WEEK = "week"
    MONTH = "month"


def next_after(first: datetime, every: Every, after: datetime, zone: ZoneInfo) -> datetime:
    """The first occurrence later than ``after`` of what began at ``first``.

    At the same hour in ``zone``; a month without the day has it on its last one.
    """
    if every is Every.WEEK:
        weeks = max(0, (after - first) // timedelta(weeks=1) + 1)
        return first + weeks * timedelta(weeks=1)
    months = 0
    while (found := months_later(first, months, zone)) <= after:
        months += 1
    return found


def months_later(first: datetime, months: int, zone: ZoneInfo) -> datetime:
    """The moment so many ``months`` after ``first``, on its day or the month's last one."""
    local = first.astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(first.tzinfo)
