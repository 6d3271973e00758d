"""The ladder of reminders of an answer that is awaited: counted in working days, not in days.

Five and one working days before the deadline, on the day itself, and each third working day after.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.rules.gate import MORNING, opens_at
from storage.rules.ladder import Rung, first_after, to_come
from storage.rules.working_days import WorkingCalendar

DAYS_BEFORE = (5, 1, 0)  # working days
EACH = 3  # working days between reminders of what is overdue


def due_at(days: int, deadline: date, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    """The moment of the rung ``days`` working days after ``deadline`` (negative: before it)."""
    day = calendar.add(deadline, days) if days > 0 else _back(deadline, -days, calendar)
    return opens_at(datetime.combine(day, MORNING, tzinfo=zone), calendar, zone)


def before(
    deadline: date, now: datetime, calendar: WorkingCalendar, zone: ZoneInfo
) -> Iterator[Rung]:
    """The rungs up to the deadline that are still to come at ``now``, in order."""
    return to_come(DAYS_BEFORE, lambda days: due_at(days, deadline, calendar, zone), now)


def overdue(
    deadline: date,
    now: datetime,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    *,
    after_days: int = 0,
) -> Rung:
    """The next rung after ``deadline`` that is still to come at ``now``.

    Those that passed unsaid are left out; ``after_days`` is the one that was said last.
    """
    today = now.astimezone(zone).date()
    passed = calendar.count(deadline, today) // EACH if today > deadline else 0
    steps = max(1, after_days // EACH + 1, passed)
    return first_after(steps, EACH, lambda days: due_at(days, deadline, calendar, zone), now)


def _back(deadline: date, days: int, calendar: WorkingCalendar) -> date:
    """The working day that is ``days`` working days before ``deadline``; 0: the last up to it."""
    day = calendar.previous_working(deadline)
    for _ in range(days):
        day = calendar.previous_working(day - timedelta(days=1))
    return day
