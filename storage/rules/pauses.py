"""How far a deadline moves while its clock stands."""

from datetime import date, timedelta

from storage.rules.working_days import WorkingCalendar


def stood_days(
    start: date, due_on: date, from_day: date, to_day: date, calendar: WorkingCalendar
) -> int:
    """The working days from ``from_day`` up to the day before ``to_day``, on which it runs again.

    ``start`` itself, from which the term is counted, is none of them: it was never counted. None
    of them counts when ``due_on`` had passed already: what is late stays late.
    """
    first = max(from_day, start + timedelta(days=1))
    if first > due_on or to_day <= first:
        return 0
    before = timedelta(days=1)
    return calendar.count(first - before, to_day - before)


def moved(
    start: date, due_on: date, from_day: date, to_day: date, calendar: WorkingCalendar
) -> date:
    """The deadline after its clock stood, see ``stood_days``."""
    stood = stood_days(start, due_on, from_day, to_day, calendar)
    return calendar.add(due_on, stood) if stood else due_on
