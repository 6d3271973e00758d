"""When something that repeats comes next."""

from datetime import datetime, timedelta

import pytest

from storage.rules.recurrence import Every, months_later, next_after
from tests.conftest import ZONE


def at(month: int, day: int, year: int = 2027) -> datetime:
    return datetime(year, month, day, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("first", "after", "expected"),
    [
        (at(1, 31), at(1, 30), at(1, 31)),
        (at(1, 31), at(1, 31), at(2, 28)),
        (at(1, 31), at(2, 28), at(3, 31)),  # the day comes back
        (at(12, 15, 2026), at(12, 20, 2026), at(1, 15)),
    ],
)
def test_each_month(first: datetime, after: datetime, expected: datetime) -> None:
    assert next_after(first, Every.MONTH, after, ZONE) == expected


def test_each_week_however_long_nobody_looked() -> None:
    first = at(1, 5)
    assert next_after(first, Every.WEEK, first - timedelta(days=1), ZONE) == first
    assert next_after(first, Every.WEEK, first, ZONE) == at(1, 12)
    assert next_after(first, Every.WEEK, at(2, 1), ZONE) == at(2, 2)
    assert months_later(first, 12, ZONE) == at(1, 5, 2028)
