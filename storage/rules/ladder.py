"""The ladder of reminders of an item with a deadline."""

from collections.abc import Callable, Iterable, Iterator
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


SNOOZED = "~"  # a rung's name that begins so is the day to which one was put off


def days_of(rung: str) -> int:
    """How many days after the deadline a rung is; 0 for one that was put off."""
    return 0 if rung.startswith(SNOOZED) else int(rung)


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
    return to_come(DAYS_BEFORE, lambda days: due_at(days, deadline, calendar, zone), now)


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
    return first_after(weeks, WEEKLY, lambda days: due_at(days, deadline, calendar, zone), now)


def to_come(
    days_before: Iterable[int], moment_of: Callable[[int], datetime], now: datetime
) -> Iterator[Rung]:
    """Of the rungs so many days before a deadline those that are still to come at ``now``.

    ``moment_of`` gives the moment of a rung by its days after the deadline (negative: before it).
    """
    for days in days_before:
        moment = moment_of(-days)
        if moment > now:
            yield Rung(str(-days), moment)


def first_after(steps: int, each: int, moment_of: Callable[[int], datetime], now: datetime) -> Rung:
    """The first rung that is still to come at ``now``: ``steps`` times ``each`` days, or later."""
    while True:
        moment = moment_of(steps * each)
        if moment > now:
            return Rung(f"+{steps * each}", moment)
        steps += 1
