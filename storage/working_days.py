"""The working calendar as of now: the published holidays with what the administrator overrode."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, select

from storage import facts
from storage.rules.working_days import WorkingCalendar
from storage.tables import calendar_overrides, people


@dataclass(frozen=True)
class Override:
    """A day that is not as published; ``by`` and ``at``: who said so, and when."""

    day: date
    is_working: bool
    note: str | None
    version: int
    by: str | None
    at: datetime | None


@dataclass(frozen=True)
class Year:
    """A year's calendar as an administrator looks at it."""

    year: int
    calendar: WorkingCalendar
    overrides: tuple[Override, ...]  # of this year, by day
    confirmed_at: datetime | None

    @property
    def seal(self) -> str:
        """A mark of these very days: whoever confirms them has seen no others."""
        days = [f"{one.day}{one.is_working}" for one in self.overrides]
        return hashlib.sha256(" ".join(days).encode()).hexdigest()[:8]

    @property
    def uncertain(self) -> list[tuple[date, str]]:
        """The holidays whose day is not known yet, with their English names."""
        found = self.calendar.holidays_of(self.year)
        return [(day, name) for day, name in found if not self.calendar.is_certain(day)]


_DAYS = select(calendar_overrides.c.day, calendar_overrides.c.is_working)


def load(tx: Connection) -> WorkingCalendar:
    """The calendar with the overrides of the table ``calendar_overrides``."""
    return WorkingCalendar(dict(tx.execute(_DAYS).all()))


def overrides(tx: Connection, year: int) -> tuple[Override, ...]:
    """The overrides of ``year``, by day."""
    within = calendar_overrides.c.day.between(date(year, 1, 1), date(year, 12, 31))
    rows = tx.execute(_overrides().where(within).order_by(calendar_overrides.c.day)).mappings()
    return tuple(Override(**row) for row in rows)


def override(tx: Connection, day: date) -> Override | None:
    """The override of ``day``; None when it is as published."""
    row = tx.execute(_overrides().where(calendar_overrides.c.day == day)).mappings().first()
    return None if row is None else Override(**row)


def confirmed(tx: Connection, year: int) -> datetime | None:
    """When an administrator confirmed the calendar of ``year``; None when nobody did."""
    return facts.recall(tx, confirmation(year))


def of_year(tx: Connection, year: int) -> Year:
    """The calendar of ``year``."""
    return Year(year, load(tx), overrides(tx, year), confirmed(tx, year))


def confirmation(year: int) -> str:
    """The name of the fact that ``year`` is confirmed."""
    return f"calendar_confirmed:{year}"


def _overrides() -> Select[tuple[date, bool, str | None, int, str | None, datetime | None]]:
    return select(
        calendar_overrides.c.day,
        calendar_overrides.c.is_working,
        calendar_overrides.c.note,
        calendar_overrides.c.version,
        people.c.name.label("by"),
        calendar_overrides.c.set_at.label("at"),
    ).select_from(calendar_overrides.outerjoin(people, people.c.id == calendar_overrides.c.set_by))
