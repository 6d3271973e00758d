"""Calendars and days for property tests."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from storage.rules.working_days import WorkingCalendar

ZONE = ZoneInfo("Asia/Almaty")
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
# The strategy itself puts the zone on.
MOMENTS = st.datetimes(
    datetime(2024, 2, 1),  # noqa: DTZ001
    datetime(2029, 11, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, ZONE]),
)
CALENDARS = st.builds(
    WorkingCalendar, st.dictionaries(DAYS, st.booleans(), max_size=40)
) | st.builds(
    lambda start, length: WorkingCalendar(
        {start + timedelta(days=i): False for i in range(length)}
    ),
    DAYS,
    st.integers(1, 40),
)
