"""The lines of somebody's roadmap: read under the columns that were confirmed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.papers import cells, workbooks
from handlers.papers.cells import Cell, CellError
from handlers.papers.forms import ABOUT, chosen
from handlers.papers.workbooks import Line
from handlers.roadmap.words import STATES
from handlers.roadmap_books import deadlines, headings, merging
from handlers.roadmap_books.headings import EITHER, Table
from storage.roadmap import State, Term
from storage.roadmap_books.beside import SEPARATOR
from storage.roadmap_books.rows import BESIDE, ROWS, GivenItem, Problem

MERGED = 20_000  # areas of a sheet
_ORDINAL = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s+")


@dataclass(frozen=True)
class Opened:
    """A workbook as it was opened: its tables, and the sheets that are not read with why."""

    tables: tuple[Table, ...]
    hidden: tuple[str, ...]
    others: tuple[str, ...]  # no headings of a roadmap were found there


@dataclass(frozen=True)
class Read:
    """What a workbook holds under its columns."""

    rows: tuple[GivenItem, ...]
    problems: tuple[Problem, ...]


def opened(content: bytes) -> Opened:
    """The tables of a workbook. Raises UnreadableError."""
    tables, hidden, others = [], [], []
    for sheet in workbooks.read(content, ROWS + headings.SEARCHED, merged=MERGED):
        if not sheet.lines:
            continue
        if sheet.hidden:
            hidden.append(sheet.title)
            continue
        found = headings.found(sheet)
        if found is None:
            others.append(sheet.title)
        else:
            tables.append(replace(found, sheet=merging.filled_down(sheet)))
    return Opened(tuple(tables), tuple(hidden), tuple(others))


def columns_of(book: Opened, given: Mapping[str, str]) -> list[dict[int, str | None]]:
    """The columns of each table, with what was chosen («table:place» → field, "" for none)."""
    return [
        {
            place: (given[f"{number}:{place}"] or None) if f"{number}:{place}" in given else name
            for place, name in table.columns.items()
        }
        for number, table in enumerate(book.tables)
    ]


def read(book: Opened, given: Mapping[str, str], year: int) -> Read:
    """The lines of all tables; ``year`` is the plan's, for deadlines that name none."""
    problems: list[Problem] = []
    rows: list[GivenItem] = []
    for table, columns in zip(book.tables, columns_of(book, given), strict=True):
        title = table.sheet.title
        lacking = headings.missing(columns)
        problems.extend(Problem(title, 0, name, "no_column") for name in lacking)
        if not lacking:
            rows.extend(_Reading(table, columns, year, problems).rows())
    if len(rows) > ROWS:
        problems.append(Problem("", 0, None, "rows", str(ROWS)))
    return Read(tuple(_numbered_apart(rows, book)), tuple(problems))


