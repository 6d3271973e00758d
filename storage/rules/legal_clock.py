"""The law's clock: how long a body may take with an appeal that it has registered.

Source: the Administrative Procedural-Process Code (ӘРПК, АППК) of 29.06.2020 № 350-VI, as read in
domain.md 1.1. Applications and complaints take the general term; messages, proposals, responses and
inquiries go through the simplified procedure, whose term is the same. It binds bodies, not the
branch: the branch's own target is another clock.
"""

from datetime import date

from storage.rules.inquiry_terms import Term, Unit, falls_on
from storage.rules.working_days import WorkingCalendar

TERM = 15  # working days, art. 76 p. 1
SENT_ON_WITHIN = 3  # working days, art. 65: the wrong addressee sends it to the competent body
LONGEST_EXTENSION = Term(2, Unit.MONTHS)  # «not more than up to two months»


def starts_on(registered_on: date, calendar: WorkingCalendar) -> date:
    """The day of registration: what comes on a day off is registered on the next working day."""
    return calendar.next_working(registered_on)


def due_on(registered_on: date, calendar: WorkingCalendar) -> date:
    """The last day for the body's answer; the count starts on the day after the registration."""
    return calendar.add(starts_on(registered_on, calendar), TERM)


def sends_on_until(registered_on: date, calendar: WorkingCalendar) -> date:
    """The last day on which the body may send it on to another one."""
    return calendar.add(starts_on(registered_on, calendar), SENT_ON_WITHIN)


def latest(first_due_on: date, calendar: WorkingCalendar) -> date:
    """The last day to which the term may be extended, all extensions together."""
    return falls_on(first_due_on, LONGEST_EXTENSION, calendar)
