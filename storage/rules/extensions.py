"""To which day a term may be extended."""

from datetime import date, timedelta

from storage.rules import legal_clock
from storage.rules.working_days import WorkingCalendar

BY_BRANCH = 4  # extensions of one request; beyond them the secretary of the region decides
FARTHEST = timedelta(days=366)


def latest(today: date, first_due_on: date, calendar: WorkingCalendar, *, legal: bool) -> date:
    """The last day to which a term may go that ended on ``first_due_on`` at first."""
    return legal_clock.latest(first_due_on, calendar) if legal else today + FARTHEST


def fault(
    due_on: date, to_due: date, today: date, latest_on: date, calendar: WorkingCalendar
) -> str | None:
    """What is wrong with the day ``to_due``: earlier, past, day_off, far; None: nothing."""
    if to_due <= due_on:
        return "earlier"
    if to_due < today:
        return "past"
    if not calendar.is_working(to_due):
        return "day_off"
    return "far" if to_due > latest_on else None


def offered(
    due_on: date, today: date, latest_on: date, calendar: WorkingCalendar
) -> tuple[date, ...]:
    """Some working days to choose from: 1, 2, 3, 5, 10 and 15 working days later."""
    start = max(due_on, today)
    days = (calendar.add(start, n) for n in (1, 2, 3, 5, 10, 15))
    return tuple(day for day in days if day <= latest_on)
