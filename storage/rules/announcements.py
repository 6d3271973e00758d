"""Kinds of announcement, and at which hours each may disturb people."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from storage.rules.gate import QUIET_FROM, QUIET_UNTIL
from storage.rules.working_days import WorkingCalendar

OFFICE_FROM, OFFICE_UNTIL = time(9), time(18)


class Announcement(StrEnum):
    """What a broadcast is about."""

    NOTICE = "notice"  # of a meeting or a decision: the Charter makes it reach every member
    NEWS = "news"
    EVENT = "event"
    GREETING = "greeting"
    URGENT = "urgent"

    @property
    def refusable(self) -> bool:
        """Whether a member may switch it off, or have it gathered into one message a day."""
        return self not in (Announcement.NOTICE, Announcement.URGENT)


USUAL = Announcement.NEWS
REFUSABLE = tuple(one for one in Announcement if one.refusable)


def goes_from(
    moment: datetime,
    about: str,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    *,
    office_hours: bool = False,
) -> datetime:
    """The first moment, at or after ``moment``, when a copy may go to a member.

    What is urgent goes at any time, anything else between 08:00 and 21:00, a day off too: somebody
    chose to write. ``office_hours``: only from 09:00 to 18:00 of a working day.
    """
    if about == Announcement.URGENT:
        return moment
    local = moment.astimezone(zone)
    opens, closes = (OFFICE_FROM, OFFICE_UNTIL) if office_hours else (QUIET_UNTIL, QUIET_FROM)
    day = local.date()
    is_day = calendar.is_working(day) or not office_hours
    if is_day and opens <= local.time() < closes:
        return moment
    if local.time() >= closes:
        day += timedelta(days=1)
    if office_hours:
        day = calendar.next_working(day)
    return datetime.combine(day, opens, tzinfo=zone).astimezone(moment.tzinfo)
