"""The one gate for every message the bot sends on its own accord: quiet hours and days off."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.rules.working_days import WorkingCalendar

# One zone for the whole country since 1 March 2024; who knows the setting says it.
COUNTRY = ZoneInfo("Asia/Almaty")
QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)
MORNING = time(9, 0)  # when a reminder is due on its day


def opens_at(
    moment: datetime, calendar: WorkingCalendar, zone: ZoneInfo, morning: time = QUIET_UNTIL
) -> datetime:
    """The first moment, at or after ``moment``, when people may be disturbed.

    Between ``morning`` and 21:00 of a working day that is ``moment`` itself; otherwise
    ``morning`` of the next working day. Takes an aware moment, returns one in the same zone.
    """
    local = moment.astimezone(zone)
    day = local.date()
    if calendar.is_working(day) and morning <= local.time() < QUIET_FROM:
        return moment
    if local.time() >= QUIET_FROM:
        day += timedelta(days=1)
    opens = datetime.combine(calendar.next_working(day), morning, tzinfo=zone)
    return opens.astimezone(moment.tzinfo)


def gathers_at(moment: datetime, calendar: WorkingCalendar, zone: ZoneInfo) -> datetime:
    """The first moment, at or after ``moment``, at which what is due is gathered and said.

    What an outage left over waits for the nine o'clock at which the day's own is due, so that a
    person hears of all of it at once.
    """
    return opens_at(moment, calendar, zone, MORNING)
