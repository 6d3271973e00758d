"""Periods that figures are reported for: each runs from January to its last month.

Offices report so («қаңтар–қазан»): the third quarter's figure is that of nine months. A period is
therefore named by its last month alone, and figures of different frequencies stand in one row.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS = 12
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Frequency(StrEnum):
    """How often a figure is reported."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


STEP = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF_YEAR: 6, Frequency.YEAR: MONTHS}


@dataclass(frozen=True, order=True)
class Period:
    """From the first of January of ``year`` to the last day of ``month`` (1 to 12)."""

    year: int
    month: int

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def share(self) -> float:
        """Which part of the year it covers: 1.0 for the whole year."""
        return self.month / MONTHS

    @property
    def index(self) -> int:
        """Months since the year 0: periods are so many months apart."""
        return self.year * MONTHS + self.month - 1

    @property
    def year_end(self) -> "Period":
        """The whole year."""
        return Period(self.year, MONTHS)


def is_known(period: Period, frequency: Frequency) -> bool:
    """Whether ``frequency`` has such a period."""
    return (
        FIRST_YEAR <= period.year <= LAST_YEAR
        and 1 <= period.month <= MONTHS
        and period.month % STEP[frequency] == 0
    )


def of_index(index: int) -> Period:
    """The opposite of ``Period.index``."""
    return Period(index // MONTHS, index % MONTHS + 1)


def last_ended(frequency: Frequency, today: date) -> Period:
    """The newest period whose last day has come by ``today``."""
    step = STEP[frequency]
    period = Period(today.year, -(-today.month // step) * step)
    return period if period.ends <= today else before(frequency, period)


def before(frequency: Frequency, period: Period) -> Period:
    """The period before ``period``, a step of ``frequency`` back."""
    return of_index(period.index - STEP[frequency])


def after(frequency: Frequency, period: Period) -> Period:
    """The period after ``period``."""
    return of_index(period.index + STEP[frequency])


def back_from(frequency: Frequency, newest: Period, first: Period) -> Iterator[Period]:
    """The periods from ``newest`` back to ``first``, both included."""
    period = newest
    while period >= first:
        yield period
        period = before(frequency, period)


def of_year(frequency: Frequency, year: int) -> list[Period]:
    """The periods of a year, in their order."""
    return [Period(year, month) for month in range(STEP[frequency], MONTHS + 1, STEP[frequency])]
