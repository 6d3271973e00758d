"""What people put into cells: days, times, numbers and texts, in either language."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from handlers.papers import cells
from handlers.papers.cells import Cell, CellError, Fault
from handlers.ui.typed_dates import TypedDate

DAY = date(2026, 11, 24)
FROM_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as openpyxl gives it


@pytest.mark.parametrize(
    "value",
    [
        "24.11.2026",
        "24.11.26",
        "24/11/2026",
        "2026-11-24",
        "24 қараша 2026 ж.",
        "2026 жылғы 24 қараша",
        "24 ноября 2026 г.",
        datetime(2026, 11, 24),  # noqa: DTZ001
        DAY,
        46350,
        46350.0,
    ],
)
def test_a_day_in_whatever_form_it_stands(value: Any) -> None:
    assert cells.day(Cell("A1", value)) == TypedDate(DAY)


@pytest.mark.parametrize("value", ["24 қараша 2026 ж. 10:00", datetime(2026, 11, 24, 10), 46350.41666667])  # noqa: DTZ001, E501  # fmt: skip
def test_a_day_with_its_hour(value: Any) -> None:
    assert cells.day(Cell("A1", value)) == TypedDate(DAY, time(10, 0))


def test_a_workbook_from_an_old_mac_counts_from_1904() -> None:
    assert cells.day(Cell("A1", 44888, epoch=FROM_1904)) == TypedDate(DAY)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("24.11", Fault.NO_YEAR),
        ("24 қараша", Fault.NO_YEAR),
        ("ертең", Fault.NO_DAY),
        ("31.02.2026", Fault.NO_DAY),
        ("жаңа жыл 2026", Fault.NO_DAY),
        (12, Fault.NO_DAY),
        (10**9, Fault.NO_DAY),
        (True, Fault.NO_DAY),
        (time(10), Fault.NO_DAY),
    ],
)
def test_what_is_no_day(value: Any, fault: Fault) -> None:
    with pytest.raises(CellError) as caught:
        cells.day(Cell("A1", value))
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "value",
    ["10:30", "10.30", time(10, 30), 0.4375, timedelta(hours=10, minutes=30), "сағат 10:30"],
)
def test_a_time_of_day_in_whatever_form_it_stands(value: Any) -> None:
    assert cells.clock(Cell("A1", value)) == time(10, 30)


@pytest.mark.parametrize("value", ["25:00", "таңертең", -0.5, timedelta(hours=30), True])
def test_what_is_no_time(value: Any) -> None:
    with pytest.raises(CellError) as caught:
        cells.clock(Cell("A1", value))
    assert caught.value.fault is Fault.NO_TIME


@pytest.mark.parametrize(("value", "number"), [("41,5", 41.5), ("1 200", 1200.0), (7, 7.0)])
def test_numbers_as_they_are_typed_here(value: Any, number: float) -> None:
    assert cells.number(Cell("A1", value)) == number


@pytest.mark.parametrize(
    ("read", "value", "fault"),
    [
        (cells.number, "көп", Fault.NO_NUMBER),
        (cells.number, "nan", Fault.NO_NUMBER),
        (cells.number, "1e999", Fault.NO_NUMBER),
        (cells.whole, "15,5", Fault.NO_WHOLE_NUMBER),
        (cells.whole, "он бес", Fault.NO_WHOLE_NUMBER),
        (cells.whole, True, Fault.NO_WHOLE_NUMBER),
        (cells.text, False, Fault.NO_TEXT),
    ],
)
def test_what_is_no_number_or_no_text(
    read: Callable[[Cell], Any], value: Any, fault: Fault
) -> None:
    with pytest.raises(CellError) as caught:
        read(Cell("A1", value))
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "=1+1"),
        (12.0, "12"),
        (41.5, "41.5"),
        (datetime(2026, 11, 24), "24.11.2026"),  # noqa: DTZ001
        (time(9, 5), "09:05"),
        (None, None),
    ],
)
def test_what_a_program_made_of_a_text_is_a_text_again(value: Any, text: str | None) -> None:
    assert cells.text(Cell("A1", value)) == text


@pytest.mark.parametrize("read", [cells.text, cells.number, cells.whole, cells.day, cells.clock])
@pytest.mark.parametrize("fault", [Fault.FORMULA, Fault.ERROR])
def test_a_formula_is_never_taken_for_its_value(read: Callable[[Cell], Any], fault: Fault) -> None:
    with pytest.raises(CellError) as caught:
        read(Cell("A1", "#REF!", fault))
    assert caught.value.fault is fault
