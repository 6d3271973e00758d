"""At which hours an announcement may disturb people."""

from datetime import datetime

import pytest

from storage.rules.announcements import Announcement, goes_from
from storage.rules.working_days import WorkingCalendar
from tests.conftest import ZONE

TUESDAY, SATURDAY, MONDAY = 24, 28, 30  # November 2026


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "by_day", "in_office"),
    [
        (at(TUESDAY, 10), at(TUESDAY, 10), at(TUESDAY, 10)),
        (at(TUESDAY, 7, 59), at(TUESDAY, 8), at(TUESDAY, 9)),
        (at(TUESDAY, 18), at(TUESDAY, 18), at(TUESDAY + 1, 9)),
        (at(TUESDAY, 21), at(TUESDAY + 1, 8), at(TUESDAY + 1, 9)),
        (at(SATURDAY, 12), at(SATURDAY, 12), at(MONDAY, 9)),
        (at(SATURDAY - 1, 23), at(SATURDAY, 8), at(MONDAY, 9)),
    ],
)
def test_the_hours(moment: datetime, by_day: datetime, in_office: datetime) -> None:
    calendar = WorkingCalendar()
    assert goes_from(moment, Announcement.NEWS, calendar, ZONE) == by_day
    asked = goes_from(moment, Announcement.NOTICE, calendar, ZONE, office_hours=True)
    assert asked == in_office
    assert goes_from(moment, Announcement.URGENT, calendar, ZONE, office_hours=True) == moment
