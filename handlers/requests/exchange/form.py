"""The form of requests: its columns, the empty workbook, and a filled one as lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.papers import cells, workbooks
from handlers.papers.cells import CellError
from handlers.papers.forms import ABOUT, chosen, in_every_language
from handlers.papers.workbooks import Line, named
from handlers.papers.written_workbooks import Column, NewSheet, made
from handlers.papers.written_workbooks import Kind as KindOfCell
from handlers.requests.consent import ORAL, PAPER
from handlers.requests.words import CHANNELS, KINDS
from handlers.ui.i18n import N_, Translator, translator
from storage.requests.categories import RequestCategory
from storage.requests.imported_rows import GivenRow, Problem
from storage.requests.importing import ROWS

SHEET, LISTS = N_("Requests (sheet)"), N_("Choices (requests)")
REQUIRED = frozenset({"external_id", "text", "category"})
FILLED_BY_US = frozenset({"number"})  # it stands in a workbook that was sent out, not in the form
DAYS = frozenset({"registered_on", "consent_on"})
LABELS = {
    "external_id": N_("Number in your list (column)"),
    "number": N_("Number (column)"),
    "text": N_("Text (column)"),
    "category": N_("Category (column)"),
    "branch": N_("Branch (column)"),
    "deputy": N_("Deputy (column)"),
    "place": N_("Place (column)"),
    "kind": N_("Form (column)"),
    "channel": N_("Channel (column)"),
    "registered_on": N_("Registered on (column)"),
    "name": N_("Voter's name (column)"),
    "phone": N_("Phone (column)"),
    "address": N_("Address (column)"),
    "iin": N_("IIN (column)"),
    "consent_on": N_("Consent given on (column)"),
    "consent_channel": N_("Consent by (column)"),
}
CONSENT_CHANNELS = {ORAL: N_("by word of mouth (choice)"), PAPER: N_("on paper (choice)")}
WORDS: dict[str, dict[Any, str]] = {
    "kind": {**KINDS},
    "channel": {**CHANNELS},
    "consent_channel": {**CONSENT_CHANNELS},
}


@dataclass(frozen=True)
class Read:
    """What a workbook holds; ``ignored`` are the headings that nothing is read under."""

    rows: tuple[GivenRow, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


def template(language: str, categories: Sequence[RequestCategory], at: datetime) -> bytes:
    """The empty form, with what may be chosen dropping down."""
    t = translator(language)
    choices = {
        "category": tuple(t.pick(one.name_kk, one.name_ru) for one in categories),
        **{name: tuple(t.plain(word) for word in of.values()) for name, of in WORDS.items()},
    }
    columns = tuple(
        Column(
            heading(t, name),
            KindOfCell.DAY if name in DAYS else KindOfCell.TEXT,
            width=60 if name == "text" else 24,
            choices=choices.get(name, ()),
        )
        for name in LABELS
        if name not in FILLED_BY_US
    )
    return made((NewSheet(t.plain(SHEET), columns, ready=ROWS),), t.plain(LISTS), at)


def heading(t: Translator, name: str) -> str:
    """A heading, with a star where the column must be filled in."""
    return t.plain(LABELS[name]) + (" *" if name in REQUIRED else "")


def read(content: bytes) -> Read:
    """The lines of a filled form in either language. Raises UnreadableError."""
    titles = in_every_language(SHEET)
    sheets = workbooks.read(content, ROWS + 1, wanted=titles)
    found = [one for one in sheets if named(one.title) in titles]
    if len(found) != 1:
        return Read((), (Problem(0, None, "no_sheet"),), ())
    if found[0].hidden or not found[0].lines:
        return Read((), (Problem(0, None, "hidden" if found[0].hidden else "no_headings"),), ())
    columns, ignored, wrong = _head(found[0].lines[0])
    problems = [*wrong, *(Problem(0, None, "merged", area) for area in found[0].merged)]
    rows = [] if wrong else [_row(line, columns, problems) for line in found[0].lines[1:]]
    return Read(tuple(one for one in rows if one), tuple(problems), tuple(ignored))


def _head(line: Line) -> tuple[dict[str, int], list[str], list[Problem]]:
    known = {word: name for name, label in LABELS.items() for word in in_every_language(label)}
    columns: dict[str, int] = {}
    ignored: list[str] = []
    problems: list[Problem] = []
    for place, cell in enumerate(line.cells):
        name = known.get(named(str(cell.value))) if cell else None
        if name in columns:
            problems.append(Problem(line.number, name, "column_twice"))
        elif name:
            columns[name] = place
        elif cell:
            ignored.append(str(cell.value)[:ABOUT])
    # A workbook that was sent out names each request by its number.
    named_by = "number" if "number" in columns else "external_id"
    wanted = (REQUIRED - {"external_id"}) | {named_by}
    missing = [name for name in LABELS if name in wanted and name not in columns]
    return columns, ignored, [*problems, *(Problem(1, name, "no_column") for name in missing)]


def _row(line: Line, columns: dict[str, int], problems: list[Problem]) -> GivenRow | None:
    values: dict[str, Any] = {}
    before = len(problems)
    for name, place in columns.items():
        try:
            values[name] = _value(name, line.at(place))
        except CellError as error:
            about = error.value[:ABOUT]
            problems.append(Problem(line.number, name, error.fault.value, about))
    named_by = "number" if values.get("number") else "external_id"
    problems.extend(
        Problem(line.number, name, "required")
        for name in ("text", "category", named_by)
        if name in columns and values.get(name) is None and name in values
    )
    return GivenRow(line.number, **values) if len(problems) == before else None


def _value(name: str, cell: cells.Cell) -> Any:
    if name in DAYS:
        day = cells.day(cell)
        return day.day if day else None
    value = cells.text(cell)
    if value is None or name not in WORDS:
        return value
    return chosen(WORDS[name], value)
