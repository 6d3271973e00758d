"""A workbook that was sent, as lines of meetings and items, with what is wrong cell by cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from handlers.meetings.exchange.form import EXPLANATIONS, FIELDS, LISTS, TITLES, Field
from handlers.papers import cells, workbooks
from handlers.papers.cells import Cell, CellError
from handlers.papers.forms import ABOUT, chosen, in_every_language
from handlers.papers.workbooks import Line, Sheet, named
from handlers.papers.written_workbooks import Kind
from storage.meetings.exchange.limits import ROWS
from storage.meetings.exchange.rows import ITEMS, MEETINGS, Given, ItemRow, MeetingRow, Problem

READERS: dict[Kind, Callable[[Cell], Any]] = {
    Kind.TEXT: cells.text,
    Kind.DAY: cells.day,
    Kind.CLOCK: cells.clock,
    Kind.WHOLE: cells.whole,
    Kind.NUMBER: cells.number,
}


@dataclass(frozen=True)
class Read:
    """What a workbook holds; ``ignored`` are the sheets and columns that nothing is read of."""

    given: Given
    ignored: tuple[str, ...] = ()


@dataclass
class _Table:
    """A sheet with its columns found; ``problems`` grows while it is read."""

    name: str
    columns: dict[str, int] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read(content: bytes, zone: ZoneInfo) -> Read:
    """The lines of a workbook; times of day are those of ``zone``. Raises UnreadableError.

    It takes seconds: call it in a thread.
    """
    wanted = frozenset(word for name in TITLES.values() for word in in_every_language(name))
    sheets = workbooks.read(content, ROWS + 1, wanted=wanted)
    tables = {name: _table(name, sheets) for name in TITLES}
    meetings = tuple(_meetings(tables[MEETINGS], zone))
    items = tuple(_items(tables[ITEMS]))
    problems = tuple(problem for table in tables.values() for problem in table.problems)
    service = {word for name in (EXPLANATIONS, LISTS) for word in in_every_language(name)}
    others = [one.title for one in sheets if named(one.title) not in wanted | service]
    columns = [heading for table in tables.values() for heading in table.ignored]
    return Read(Given(meetings, items, problems), (*others, *columns))


def _table(name: str, sheets: tuple[Sheet, ...]) -> _Table:
    table = _Table(name)
    found = [one for one in sheets if named(one.title) in in_every_language(TITLES[name])]
    if len(found) != 1:
        table.problems.append(Problem(name, 0, None, "sheet_twice" if found else "no_sheet"))
        return table
    sheet = found[0]
    if sheet.hidden:
        table.problems.append(Problem(name, 0, None, "hidden", sheet.title))
        return table
    table.problems += [Problem(name, 0, None, "merged", area) for area in sheet.merged]
    if not sheet.lines:
        table.problems.append(Problem(name, 0, None, "no_headings"))
        return table
    _head(table, sheet.lines[0])
    table.lines = () if any(p.reason == "no_column" for p in table.problems) else sheet.lines[1:]
    return table


def _head(table: _Table, line: Line) -> None:
    """Which column is which, by its heading in whatever language."""
    known = {word: one.name for one in FIELDS[table.name] for word in in_every_language(one.label)}
    for place, cell in enumerate(line.cells):
        if not cell:
            continue
        heading = str(cell.value or cell.address)
        found = known.get(named(heading))
        if found is None:
            table.ignored.append(heading[:ABOUT])
        elif found in table.columns:
            table.problems.append(Problem(table.name, line.number, found, "column_twice"))
        else:
            table.columns[found] = place
    for one in FIELDS[table.name]:
        if one.required and one.name not in table.columns:
            table.problems.append(Problem(table.name, line.number, one.name, "no_column"))


def _meetings(table: _Table, zone: ZoneInfo) -> Iterator[MeetingRow]:
    for line in table.lines:
        values = _values(table, line)
        day, clock = values.pop("day", None), values.pop("clock", None)
        starts_at = None
        if day is not None:
            at: time | None = clock if clock is not None else day.time
            if at is not None:
                starts_at = datetime.combine(day.day, at, zone)
            elif not _has(table, line, "clock"):
                table.problems.append(Problem(table.name, line.number, "clock", "no_hour"))
        elif clock is not None and not _has(table, line, "day"):
            table.problems.append(Problem(table.name, line.number, "day", "hour_without_day"))
        yield MeetingRow(line.number, starts_at=starts_at, **values)


def _has(table: _Table, line: Line, name: str) -> bool:
    """Whether anything stands in the column, right or wrong."""
    return name in table.columns and bool(line.at(table.columns[name]))


def _items(table: _Table) -> Iterator[ItemRow]:
    for line in table.lines:
        values = _values(table, line)
        written = str(values.pop("co_speakers", None) or "")
        beside = tuple(_named(one) for one in written.split("\n") if one.strip())
        yield ItemRow(line.number, co_speakers=beside, **values)


def _named(text: str) -> tuple[str, str | None]:
    """«name, position»."""
    name, _, post = text.partition(",")
    return name.strip(), post.strip() or None


def _values(table: _Table, line: Line) -> dict[str, Any]:
    """What stands in a line by field; an empty cell leaves the field as it is by itself."""
    found: dict[str, Any] = {"key": "", "branch": "", "body": ""}
    if table.name == ITEMS:
        found = {"key": ""}
    for one in FIELDS[table.name]:
        cell = line.at(table.columns[one.name]) if one.name in table.columns else cells.EMPTY
        if not cell:
            if one.required:
                table.problems.append(Problem(table.name, line.number, one.name, "required"))
            continue
        try:
            found[one.name] = _value(one, cell)
        except CellError as error:
            about = error.value[:ABOUT]
            reason = error.fault.value
            table.problems.append(Problem(table.name, line.number, one.name, reason, about))
    return found


def _value(one: Field, cell: Cell) -> Any:
    value = READERS[one.kind](cell)
    return chosen(one.choices, str(value)) if one.choices else value
