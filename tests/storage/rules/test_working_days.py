"""Working days of Kazakhstan, as the law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.working_days import WorkingCalendar
from tests.storage.rules.calendars import CALENDARS, DAYS

NEVER = WorkingCalendar({date(2026, 1, 1) + timedelta(days=i): False for i in range(-400, 400)})


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 24), 15, date(2026, 12, 15)),
        (date(2026, 12, 7), 15, date(2026, 12, 29)),
        (date(2027, 3, 1), 15, date(2027, 3, 29)),
        (date(2026, 4, 30), 3, date(2026, 5, 6)),
    ],
)
def test_known_deadlines(start: date, count: int, end: date) -> None:
    calendar = WorkingCalendar()
    assert calendar.add(start, count) == end
    assert calendar.count(start, end) == count


@pytest.mark.parametrize(
    ("year", "days_off"),
    [
        (
            2026,
            "01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16",
        ),
        (
            2027,
            "01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16",
        ),
    ],
)
def test_days_off_on_weekdays(year: int, days_off: str) -> None:
    calendar = WorkingCalendar()
    days = (date(year, 1, 1) + timedelta(days=i) for i in range(365))
    found = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not calendar.is_working(day)]
    assert found == days_off.split()


def test_the_old_constitution_day_is_worked() -> None:
    assert WorkingCalendar().is_working(date(2026, 8, 31))
    assert WorkingCalendar().holiday(date(2026, 8, 31)) is None


def test_an_override_moves_a_working_day() -> None:
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)
    calendar = WorkingCalendar({saturday: True, monday: False})
    assert calendar.add(date(2026, 11, 27), 1) == saturday
    assert calendar.add(saturday, 1) == date(2026, 12, 1)


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_add_and_count_are_inverse(calendar: WorkingCalendar, start: date, count: int) -> None:
    end = calendar.add(start, count)
    assert calendar.count(start, end) == count
    assert calendar.count(end, start) == -count


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_add_lands_on_a_working_day_and_grows(
    calendar: WorkingCalendar, start: date, count: int
) -> None:
    end = calendar.add(start, count)
    assert calendar.is_working(end)
    assert end >= start + timedelta(days=count)
    assert calendar.add(start, count + 1) > end
    assert calendar.add(start + timedelta(days=1), count) >= end


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_counts_of_neighbouring_spans_add_up(
    calendar: WorkingCalendar, one: date, two: date, three: date
) -> None:
    first, second, third = sorted((one, two, three))
    whole = calendar.count(first, third)
    assert calendar.count(first, second) + calendar.count(second, third) == whole


@given(CALENDARS, DAYS)
def test_nearest_working_days(calendar: WorkingCalendar, day: date) -> None:
    after, before = calendar.next_working(day), calendar.previous_working(day)
    assert calendar.is_working(after)
    assert calendar.is_working(before)
    assert before <= day <= after
    assert calendar.count(day, after) == (after != day)
    assert calendar.add(day, 0) == after
    assert (before == day) == (after == day) == calendar.is_working(day)


def test_a_calendar_without_working_days_is_refused() -> None:
    day = date(2026, 1, 1)
    with pytest.raises(ValueError, match="no working day"):
        NEVER.next_working(day)
    with pytest.raises(ValueError, match="no working day"):
        NEVER.previous_working(day)
    with pytest.raises(ValueError, match="no working day"):
        NEVER.add(day, 1)


def test_working_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        WorkingCalendar().add(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("day", "certain"),
    [(date(2027, 5, 16), False), (date(2026, 5, 27), False), (date(2026, 12, 16), True)],
)
def test_kurban_ait_is_certain_once_somebody_said_so(day: date, certain: bool) -> None:
    assert WorkingCalendar().is_certain(day) is certain
    assert WorkingCalendar({day: False}).is_certain(day)


def test_holidays_of_a_year() -> None:
    found = WorkingCalendar({date(2027, 1, 1): True}).holidays_of(2027)
    days = [day for day, _ in found]
    assert days == sorted(days)
    assert (date(2027, 5, 16), "Eid al-Adha (estimated)") in found
    assert date(2027, 1, 1) not in days  # worked by the administrator's word
    assert not any(WorkingCalendar().is_working(day) for day in days)


@given(CALENDARS, DAYS, st.booleans())
def test_a_changed_day_changes_nothing_else(
    calendar: WorkingCalendar, day: date, is_working: bool
) -> None:
    changed = calendar.changed(day, is_working)
    assert changed.is_working(day) is is_working
    near = [day + timedelta(days=i) for i in range(-20, 21) if i]
    assert [changed.is_working(one) for one in near] == [calendar.is_working(one) for one in near]
    assert changed.changed(day, None).is_working(day) == WorkingCalendar().is_working(day)
