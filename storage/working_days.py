"""The working calendar as of now: the published holidays with what the administrator overrode."""

from sqlalchemy import Connection, select

from storage.rules.working_days import WorkingCalendar
from storage.tables import calendar_overrides


def load(tx: Connection) -> WorkingCalendar:
    """The calendar with the overrides of the table ``calendar_overrides``."""
    rows = tx.execute(select(calendar_overrides.c.day, calendar_overrides.c.is_working))
    return WorkingCalendar({row.day: row.is_working for row in rows})
