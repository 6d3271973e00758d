"""The gate of proactive messages: nobody is disturbed at night or on a day off."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.gate import opens_at
from storage.rules.working_days import WorkingCalendar
from tests.storage.rules.calendars import CALENDARS, MOMENTS, ZONE


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 20:59", "2026-11-24 20:59"),
        ("2026-11-24 21:00", "2026-11-25 08:00"),
        ("2026-11-24 00:00", "2026-11-24 08:00"),
        ("2026-11-27 21:30", "2026-11-30 08:00"),  # Friday night → Monday
        ("2026-11-28 12:00", "2026-11-30 08:00"),  # Saturday noon
        ("2026-12-15 22:00", "2026-12-17 08:00"),  # before Independence Day
        ("2026-12-31 22:00", "2027-01-05 08:00"),  # 1 and 4 January are off
    ],
)
def test_when_people_may_be_disturbed(moment: str, opens: str) -> None:
    assert opens_at(at(moment), WorkingCalendar(), ZONE) == at(opens)


@given(MOMENTS, CALENDARS)
def test_open_only_in_the_daytime_of_working_days(
    moment: datetime, calendar: WorkingCalendar
) -> None:
    opens = opens_at(moment, calendar, ZONE)
    local = opens.astimezone(ZONE)
    assert time(8) <= local.time() < time(21)
    assert calendar.is_working(local.date())
    assert opens >= moment
    assert opens_at(opens, calendar, ZONE) == opens
    assert opens.tzinfo is moment.tzinfo


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=20)), CALENDARS)
def test_never_overtakes(moment: datetime, later: timedelta, calendar: WorkingCalendar) -> None:
    assert opens_at(moment, calendar, ZONE) <= opens_at(moment + later, calendar, ZONE)


def test_a_calendar_without_working_days_is_refused() -> None:
    start = date(2026, 1, 1)
    never = WorkingCalendar({start + timedelta(days=i): False for i in range(400)})
    with pytest.raises(ValueError, match="no working day"):
        opens_at(at("2026-01-01 10:00"), never, ZONE)
