"""Workbooks that are sent: read cell by cell within limits; those that are made hold texts only."""

from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from handlers.papers import workbooks
from handlers.papers.cells import Fault
from handlers.papers.failing import UnreadableError, Why
from handlers.papers.written_workbooks import Column, Kind, NewSheet, made
from tests.conftest import NOW
from tests.handlers.papers import workbook_making as making


def read(content: bytes, most: int = 100) -> tuple[workbooks.Sheet, ...]:
    return workbooks.read(content, most)


def why(content: bytes, most: int = 100) -> Why:
    with pytest.raises(UnreadableError) as caught:
        read(content, most)
    return caught.value.why


def test_cells_are_read_with_what_they_are() -> None:
    content = making.book({"A": [["Есеп", 12, 41.5, True, None, "  "], [], ["=1+1", "#REF!"]]})
    (sheet,) = read(content)
    assert [line.number for line in sheet.lines] == [1, 3], "empty lines are passed over"
    assert [cell.value for cell in sheet.lines[0].cells[:6]] == ["Есеп", 12, 41.5, True, None, None]
    faults = [(cell.address, cell.fault) for cell in sheet.lines[1].cells[:2]]
    assert faults == [("A3", Fault.FORMULA), ("B3", Fault.ERROR)]
    assert not sheet.lines[0].at(80), "beyond the last column there is nothing"


def test_hidden_sheets_and_merged_cells_are_told() -> None:
    def change(book: Workbook) -> None:
        book["A"].merge_cells("B2:C3")
        book["B"].sheet_state = "hidden"

    first, second = read(making.book({"A": [["x"]], "B": [["y"]]}, change))
    assert (first.hidden, first.merged) == (False, ("B2:C3",))
    assert (second.hidden, second.merged) == (True, ())


def test_a_sheet_that_is_not_wanted_may_be_of_any_length() -> None:
    content = making.book({"Отырыстар": [["x"]], "Басқа": [["y"]] * 50})
    wanted = frozenset({workbooks.named("ОТЫРЫСТАР *")})
    first, second = workbooks.read(content, 10, wanted=wanted)
    assert (len(first.lines), second.lines) == (1, ())
    assert why(content, 10) is Why.ROWS


def test_a_line_far_below_is_not_overlooked() -> None:
    def change(book: Workbook) -> None:
        book["A"]["C60000"] = "төменде"

    (sheet,) = read(making.book({"A": [["x"]]}, change))
    assert [line.number for line in sheet.lines] == [1, 60000]


BROKEN = making.with_part(making.book({"A": [["x"]]}), "xl/worksheets/sheet1.xml", b"<worksheet><")
ENTITIES = making.with_part(
    making.book({"A": [["x"]]}),
    "xl/worksheets/sheet1.xml",
    b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>',
)
NO_BOOK = making.with_part(making.book({"A": [["x"]]}), "xl/other.xml", b"<a/>").replace(
    b"xl/workbook.xml", b"xl/w0rkbook.xml"
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Why.NO_WORKBOOK),
        (b"a;b;c", Why.NO_WORKBOOK),
        (b"%PDF-1.7", Why.NO_WORKBOOK),
        (making.OLE, Why.NO_WORKBOOK),
        (making.LOCKED, Why.ENCRYPTED),
        (b"PK\x03\x04 and nothing more", Why.BROKEN),
        (making.book({"A": [["x"]]})[:-200], Why.BROKEN),
        (BROKEN, Why.BROKEN),
        (ENTITIES, Why.BROKEN),
        (NO_BOOK, Why.NO_WORKBOOK),
    ],
    ids=range(10),
)
def test_what_cannot_be_opened_is_told_plainly(content: bytes, expected: Why) -> None:
    assert why(content) is expected


def test_a_bomb_is_not_unpacked() -> None:
    content = making.bomb()
    assert len(content) < 1024 * 1024
    assert why(content) is Why.TOO_MUCH


# What is made


def reopened(rows: list[list[Any]], *columns: Column) -> Any:
    content = made([NewSheet("Парақ", columns, rows)], "Тізім", NOW)
    return load_workbook(BytesIO(content))


@pytest.mark.parametrize("text", ["=1+1", "+7 701", "-5", "@SUM(A1)", "=HYPERLINK(1)", "#REF!"])
def test_no_text_ever_becomes_a_formula(text: str) -> None:
    cell = reopened([[text]], Column("Мәтін"))["Парақ"]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    content = made([NewSheet("Парақ", (Column("Мәтін"),), [[text]])], "Тізім", NOW)
    assert read(content)[0].lines[1].cells[0].value == text


@pytest.mark.parametrize("text", ["a\nb", "_x0041_", "x_x000D_y", "Қ" * 5000, "<&>\"'"])
def test_texts_come_back_as_they_went(text: str) -> None:
    content = made([NewSheet("Парақ", (Column("Мәтін"),), [[text]])], "Тізім", NOW)
    assert read(content)[0].lines[1].cells[0].value == text


def test_signs_that_no_workbook_may_hold_are_left_out() -> None:
    assert reopened([["a\x00\x0b\ufffeb"]], Column("Мәтін"))["Парақ"]["A2"].value == "ab"


def test_days_times_and_numbers_are_what_they_are() -> None:
    columns = (Column("Күні", Kind.DAY), Column("Уақыты", Kind.CLOCK), Column("Саны", Kind.WHOLE))
    sheet = reopened([[date(2026, 11, 24), time(10, 30), 15]], *columns)["Парақ"]
    assert [cell.number_format for cell in sheet[2]] == ["DD.MM.YYYY", "HH:MM", "0"]
    assert [cell.value for cell in sheet[2]][1:] == [time(10, 30), 15]
    assert sheet["A2"].value.date() == date(2026, 11, 24)


def test_choices_drop_down_from_a_sheet_of_their_own() -> None:
    book = reopened([], Column("Органы", choices=("Бюро", "Саяси кеңес")), Column("Мәтін"))
    (offered,) = book["Парақ"].data_validations.dataValidation
    assert offered.formula1 == "'Тізім'!$A$2:$A$3"
    assert str(offered.sqref) == "A2"
    assert [cell.value for cell in book["Тізім"]["A"]] == ["Органы", "Бюро", "Саяси кеңес"]
    assert book["Тізім"].sheet_state == "visible"
