"""When the next meeting of a series is."""

from datetime import date, datetime

import pytest

from storage.rules.recurring import following
from storage.rules.working_days import WorkingCalendar
from tests.conftest import ZONE

CALENDAR = WorkingCalendar()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("first", "latest", "every", "expected"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "week", date(2026, 12, 1)),
        (date(2026, 11, 24), date(2026, 11, 24), "fortnight", date(2026, 12, 8)),
        # 16 December is Independence Day: the Wednesdays after it stay Wednesdays.
        (date(2026, 12, 9), date(2026, 12, 9), "week", date(2026, 12, 17)),
        (date(2026, 12, 9), date(2026, 12, 17), "week", date(2026, 12, 23)),
        # A day that the month lacks is its last one; 28 February 2027 is a Sunday.
        (date(2027, 1, 29), date(2027, 1, 29), "month", date(2027, 3, 1)),
        (date(2027, 1, 29), date(2027, 3, 1), "month", date(2027, 3, 29)),
        (date(2026, 11, 24), date(2026, 11, 24), "quarter", date(2027, 2, 24)),
        # The latest was held far later: what lies before it is passed over.
        (date(2026, 11, 24), date(2027, 6, 1), "quarter", date(2027, 8, 24)),
    ],
)
def test_the_next_day(first: date, latest: date, every: str, expected: date) -> None:
    found = following(at(first), at(latest), every, CALENDAR, ZONE)

    assert (found.date(), f"{found:%H:%M}") == (expected, "10:00")
