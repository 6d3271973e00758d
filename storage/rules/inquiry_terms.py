"""Until when an inquiry is to be answered: a term of its level, which the branch sets itself.

No readable source gives the term of the law (domain.md 1.2): a month is only where it starts.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from storage.rules.working_days import WorkingCalendar

MOST = {"months": 12, "days": 366, "working_days": 250}


class Unit(StrEnum):
    """What a term is counted in."""

    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True)
class Term:
    """How long an answer may take, counted from the day on which the inquiry was sent."""

    count: int
    unit: Unit

    @property
    def written(self) -> str:
        """As it is kept: «1 months»."""
        return f"{self.count} {self.unit.value}"

    @classmethod
    def read(cls, written: str) -> "Term":
        """The term that was kept. Raises ValueError for what is none."""
        count, unit = written.split()
        term = cls(int(count), Unit(unit))
        if not 1 <= term.count <= MOST[term.unit]:
            raise ValueError(f"no such term: {written}")
        return term


USUAL = Term(1, Unit.MONTHS)


def falls_on(sent_on: date, term: Term, calendar: WorkingCalendar) -> date:
    """The day on which ``term`` ends, be it a day off; it is counted from the day after sending."""
    if term.unit is Unit.WORKING_DAYS:
        return calendar.add(sent_on, term.count)
    if term.unit is Unit.DAYS:
        return sent_on + timedelta(days=term.count)
    year, month = divmod(sent_on.month - 1 + term.count, 12)
    last = months.monthrange(sent_on.year + year, month + 1)[1]
    return date(sent_on.year + year, month + 1, min(sent_on.day, last))


def due_on(sent_on: date, term: Term, calendar: WorkingCalendar) -> date:
    """The last day for the answer: a term that ends on a day off ends on the next working day."""
    return calendar.next_working(falls_on(sent_on, term, calendar))
