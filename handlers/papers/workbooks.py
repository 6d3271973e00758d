"""Workbooks (.xlsx) that people send: opened within limits, cell by cell, nothing computed.

openpyxl is imported where a workbook is read: the bot starts without it. Reading takes seconds:
call it in a thread.
"""

import re
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from handlers.papers import zips
from handlers.papers.cells import EMPTY, Cell, Fault
from handlers.papers.failing import UnreadableError, Why

WHOLE = 60 * 1024 * 1024  # bytes of all parts unpacked; 5,000 full lines are some megabytes
COLUMNS = 60  # of a sheet; what stands further right is not looked at
SECONDS = 20.0  # for one workbook
LOOK_EVERY = 500  # lines: how often the clock is asked

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,20})"')
_MOST_MERGED = 50
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how Excel writes a sign that XML cannot hold


@dataclass(frozen=True)
class Line:
    """A line of a sheet by its number there (from 1); columns without a value are empty cells."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column, from 0."""
        return self.cells[column] if column < len(self.cells) else EMPTY

    def __bool__(self) -> bool:
        """Whether anything stands in the line."""
        return any(self.cells)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its lines that hold anything, and which areas of it are merged."""

    title: str
    hidden: bool
    lines: tuple[Line, ...] = ()
    merged: tuple[str, ...] = field(default=())


def read(
    content: bytes,
    most: int,
    *,
    wanted: frozenset[str] = frozenset(),
    merged: int = _MOST_MERGED,
) -> tuple[Sheet, ...]:
    """The sheets of a workbook; of those not ``wanted`` by title (folded by ``named``) no lines.

    ``most`` is how many lines a sheet may have, the headings among them. Without ``wanted`` every
    sheet is read. ``merged`` is how many merged areas of a sheet are told. Raises UnreadableError.
    """
    _look(content)
    ends = time.monotonic() + SECONDS
    try:
        with warnings.catch_warnings():
            # A chart or a rule of colours that openpyxl does not know is not read here anyway.
            warnings.simplefilter("ignore")
            return tuple(_sheets(content, most, wanted, merged, ends))
    except UnreadableError:
        raise
    except Exception as error:  # a broken workbook breaks its reader anywhere
        raise UnreadableError(Why.BROKEN) from error


def named(title: str) -> str:
    """A title of a sheet or a heading as it is compared: without case, stars and spaces around."""
    return " ".join(title.replace("*", " ").split()).casefold().replace("ё", "е")


def _look(content: bytes) -> None:
    """Raise UnreadableError for what is no workbook, or not one to open."""
    if content.startswith(zips.OLD_OFFICE):
        raise UnreadableError(Why.ENCRYPTED if zips.LOCKED in content else Why.NO_WORKBOOK)
    if not content.startswith(b"PK\x03\x04"):
        raise UnreadableError(Why.NO_WORKBOOK)
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = zips.parts(package, WHOLE)
            if any(part.flag_bits & 0x1 for part in parts.values()):
                raise UnreadableError(Why.ENCRYPTED)
            # Whatever the package says of itself, it is unpacked once within the limit.
            left = WHOLE
            for part in parts.values():
                left -= len(zips.unpacked(package, part, left))
    except zips.FAILURES as error:
        raise UnreadableError(Why.BROKEN) from error
    if "xl/workbook.xml" not in parts:
        raise UnreadableError(Why.NO_WORKBOOK)


def _sheets(
    content: bytes, most: int, wanted: frozenset[str], most_merged: int, ends: float
) -> Iterator[Sheet]:
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(BytesIO(content), read_only=True, keep_links=False)
    reader.read()
    for described, target in reader.parser.find_sheets():
        sheet = reader.wb[described.name] if described.name in reader.wb.sheetnames else None
        hidden = described.state != "visible"
        if not hasattr(sheet, "iter_rows") or (wanted and named(described.name) not in wanted):
            yield Sheet(described.name, hidden)
            continue
        lines = tuple(_lines(sheet, reader.wb.epoch, most, ends))
        merged = _merged(reader.archive.read(target.target), most_merged)
        yield Sheet(described.name, hidden, lines, merged)


def _lines(sheet: Any, epoch: datetime, most: int, ends: float) -> Iterator[Line]:
    found = 0
    # Without the size that the sheet claims: it may claim a million lines, or too few.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS), start=1):
        if number % LOOK_EVERY == 0 and time.monotonic() > ends:
            raise UnreadableError(Why.TOO_SLOW)
        line = Line(number, tuple(_cell(one, epoch) for one in _said(row)))
        if not line:
            continue
        found += 1
        if found > most:
            raise UnreadableError(Why.ROWS)
        yield line


def _said(row: Sequence[Any]) -> Sequence[Any]:
    """The row to its last value: each is as wide as the widest may be, and mostly empty there."""
    end = len(row)
    while end and row[end - 1].value is None:
        end -= 1
    return row[:end]


def _cell(one: Any, epoch: datetime) -> Cell:
    value = one.value
    if value is None:
        return EMPTY
    address: str = one.coordinate
    if one.data_type == "f":
        return Cell(address, fault=Fault.FORMULA)
    if one.data_type == "e":
        return Cell(address, str(value), Fault.ERROR)
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
        value = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        return Cell(address, value) if value else EMPTY
    known = isinstance(value, bool | int | float | datetime | date | clock | timedelta)
    return Cell(address, value if known else str(value), epoch=epoch)


def _merged(part: bytes, most: int) -> tuple[str, ...]:
    return tuple(match[1].decode() for match in islice(_MERGED.finditer(part), most))
