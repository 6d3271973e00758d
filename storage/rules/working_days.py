"""Working days of Kazakhstan: the five-day week, the holidays, and what the government moved."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from holidays.countries.kazakhstan import KZ

FARTHEST_DAYS = 366  # no stretch of days off is longer; a calendar without working days is a fault


@lru_cache(maxsize=1)
def _holidays() -> KZ:
    # All the years that people speak of at once: a year that is added later is added by whichever
    # thread asks first, and another may look at it half done.
    return KZ(language="en_US", years=range(2024, 2032))


@lru_cache(maxsize=4096)
def _published(day: date) -> bool:
    """Whether ``day`` is worked as published; a deadline asks for dozens of days."""
    return bool(_holidays().is_working_day(day))


class WorkingCalendar:
    """Which days are worked. ``overrides`` (day → is it worked) beat the published holidays."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})

    def changed(self, day: date, is_working: bool | None) -> "WorkingCalendar":
        """The same calendar with ``day`` worked, off, or (None) as published."""
        others = {known: worked for known, worked in self._overrides.items() if known != day}
        return WorkingCalendar(others if is_working is None else {**others, day: is_working})

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        override = self._overrides.get(day)
        if override is not None:
            return override
        return _published(day)

    def holiday(self, day: date) -> str | None:
        """The holiday's English name on ``day``, None on any other day; catalogues translate it."""
        if self._overrides.get(day):
            return None
        return _holidays().get(day)

    def is_certain(self, day: date) -> bool:
        """Whether the day of this holiday is known, and not reckoned from the moon yet."""
        return day in self._overrides or "estimated" not in (_holidays().get(day) or "")

    def holidays_of(self, year: int) -> list[tuple[date, str]]:
        """The holidays of ``year`` that are days off, weekends too, with their English names."""
        first = date(year, 1, 1)
        days = (first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days))
        return [(day, name) for day in days if (name := self.holiday(day)) is not None]

    def add(self, start: date, working_days: int) -> date:
        """The day that is ``working_days`` (≥ 0) working days after ``start``.

        The count starts on the day after ``start`` (domain.md 1.1); 0 gives ``start`` itself when
        it is worked, else the next working day. Raises ValueError for a negative count.
        """
        if working_days < 0:
            raise ValueError("working days are counted forward")
        if working_days == 0:
            return self._next(start)
        return next(day for day, number in self.run(start) if number == working_days)

    def run(self, start: date) -> Iterator[tuple[date, int | None]]:
        """The days after ``start``, each with its number among the working days.

        None for a day off. Raises ValueError after a year without a working day.
        """
        day, number, off = start, 0, 0
        while off < FARTHEST_DAYS:
            day += timedelta(days=1)
            worked = self.is_working(day)
            number, off = (number + 1, 0) if worked else (number, off + 1)
            yield day, number if worked else None
        raise ValueError("this calendar has no working day in a year")

    def count(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` is past.

        For a past ``end`` it is minus the working days after ``end`` up to ``start``.
        """
        if end < start:
            return -self.count(end, start)
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=i)) for i in range(1, span + 1))

    def next_working(self, day: date) -> date:
        """The first working day on or after ``day``."""
        return self._next(day)

    def previous_working(self, day: date) -> date:
        """The last working day on or before ``day``."""
        return self._nearest(day, timedelta(days=-1))

    def _next(self, day: date) -> date:
        return self._nearest(day, timedelta(days=1))

    def _nearest(self, day: date, step: timedelta) -> date:
        for i in range(FARTHEST_DAYS):
            candidate = day + i * step
            if self.is_working(candidate):
                return candidate
        raise ValueError("this calendar has no working day in a year")
