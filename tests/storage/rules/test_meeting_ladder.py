"""Reminders of a meeting come before it, in waking hours; those some days ahead on working days."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.gate import opens_at
from storage.rules.meeting_ladder import CHOICES, DAY, due_at
from storage.rules.working_days import WorkingCalendar
from tests.conftest import ZONE

CALENDAR = WorkingCalendar()


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("starts", "minutes", "expected"),
    [
        (at(27, 10), 3 * DAY, at(24, 10)),  # a Friday: from Tuesday on
        (at(27, 10), DAY, at(26, 10)),
        (at(27, 10), 120, at(27, 8)),
        (at(30, 10), DAY, at(27, 20)),  # a Monday: not on Sunday but on Friday evening
        (at(30, 10), 3 * DAY, at(27, 10)),
        (at(27, 6), DAY, at(26, 9)),  # not at six in the morning
        (at(27, 23), DAY, at(26, 20)),  # nor at eleven in the evening
        (at(27, 9), 120, at(27, 8)),  # seven is too early
        (at(27, 8), 120, at(26, 20)),  # at eight it begins already
        (at(28, 11), 120, at(28, 9)),  # a Saturday: the meeting itself is then
        (at(27, 23), 60, at(27, 20)),
    ],
)
def test_known_hours(starts: datetime, minutes: int, expected: datetime) -> None:
    assert due_at(starts, minutes, CALENDAR, ZONE) == expected


@given(st.integers(0, 600 * DAY), st.sampled_from(CHOICES))
def test_always_before_the_start_and_at_a_civil_hour(later: int, minutes: int) -> None:
    starts = at(1, 0, month=2) + timedelta(minutes=later)
    moment = due_at(starts, minutes, CALENDAR, ZONE)
    assert moment < starts
    assert time(8, 0) <= moment.astimezone(ZONE).time() <= time(20, 0)
    if minutes >= DAY:
        assert opens_at(moment, CALENDAR, ZONE) == moment
        assert moment <= starts - timedelta(minutes=minutes) + timedelta(hours=9)
