"""The days before the loading, on which the demo's people worked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.rules.working_days import WorkingCalendar


@dataclass(frozen=True)
class Past:
    """Working days gone by, counted from the day of loading."""

    now: datetime
    zone: ZoneInfo
    calendar: WorkingCalendar

    @property
    def today(self) -> date:
        """The day of loading, in the zone."""
        return self.now.astimezone(self.zone).date()

    def moment(self, days_ago: int, at: time, later: timedelta = timedelta()) -> datetime:
        """``at`` plus ``later`` on the day ``days_ago``, or on the last working day before it."""
        day = self.calendar.previous_working(self.today - timedelta(days=days_ago))
        return datetime.combine(day, at, tzinfo=self.zone) + later
