"""The explanation of a deadline names every day and ends on the deadline."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.rules.due_days import COUNTS, Event, Extension, Kind, Pause, due_on, explain
from storage.rules.pauses import moved
from storage.rules.working_days import WorkingCalendar
from tests.storage.rules.calendars import CALENDARS, DAYS

CALENDAR = WorkingCalendar()
REGISTERED = date(2026, 11, 24)


def test_the_fifteen_days_of_a_request() -> None:
    days = explain(REGISTERED, 15, (), CALENDAR)
    assert days[0].day == date(2026, 11, 25)
    assert (days[-1].day, days[-1].number) == (date(2026, 12, 15), 15)
    assert {day.kind for day in days} == {Kind.COUNTED, Kind.WEEKEND}


def test_a_holiday_a_moved_day_and_a_worked_saturday_are_named() -> None:
    calendar = WorkingCalendar({date(2026, 12, 14): False, date(2026, 12, 12): True})
    days = {one.day: one for one in explain(REGISTERED, 17, (), calendar)}
    assert days[date(2026, 12, 12)].kind is Kind.WORKED
    assert days[date(2026, 12, 14)].kind is Kind.OFF
    assert days[date(2026, 12, 16)].holiday == "Independence Day"
    assert max(days) == date(2026, 12, 18)


def test_pause_and_extension() -> None:
    pause, later = Pause(date(2026, 11, 26), date(2026, 11, 30)), Extension(date(2026, 12, 22))
    days = explain(REGISTERED, 15, (pause, later), CALENDAR)
    kinds = {one.day: one.kind for one in days}
    assert kinds[date(2026, 11, 26)] is kinds[date(2026, 11, 27)] is Kind.PAUSED
    assert kinds[date(2026, 11, 28)] is Kind.WEEKEND
    assert kinds[date(2026, 12, 18)] is Kind.COUNTED
    assert kinds[date(2026, 12, 21)] is kinds[date(2026, 12, 22)] is Kind.EXTENDED
    assert days[-1].day == date(2026, 12, 22)


EVENTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20), st.booleans()), max_size=5)


@example(REGISTERED, 15, [(0, 2, True)], CALENDAR)
@example(REGISTERED, 15, [(0, 0, False), (25, 3, True), (1, 2, False)], CALENDAR)
@given(DAYS, st.integers(1, 40), EVENTS, CALENDARS)
def test_the_last_day_is_the_deadline_whatever_happened(
    start: date, count: int, told: list[tuple[int, int, bool]], calendar: WorkingCalendar
) -> None:
    """The deadline is moved step by step, as it is kept; the explanation is made at the end."""
    kept, today, events = calendar.add(start, count), start, list[Event]()
    for wait, lasts, pauses in told:
        today += timedelta(days=wait)
        if pauses:
            goes_on = today + timedelta(days=lasts)
            events.append(Pause(today, goes_on))
            kept = moved(start, kept, today, goes_on, calendar)
            today = goes_on
        else:
            kept = calendar.add(kept, lasts + 1)
            events.append(Extension(kept))
    days = explain(start, count, events, calendar)
    assert days[-1].day == kept == due_on(start, count, events, calendar)
    assert [one.day for one in days] == [
        start + timedelta(days=n) for n in range(1, (kept - start).days + 1)
    ]
    numbers = [one.number for one in days if one.kind in COUNTS]
    assert numbers == list(range(1, len(numbers) + 1))
    if not any(isinstance(event, Extension) for event in events):
        assert numbers[-1] == count
        assert days[-1].number == count


@given(DAYS, st.integers(1, 60), CALENDARS)
def test_the_run_of_days_is_what_add_counts(
    start: date, count: int, calendar: WorkingCalendar
) -> None:
    run = calendar.run(start)
    days = [next(run) for _ in range((calendar.add(start, count) - start).days)]
    assert days[-1][1] == count
    assert all((number is not None) == calendar.is_working(day) for day, number in days)


def test_a_calendar_without_working_days_is_a_fault() -> None:
    never = WorkingCalendar({REGISTERED + timedelta(days=n): False for n in range(400)})
    with pytest.raises(ValueError, match="no working day"):
        never.add(REGISTERED, 1)
