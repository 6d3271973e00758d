"""When the next meeting of a series is: so often after the first one, on a working day."""

import calendar
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from storage.rules.working_days import WorkingCalendar

DAYS = {"week": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3}
EVERY = (*DAYS, *MONTHS)


def following(
    first: datetime, latest: datetime, every: str, working: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """The next moment after ``latest`` of what repeats ``every`` … since ``first``.

    It is counted from the first one, so a meeting that a holiday shifted shifts no other. A day
    off gives way to the next working day; a day that a month lacks to its last one. The hour is
    that of ``first`` in ``zone``. Takes and returns aware moments.
    """
    start, after = first.astimezone(zone), latest.astimezone(zone).date()
    days = (working.next_working(_nth(start.date(), every, n)) for n in count(1))
    day = next(day for day in days if day > after)
    return datetime.combine(day, start.time(), zone)


def _nth(first: date, every: str, n: int) -> date:
    if every in DAYS:
        return first + timedelta(days=DAYS[every] * n)
    years, month = divmod(first.month - 1 + MONTHS[every] * n, 12)
    year, month = first.year + years, month + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
