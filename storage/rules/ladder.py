"""The ladder of reminders of an item with a deadline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.rules.gate import MORNING, opens_at
from storage.rules.working_days import WorkingCalendar

DAYS_BEFORE = (30, 14, 7, 3, 1, 0)
WEEKLY = 7  # days between reminders of an overdue item


@dataclass(frozen=True)
class Rung:
    """One step: "-3" is three days before the deadline, "+7" a week after it."""

    name: str
    due_at: datetime  # aware


def due_at(days: int, deadline: date, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    """The moment of the rung ``days`` after ``deadline`` (negative: before it).

    On a day off a warning comes on the working day before: it may come early, never after the
    deadline. What is said of an overdue item comes on the working day after.
    """
    day = deadline + timedelta(days=days)
    worked = calendar.next_working(day) if days > 0 else calendar.previous_working(day)
    # At nine of that day, with all else that is due then: one message, not two.
    return opens_at(datetime.combine(worked, MORNING, tzinfo=zone), calendar, zone)


def before(
    deadline: date, now: datetime, calendar: WorkingCalendar, zone: ZoneInfo
) -> Iterator[Rung]:
    """The rungs up to the deadline that are still to come at ``now``, in order.

    Days off may bring two of them to one morning; then the one nearer the deadline is said.
    """
    for days in DAYS_BEFORE:
        moment = due_at(-days, deadline, calendar, zone)
        if moment > now:
            yield Rung(str(-days), moment)


def overdue(
    deadline: date,
    now: datetime,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    *,
    after_days: int = 0,
) -> Rung:
    """The next weekly rung after ``deadline`` that is still to come at ``now``.

    Weeks that passed unsaid are left out; ``after_days`` is the rung that was said last, so that
    none is said twice even when the calendar changes. A day off moves it to the next working day.
    """
    today = now.astimezone(zone).date()
    weeks = max(1, after_days // WEEKLY + 1, (today - deadline).days // WEEKLY)
    while True:
        moment = due_at(weeks * WEEKLY, deadline, calendar, zone)
        if moment > now:
            return Rung(f"+{weeks * WEEKLY}", moment)
        weeks += 1
