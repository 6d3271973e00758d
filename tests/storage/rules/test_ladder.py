"""The ladder of reminders: 30, 14, 7, 3, 1 days before, the day itself, then weekly."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from storage.rules import ladder
from storage.rules.working_days import WorkingCalendar
from tests.storage.rules.calendars import CALENDARS, DAYS, MOMENTS, ZONE

PLAIN = WorkingCalendar()


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZONE)


def days(deadline: date, now: datetime, calendar: WorkingCalendar = PLAIN) -> list[tuple[str, str]]:
    rungs = ladder.before(deadline, now, calendar, ZONE)
    return [(rung.name, f"{rung.due_at.astimezone(ZONE):%m-%d %H:%M}") for rung in rungs]


def test_every_rung_of_an_ordinary_deadline() -> None:
    # Thursday, 24 December 2026.
    assert days(date(2026, 12, 24), at(date(2026, 11, 2))) == [
        ("-30", "11-24 09:00"),
        ("-14", "12-10 09:00"),
        ("-7", "12-17 09:00"),
        ("-3", "12-21 09:00"),
        ("-1", "12-23 09:00"),
        ("0", "12-24 09:00"),
    ]


def test_only_what_is_still_to_come() -> None:
    assert [name for name, _ in days(date(2026, 12, 24), at(date(2026, 12, 21)))] == ["-1", "0"]


def test_a_warning_comes_early_rather_than_on_a_day_off() -> None:
    # Monday 14 December: the eve is a Sunday, so Friday warns; the third day before is Friday too.
    # Both come due that morning, and the tick says the nearer one.
    assert days(date(2026, 12, 14), at(date(2026, 12, 1))) == [
        ("-7", "12-07 09:00"),
        ("-3", "12-11 09:00"),
        ("-1", "12-11 09:00"),
        ("0", "12-14 09:00"),
    ]


def test_a_deadline_on_a_day_off_is_said_before_it() -> None:
    # Independence Day, Wednesday 16 December 2026; the eve is a working Tuesday.
    assert days(date(2026, 12, 16), at(date(2026, 12, 10)))[-1] == ("0", "12-15 09:00")
    # 4 January 2027 is off, as are 1 to 3: the last working day is 31 December.
    assert days(date(2027, 1, 4), at(date(2026, 12, 29)))[-1] == ("0", "12-31 09:00")


def test_overdue_comes_weekly_and_never_for_the_past() -> None:
    deadline = date(2026, 11, 24)
    first = ladder.overdue(deadline, at(deadline), PLAIN, ZONE)
    assert (first.name, first.due_at) == ("+7", at(date(2026, 12, 1)))
    second = ladder.overdue(deadline, first.due_at, PLAIN, ZONE)
    assert (second.name, second.due_at) == ("+14", at(date(2026, 12, 8)))
    after_a_month = ladder.overdue(deadline, at(date(2026, 12, 30), 12), PLAIN, ZONE)
    # +42 would be 5 January: 1 and 4 are off, the fifth is worked.
    assert (after_a_month.name, after_a_month.due_at) == ("+42", at(date(2027, 1, 5)))


def test_a_rung_that_was_said_is_not_said_again_when_the_calendar_changes() -> None:
    deadline = date(2026, 11, 24)
    said = date(2026, 12, 1)
    moved = WorkingCalendar({said: False})
    again = ladder.overdue(deadline, at(said), moved, ZONE, after_days=7)
    assert again.name == "+14"


@given(DAYS, MOMENTS, CALENDARS)
def test_rungs_before(deadline: date, now: datetime, calendar: WorkingCalendar) -> None:
    rungs = list(ladder.before(deadline, now, calendar, ZONE))
    assert len({rung.name for rung in rungs}) == len(rungs)
    assert all(one.due_at <= two.due_at for one, two in pairwise(rungs))
    for rung in rungs:
        local = rung.due_at.astimezone(ZONE)
        assert now < rung.due_at
        assert local.date() <= deadline
        assert local.date() <= deadline + timedelta(days=int(rung.name))
        assert local.time() == time(9)
        assert calendar.is_working(local.date())


@given(DAYS, MOMENTS, CALENDARS)
def test_rungs_after(deadline: date, now: datetime, calendar: WorkingCalendar) -> None:
    moment, said = now, 0
    for _ in range(4):
        rung = ladder.overdue(deadline, moment, calendar, ZONE, after_days=said)
        local = rung.due_at.astimezone(ZONE)
        assert rung.due_at > moment
        assert int(rung.name) > said
        assert int(rung.name) % 7 == 0
        assert local.date() >= deadline + timedelta(days=int(rung.name))
        assert calendar.is_working(local.date())
        assert local.time() == time(9)
        moment, said = rung.due_at, int(rung.name)


def test_a_calendar_without_working_days_is_refused() -> None:
    start = date(2025, 1, 1)
    never = WorkingCalendar({start + timedelta(days=i): False for i in range(1500)})
    with pytest.raises(ValueError, match="no working day"):
        list(ladder.before(date(2026, 12, 24), at(date(2026, 11, 2)), never, ZONE))
    with pytest.raises(ValueError, match="no working day"):
        ladder.overdue(date(2026, 12, 24), at(date(2026, 11, 2)), never, ZONE)
