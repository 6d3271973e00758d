"""Deadlines as they stand in roadmaps of all kinds."""

from datetime import date, datetime

import pytest

from handlers.papers.cells import Cell, CellError, Fault
from handlers.roadmap_books.deadlines import DATE, QUARTER, YEARLY, read

MAC = datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook's days have no zone


@pytest.mark.parametrize(
    ("value", "day", "term"),
    [
        ("31.12.2026", date(2026, 12, 31), DATE),
        ("31.12.2026 ж.", date(2026, 12, 31), DATE),
        ("до 25.06.26 г.", date(2026, 6, 25), DATE),
        ("01.03.2026–30.06.2026", date(2026, 6, 30), DATE),
        (datetime(2026, 5, 4), date(2026, 5, 4), DATE),  # noqa: DTZ001
        ("2025–2027 жж.", date(2027, 12, 31), DATE),
        ("2025-2027 гг.", date(2027, 12, 31), DATE),
        ("2026 жыл", date(2026, 12, 31), DATE),
        (2027, date(2027, 12, 31), DATE),
        ("IV тоқсан", date(2026, 12, 31), QUARTER),
        ("ІІ тоқсан", date(2026, 6, 30), QUARTER),  # typed with Kazakh letters
        ("2027 жылғы 3-тоқсан", date(2027, 9, 30), QUARTER),
        ("I–III кварталы 2027 г.", date(2027, 9, 30), QUARTER),
        ("4 кв. 2025", date(2025, 12, 31), QUARTER),
        ("2026 жылдың I жартыжылдығы", date(2026, 6, 30), DATE),
        ("2 полугодие 2026 года", date(2026, 12, 31), DATE),
        ("жыл сайын", date(2026, 12, 31), YEARLY),
        ("ежегодно, до 25 декабря", date(2026, 12, 25), YEARLY),
        ("жыл сайын, II тоқсан", date(2026, 6, 30), YEARLY),
        ("2026 жылғы 25 желтоқсанға дейін", date(2026, 12, 25), DATE),
        ("до 1 сентября 2027 года", date(2027, 9, 1), DATE),
        ("ақпан", date(2026, 2, 28), DATE),
        ("декабрь 2025 г.", date(2025, 12, 31), DATE),
        ("желі бойынша", date(2026, 12, 31), DATE),
        ("Тұрақты негізде", date(2026, 12, 31), DATE),
        ("в течение года", date(2026, 12, 31), DATE),
    ],
)
def test_what_a_deadline_means(value: object, day: date, term: str) -> None:
    found = read(Cell("C5", value), 2026)  # type: ignore[arg-type]
    assert found is not None
    assert (found.day, found.term) == (day, term)


def test_words_are_kept_where_they_say_more_than_the_day() -> None:
    said = [
        read(Cell("C5", value), 2026) for value in ("31.12.2026", " IV  тоқсан ", "желі бойынша")
    ]
    assert [one.said if one else "" for one in said] == [None, "IV тоқсан", "желі бойынша"]


def test_days_of_a_macs_workbook_count_from_1904() -> None:
    found = read(Cell("C5", 44560.0, epoch=MAC), 2026)
    assert found is not None
    assert found.day == date(2025, 12, 31)


@pytest.mark.parametrize("value", ["31.02.2026", "V тоқсан", "кейінірек", "32 желтоқсан", "?", "0"])
def test_what_is_no_deadline(value: str) -> None:
    with pytest.raises(CellError) as wrong:
        read(Cell("C5", value), 2026)
    assert wrong.value.fault is Fault.NO_DAY


def test_a_formula_and_an_error_are_no_deadlines_and_nothing_is_none() -> None:
    assert read(Cell(), 2026) is None
    for fault in (Fault.FORMULA, Fault.ERROR):
        with pytest.raises(CellError) as wrong:
            read(Cell("C5", "#REF!", fault), 2026)
        assert wrong.value.fault is fault
