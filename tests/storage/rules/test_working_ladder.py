"""The ladder of an awaited answer: 5 and 1 working days before, the day, each third one after."""

from datetime import date, datetime, time
from itertools import pairwise

from hypothesis import given

from storage.rules import working_ladder
from storage.rules.working_days import WorkingCalendar
from tests.storage.rules.calendars import CALENDARS, DAYS, MOMENTS, ZONE

PLAIN = WorkingCalendar()
THURSDAY = date(2026, 12, 24)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZONE)


def test_the_rungs_before_are_counted_in_working_days() -> None:
    # A week before the 24th lies the holiday of 16 December.
    rungs = working_ladder.before(date(2026, 12, 22), at(date(2026, 12, 1)), PLAIN, ZONE)
    assert [(rung.name, rung.due_at) for rung in rungs] == [
        ("-5", at(date(2026, 12, 14))),
        ("-1", at(date(2026, 12, 21))),
        ("0", at(date(2026, 12, 22))),
    ]


def test_what_has_passed_is_not_planned() -> None:
    rungs = working_ladder.before(THURSDAY, at(date(2026, 12, 23)), PLAIN, ZONE)
    assert [rung.name for rung in rungs] == ["0"]


def test_overdue_is_said_each_third_working_day() -> None:
    first = working_ladder.overdue(THURSDAY, at(THURSDAY), PLAIN, ZONE)
    assert (first.name, first.due_at) == ("+3", at(date(2026, 12, 29)))
    second = working_ladder.overdue(THURSDAY, first.due_at, PLAIN, ZONE, after_days=3)
    assert (second.name, second.due_at) == ("+6", at(date(2027, 1, 5)))  # 1 and 4 January are off


def test_after_a_standstill_the_next_one_is_said_and_not_all_of_them() -> None:
    late = working_ladder.overdue(THURSDAY, at(date(2027, 2, 1), 10), PLAIN, ZONE, after_days=3)
    assert late.due_at > at(date(2027, 2, 1), 10)
    assert int(late.name) > 20


@given(DAYS, MOMENTS, CALENDARS)
def test_whatever_the_calendar_rungs_come_in_order_on_working_days(
    deadline: date, now: datetime, calendar: WorkingCalendar
) -> None:
    rungs = list(working_ladder.before(deadline, now, calendar, ZONE))
    after = working_ladder.overdue(deadline, now, calendar, ZONE)
    moments = [rung.due_at for rung in (*rungs, after)]
    assert all(one <= other for one, other in pairwise(moments))
    assert all(moment > now for moment in moments)
    assert all(calendar.is_working(moment.astimezone(ZONE).date()) for moment in moments)
