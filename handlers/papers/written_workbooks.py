"""Workbooks (.xlsx) that the bot makes: texts stay texts, days are days, choices drop down.

openpyxl is imported where a workbook is made: the bot starts without it. Making one takes seconds:
call it in a thread.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO
from typing import Any

Shown = str | int | float | date | time | None

TITLE = 31  # characters of a sheet's name
CELL = 32_000  # characters of a cell; a program refuses a few more
MAKER = "Buro"

_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = ("=", "+", "-", "@", "\t")


class Kind(StrEnum):
    """What a column holds, as the format of its cells."""

    TEXT = "@"
    DAY = "DD.MM.YYYY"
    CLOCK = "HH:MM"
    WHOLE = "0"
    NUMBER = "General"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it holds, how wide it is, and what may be chosen in it."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 20  # characters
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewSheet:
    """A sheet to be made; ``ready`` is how many lines are formatted for whoever fills it in."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Shown]] = field(default=())
    ready: int = 0


def made(sheets: Sequence[NewSheet], lists: str, at: datetime) -> bytes:
    """The workbook as a file; ``lists`` is the title of the sheet that the choices stand on."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = MAKER
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    choices = {column.choices: column for one in sheets for column in one.columns if column.choices}
    places = {options: place for place, options in enumerate(choices, start=1)}
    for one in sheets:
        _sheet(book, one, lists, places)
    if choices:
        columns = tuple(Column(column.heading, width=45) for column in choices.values())
        longest = max(map(len, choices))
        rows = [[_nth(options, n) for options in choices] for n in range(longest)]
        _sheet(book, NewSheet(lists, columns, rows), lists, {})
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def cleaned(text: str) -> str:
    """``text`` as a cell keeps it: without signs that no workbook may hold, within its length."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:CELL].strip()


def _nth(options: tuple[str, ...], n: int) -> str | None:
    return options[n] if n < len(options) else None


def _sheet(book: Any, new: NewSheet, lists: str, places: dict[tuple[str, ...], int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(new.title[:TITLE])
    sheet.freeze_panes = "A2"
    bold, grey = Font(bold=True), PatternFill("solid", fgColor="FFDDE6F0")
    top = Alignment(wrap_text=True, vertical="top")
    for place, column in enumerate(new.columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = column.kind.value
        heading = sheet.cell(1, place)
        _put(heading, column.heading, Kind.TEXT)
        heading.font, heading.fill, heading.alignment = bold, grey, top
        if column.choices:
            last = max(new.ready, len(new.rows)) + 1
            _offer(sheet, letter, last, lists, places[column.choices], len(column.choices))
    for number, row in enumerate(new.rows, start=2):
        for place, (column, value) in enumerate(zip(new.columns, row, strict=True), start=1):
            if value is not None and value != "":
                cell = sheet.cell(number, place)
                _put(cell, value, column.kind)
                cell.alignment = top


def _put(cell: Any, value: Shown, kind: Kind) -> None:
    if isinstance(value, str):
        words = cleaned(value)
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", words)
        # Whatever it begins with it is a text: never a formula, and not after it is edited either.
        cell.data_type = "s"
        cell.quotePrefix = words.startswith(_RISKY)
        cell.number_format = Kind.TEXT.value
    else:
        cell.value = value
        cell.number_format = kind.value


def _offer(sheet: Any, letter: str, last: int, lists: str, place: int, count: int) -> None:
    """Let the cells of a column drop down what may be chosen; other words are refused there."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.worksheet.datavalidation import DataValidation

    of = get_column_letter(place)
    source = f"{quote_sheetname(lists)}!${of}$2:${of}${count + 1}"
    offered = DataValidation(type="list", formula1=source, allow_blank=True)
    offered.showErrorMessage = True
    offered.add(f"{letter}2:{letter}{max(last, 2)}")
    sheet.add_data_validation(offered)
