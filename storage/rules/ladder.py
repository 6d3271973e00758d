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
    """The rungs up to the deadline that are still to come at ``now``, each moved through the gate.

    A rung on a day off comes on the working day *before* the deadline if there is one left, and
    never after the deadline itself: a reminder that is late has failed.
    """
    for days in DAYS_BEFORE:
        day = deadline - timedelta(days=days)
        due_at = _on_or_before(day, deadline, calendar, zone)
        if due_at > now:
            yield Rung(f"-{days}" if days else "0", due_at)


def overdue(deadline: date, now: datetime, calendar: WorkingCalendar, zone: ZoneInfo) -> Rung:
    """The next weekly rung after ``deadline`` that is still to come at ``now``."""
    today = now.astimezone(zone).date()
    weeks = max(1, (today - deadline).days // WEEKLY)
    while True:
        due_at = _morning(deadline + timedelta(days=weeks * WEEKLY), calendar, zone)
        if due_at > now:
            return Rung(f"+{weeks * WEEKLY}", due_at)
        weeks += 1


def _on_or_before(day: date, deadline: date, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    candidate = day
    while not calendar.is_working(candidate):
        candidate -= timedelta(days=1)
    after = calendar.next_working(day)
    return _morning(after if after <= deadline else candidate, calendar, zone)


def _morning(day: date, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    return opens_at(datetime.combine(day, MORNING, tzinfo=zone), calendar, zone)
