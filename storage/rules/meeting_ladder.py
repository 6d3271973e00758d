"""When people are reminded of a meeting: some minutes before it, but at a civil hour."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.rules.gate import MORNING, QUIET_UNTIL
from storage.rules.working_days import WorkingCalendar

DAY = 24 * 60  # minutes
USUAL = (3 * DAY, DAY, 2 * 60)  # before the start
CHOICES = (7 * DAY, 3 * DAY, DAY, 3 * 60, 2 * 60, 60)  # what a secretary may choose from
PAPERS = (3 * DAY, DAY)  # when a speaker without papers is asked for them
EVENING = time(20, 0)  # the last hour of a day when people are reminded


def due_at(
    starts_at: datetime, minutes: int, calendar: WorkingCalendar, zone: ZoneInfo
) -> datetime:
    """The moment of the reminder ``minutes`` before ``starts_at``; aware, and before the start.

    A reminder a day or more ahead comes on a working day between 09:00 and 20:00: on the last one
    before when its own is off. One of some hours ahead keeps to the day of the meeting, be it a
    day off, since the meeting itself is then; it comes between 08:00 and 20:00, and where the
    meeting begins by eight, at 20:00 of the evening before.
    """
    local = (starts_at - timedelta(minutes=minutes)).astimezone(zone)
    if minutes >= DAY:
        day = calendar.previous_working(local.date())
        at = EVENING if day < local.date() else min(max(local.time(), MORNING), EVENING)
        return datetime.combine(day, at, tzinfo=zone)
    begins = starts_at.astimezone(zone)
    waking = datetime.combine(begins.date(), QUIET_UNTIL, tzinfo=zone)
    if begins <= waking:
        return datetime.combine(begins.date() - timedelta(days=1), EVENING, tzinfo=zone)
    evening = datetime.combine(begins.date(), EVENING, tzinfo=zone)
    return max(min(local, evening), waking)
