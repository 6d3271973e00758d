from datetime import date

import pytest

from storage.rules import legal_clock
from storage.rules.working_days import WorkingCalendar

CALENDAR = WorkingCalendar()


@pytest.mark.parametrize(
    ("registered", "due", "sent_on"),
    [
        (date(2026, 11, 24), date(2026, 12, 15), date(2026, 11, 27)),  # domain.md 1.7
        (date(2026, 12, 7), date(2026, 12, 29), date(2026, 12, 10)),
        # What comes on a Saturday is registered on Monday.
        (date(2026, 11, 21), date(2026, 12, 14), date(2026, 11, 26)),
        (date(2026, 11, 23), date(2026, 12, 14), date(2026, 11, 26)),
        (date(2026, 4, 30), date(2026, 5, 26), date(2026, 5, 6)),
    ],
)
def test_fifteen_working_days_and_three_to_send_on(
    registered: date, due: date, sent_on: date
) -> None:
    assert legal_clock.due_on(registered, CALENDAR) == due
    assert legal_clock.sends_on_until(registered, CALENDAR) == sent_on


def test_extended_by_two_months_at_most() -> None:
    assert legal_clock.latest(date(2026, 12, 15), CALENDAR) == date(2027, 2, 15)
    assert legal_clock.latest(date(2026, 12, 31), CALENDAR) == date(2027, 2, 28)
