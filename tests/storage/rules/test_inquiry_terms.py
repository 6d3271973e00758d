"""Until when an inquiry is to be answered."""

from datetime import date

import pytest

from storage.rules.inquiry_terms import USUAL, Term, Unit, due_on, falls_on
from storage.rules.working_days import WorkingCalendar

PLAIN = WorkingCalendar()


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 11, 16), date(2026, 12, 17)),  # the 16th is Independence Day
        (date(2026, 11, 26), date(2026, 12, 28)),  # the 26th is a Saturday
        (date(2027, 1, 31), date(2027, 3, 1)),  # there is no 31 February, and the 28th is a Sunday
        (date(2026, 12, 1), date(2027, 1, 5)),  # 1 to 4 January are days off
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_next_working_one(sent: date, due: date) -> None:
    assert due_on(sent, USUAL, PLAIN) == due


def test_other_terms_are_counted_as_they_say() -> None:
    sent = date(2026, 11, 24)
    assert due_on(sent, Term(15, Unit.WORKING_DAYS), PLAIN) == date(2026, 12, 15)
    assert falls_on(sent, Term(10, Unit.DAYS), PLAIN) == date(2026, 12, 4)
    assert falls_on(sent, Term(3, Unit.MONTHS), PLAIN) == date(2027, 2, 24)


def test_a_kept_term_is_read_back() -> None:
    term = Term(20, Unit.WORKING_DAYS)
    assert Term.read(term.written) == term
    for wrong in ("0 months", "13 months", "5 weeks", "months", "-1 days"):
        with pytest.raises(ValueError):
            Term.read(wrong)