class _Reading:
    """One table, read from its first line to its last."""

    def __init__(
        self,
        table: Table,
        columns: Mapping[int, str | None],
        year: int,
        problems: list[Problem],
    ) -> None:
        self._table, self._year, self._problems = table, year, problems
        self._places = {name: place for place, name in columns.items() if name}
        self._spread = merging.spread(table.sheet)
        self._section: str | None = None

    def rows(self) -> Iterator[GivenItem]:
        """The lines that are items; what is wrong with a cell goes to the problems."""
        for line in self._table.sheet.lines:
            if line.number < self._table.first or self._is_repeated(line):
                continue
            section = self._section_of(line)
            if section is not None:
                self._section = section
                continue
            found = self._item(line)
            if found is not None:
                yield found

    def _is_repeated(self, line: Line) -> bool:
        """Whether it is empty, the numbers of the columns, or the headings of another page."""
        said = [(place, cell.value) for place, cell in enumerate(line.cells) if cell]
        if not said:
            return True
        numbers = [value for _, value in said]
        if len(said) >= headings.LEAST and numbers == list(range(1, len(said) + 1)):
            return True
        heads = self._table.headings
        same = sum(
            isinstance(value, str) and heads.get(place) == " ".join(value.split())
            for place, value in said
        )
        return same >= headings.LEAST

    def _section_of(self, line: Line) -> str | None:
        """The direction that a line over the whole table names; None when it is none."""
        said = [(place, cell.value) for place, cell in enumerate(line.cells) if cell]
        if len({value for _, value in said}) != 1 or not isinstance(said[0][1], str):
            return None
        titles = {self._places.get(name) for name in ("title", "title_kk", "title_ru")}
        if line.number not in self._spread and said[0][0] in titles:
            return None
        return _ORDINAL.sub("", " ".join(said[0][1].split())) or None

    def _item(self, line: Line) -> GivenItem | None:
        before = len(self._problems)
        values: dict[str, Any] = {}
        for name, place in self._places.items():
            try:
                self._take(values, name, line.at(place))
            except CellError as error:
                self._wrong(line, name, error.fault.value, error.value)
        self._complete(values)
        title = values.get("title_kk") or values.get("title_ru")
        for name, there in (("title", title), ("deadline", "deadline" in values)):
            if not there and not any(
                one.row == line.number and one.field == name for one in self._problems[before:]
            ):
                self._wrong(line, name, "required")
        if "number" not in values:
            self._wrong(line, "number", "required")
        if len(self._problems) > before:
            return None
        return GivenItem(self._table.sheet.title, line.number, **values)

    def _take(self, values: dict[str, Any], name: str, cell: Cell) -> None:
        if name == "deadline":
            found = deadlines.read(cell, self._year)
            if found is not None:
                values |= {"deadline": found.day, "term": Term(found.term)}
                values["deadline_text"] = found.said
            return
        text = _number(cell) if name == "number" else cells.text(cell)
        if text is None or not text.strip():
            return
        if name in BESIDE:
            text = SEPARATOR.join(line for line in text.splitlines() if line.strip())
        text = " ".join(text.split())
        if name == "state":
            values["state"] = State(chosen(STATES, text))
        elif name in EITHER:
            kazakh = headings.is_kazakh(text) or self._table.kazakh
            values[f"{name}_kk" if kazakh else f"{name}_ru"] = text
        else:
            values[name] = text

    def _complete(self, values: dict[str, Any]) -> None:
        """What the line does not say itself: its direction from above, its id from the number."""
        if self._section and not (values.keys() & {"direction_kk", "direction_ru"}):
            kazakh = headings.is_kazakh(self._section) or self._table.kazakh
            values["direction_kk" if kazakh else "direction_ru"] = self._section
        if "number" in values:
            values.setdefault("external_id", values["number"])
        elif "external_id" in values:
            values["number"] = values["external_id"]

    def _wrong(self, line: Line, name: str, reason: str, about: str = "") -> None:
        title = self._table.sheet.title
        self._problems.append(Problem(title, line.number, name, reason, about[:ABOUT]))


def _number(cell: Cell) -> str | None:
    """A number as it is written: «1.2» that a program took for the first of February too."""
    if isinstance(cell.value, datetime) and cell.fault is None:
        return f"{cell.value.day}.{cell.value.month}"
    return (cells.text(cell) or "").rstrip(".") or None


def _numbered_apart(rows: Sequence[GivenItem], book: Opened) -> list[GivenItem]:
    """Where each sheet counts from one, its own number stands before those of its lines."""
    sheets = [table.sheet.title for table in book.tables]
    if len(sheets) < 2 or not _collide(rows):
        return list(rows)
    apart = []
    for one in rows:
        prefix = sheets.index(one.sheet) + 1
        own = one.external_id == one.number
        number = f"{prefix}.{one.number}"
        external_id = number if own else one.external_id
        apart.append(replace(one, number=number, external_id=external_id))
    return apart


def _collide(rows: Sequence[GivenItem]) -> bool:
    """Whether a number stands on two sheets, and on none of them twice."""
    on: dict[str, list[str]] = {}
    for one in rows:
        on.setdefault(one.number, []).append(one.sheet)
    several = [sheets for sheets in on.values() if len(sheets) > 1]
    return bool(several) and all(len(set(sheets)) == len(sheets) for sheets in several)
