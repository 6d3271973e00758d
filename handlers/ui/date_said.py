"""What was said of a day and of a time, each thing once."""

import calendar
from dataclasses import dataclass
from datetime import date, time

from handlers.ui import date_words as known

YEARS = range(1900, 2101)
CENTURY = 2000  # «24.11.26»
LONGEST_SHIFT_DAYS = 3660  # «через 500 дней» is a date, a number of ten digits is not
NOON = 12


class Strange(Exception):
    """A piece that belongs to no date, or two that contradict one another."""


class WrongDay(Exception):
    """No calendar has such a day."""


class WrongTime(Exception):
    """No day has such a time."""


class WrongYear(Exception):
    """A year that nobody means."""


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass
class Said:
    """Parts of a date; every setter raises what is wrong with its part."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift_days: int | None = None
    shift_months: int | None = None
    hour: int | None = None
    minute: int | None = None
    afternoon: bool = False
    is_next: bool = False  # «келесі дүйсенбі»
    in_next_week: bool = False  # «на следующей неделе в среду»

    @property
    def names_a_day(self) -> bool:
        """Whether the day is known, but for its month or year."""
        return self.day is not None or self.shift_days is not None

    @property
    def is_only_time(self) -> bool:
        """Whether nothing was said of the day."""
        return not self.names_a_day and self.weekday is None and self.shift_months is None

    def once(self, name: str, value: int) -> None:
        """Keep a part; said twice, it is strange."""
        if getattr(self, name) is not None:
            raise Strange
        setattr(self, name, value)

    def set_day(self, day: int) -> None:
        """Keep the day of the month."""
        if not 1 <= day <= 31:
            raise WrongDay
        self.once("day", day)

    def set_month(self, month: int) -> None:
        """Keep the month."""
        if not 1 <= month <= 12:
            raise WrongDay
        self.once("month", month)

    def set_year(self, year: str) -> None:
        """Keep the year, of two digits or four."""
        value = int(year) + (CENTURY if len(year) == 2 else 0)
        if value not in YEARS:
            raise WrongYear
        self.once("year", value)

    def set_shift(self, number: str, unit: str) -> bool:
        """Keep «3 дня» from today; False when ``unit`` is none of time."""
        value = int(number)
        if unit in known.DAY_UNITS:
            self.set_shift_days(value)
        elif unit in known.WEEK_UNITS:
            self.set_shift_days(7 * value)
        elif unit in known.MONTH_UNITS:
            if 30 * value > LONGEST_SHIFT_DAYS:
                raise WrongYear
            self.once("shift_months", value)
        else:
            return False
        return True

    def set_shift_days(self, days: int) -> None:
        """Keep the days from today."""
        if days > LONGEST_SHIFT_DAYS:
            raise WrongYear
        self.once("shift_days", days)

    def set_clock(self, hour: int, minute: int | None = None) -> None:
        """Keep the hour, and the minute when it is said."""
        self.once("hour", hour)
        if minute is not None:
            self.once("minute", minute)

    def check(self) -> None:
        """Raise Strange when the parts make no whole."""
        ways = (self.day, self.shift_days, self.shift_months)
        if sum(way is not None for way in ways) > 1:
            raise Strange
        if self.day is None and (self.month or self.year):
            raise Strange
        if self.year is not None and self.month is None:
            raise Strange
        if self.is_next and (self.weekday is None or any(way is not None for way in ways)):
            raise Strange

    def time(self) -> time | None:
        """The time of day, None when none was said. Raises WrongTime."""
        if self.hour is None:
            return None
        later = NOON if self.afternoon and self.hour < NOON else 0
        try:
            return time(self.hour + later, self.minute or 0)
        except ValueError:
            raise WrongTime from None
