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


def before(
    deadline: date, now: datetime, calendar: WorkingCalendar, zone: ZoneInfo
) -> Iterator[Rung]:
    """The rungs up to the deadline that are still to come at ``now``, in order, one a day.

    A rung on a day off comes on the working day before it: a warning may come early, never after
    the deadline. Where two rungs meet on one day that way, the one nearer the deadline stays.
    """
    names: dict[date, str] = {}
    for days in DAYS_BEFORE:
        day = calendar.previous_working(deadline - timedelta(days=days))
        names[day] = f"-{days}" if days else "0"
    for day, name in names.items():
        due_at = _morning(day, calendar, zone)
        if due_at > now:
            yield Rung(name, due_at)


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
        # At nine of that day, with all else that is due then: one message, not two.
        day = calendar.next_working(deadline + timedelta(days=weeks * WEEKLY))
        due_at = _morning(day, calendar, zone)
        if due_at > now:
            return Rung(f"+{weeks * WEEKLY}", due_at)
        weeks += 1


def _morning(day: date, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    return opens_at(datetime.combine(day, MORNING, tzinfo=zone), calendar, zone)
