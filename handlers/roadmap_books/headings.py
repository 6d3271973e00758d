"""What the columns of a roadmap are, by their headings in Kazakh or Russian, however worded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.papers.cells import Cell
from handlers.papers.forms import in_every_language
from handlers.papers.workbooks import Line, Sheet, named
from handlers.ui.i18n import N_
from storage.rules.folding import fold

# The columns of our own form, in its order.
LABELS = {
    "external_id": N_("ID (roadmap column)"),
    "number": N_("Number (roadmap column)"),
    "direction_kk": N_("Direction in Kazakh (roadmap column)"),
    "direction_ru": N_("Direction in Russian (roadmap column)"),
    "title_kk": N_("Item in Kazakh (roadmap column)"),
    "title_ru": N_("Item in Russian (roadmap column)"),
    "completion_kk": N_("Form of completion in Kazakh (roadmap column)"),
    "completion_ru": N_("Form of completion in Russian (roadmap column)"),
    "deadline": N_("Deadline (roadmap column)"),
    "body": N_("Responsible body (roadmap column)"),
    "executor": N_("Executor (roadmap column)"),
    "territory": N_("Territory (roadmap column)"),
    "co_executors": N_("Co-executors (roadmap column)"),
    "curators": N_("Curators (roadmap column)"),
    "object": N_("Object (roadmap column)"),
    "indicator": N_("Indicator (roadmap column)"),
    "funding": N_("Funding (roadmap column)"),
    "state": N_("State (roadmap column)"),
}
# In a file of one language: the cell itself tells which.
EITHER = {
    "direction": N_("Direction (roadmap column)"),
    "title": N_("Item (roadmap column)"),
    "completion": N_("Form of completion (roadmap column)"),
}
NAMES = {**LABELS, **EITHER}
REQUIRED = (("title", "title_kk", "title_ru"), ("deadline",), ("number", "external_id"))

SEARCHED = 25  # lines in which the headings stand
LEAST = 3  # columns that must be known
NO_SIGN = (None, "indicator")  # by which a roadmap is known: a list of indicators is none
FIRST_YEAR = 2000
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)

# Folded beginnings of words; the first line that has one of its words in a heading decides.
_RULES: tuple[tuple[str | None, tuple[str, ...]], ...] = (
    ("deadline", ("мерзим", "срок")),
    ("co_executors", ("бирлесип", "соисполнит")),
    ("curators", ("жетекшилик", "куратор", "курир")),
    ("completion", ("аякталу", "завершен", "нысан аякт")),
    ("body", ("жауапты", "ответствен")),
    ("executor", ("орындауш", "исполнител")),
    ("indicator", ("индикатор",)),
    (None, ("олшем", "единиц", "бастапкы", "базов", "жоспар", "план", "факт")),
    (None, ("накты", "орындал", "исполнен", "ескерт", "примечан", "тусиникт", "коммент")),
    ("state", ("мартебе", "жай", "статус", "состоян")),
    ("direction", ("багыт", "болим", "направлен", "раздел")),
    ("title", ("тармак", "шара", "мероприят", "пункт", "атау", "наименован")),
    ("territory", ("аумак", "территор", "аудан", "район")),
    ("object", ("нысан", "объект")),
    ("funding", ("каржы", "каржыланд", "финанс", "сома", "сумма", "стоимост")),
    ("external_id", ("id", "идентификатор")),
    ("number", ("no", "n", "реттик", "номер", "номир")),
)
_IN_KAZAKH = ("казакша", "каз", "казахск")
_IN_RUSSIAN = ("орысша", "рус", "русск")


@dataclass(frozen=True)
class Table:
    """A sheet whose headings were found: its data begin on line ``first`` of it.

    ``columns``: place → field, None where the heading says nothing known; ``headings``: place →
    what stands there.
    """

    sheet: Sheet
    first: int
    columns: dict[int, str | None]
    headings: dict[int, str]
    kazakh: bool
    missing: tuple[str, ...] = field(default=())


def field_of(heading: str) -> str | None:
    """What a column with ``heading`` holds; None for nothing that is read."""
    exact = named(heading)
    ours = next((one for one, of in NAMES.items() if exact in in_every_language(of)), None)
    if ours is not None:
        return ours
    words = fold(heading).split()
    for name, stems in _RULES:
        if any(_begins(word, stems) for word in words):
            return _in_language(name, words)
    return None


def is_kazakh(text: str) -> bool:
    """Whether ``text`` has a letter that only Kazakh has."""
    return _KAZAKH.search(text) is not None


def found(sheet: Sheet) -> Table | None:
    """The table of a sheet: its headings are the line among the first that says most; or None."""
    best: tuple[int, int] = (0, 0)
    for place, line in enumerate(sheet.lines[:SEARCHED]):
        known = len({name for name in _fields(line.cells).values() if name not in NO_SIGN})
        if known > best[0]:
            best = (known, place)
    if best[0] < LEAST:
        return None
    head = sheet.lines[best[1]]
    following = sheet.lines[best[1] + 1 : best[1] + 2]
    headings = _headings(head.cells)
    columns = _fields(head.cells)
    after = best[1] + 1
    if following and _goes_on(head, following[0]):
        # Headings of two lines: the lower one has what the upper one parts.
        lower = _headings(following[0].cells)
        headings |= {place: text for place, text in lower.items() if place not in headings}
        columns |= {place: field_of(text) for place, text in lower.items() if place not in columns}
        after += 1
    first = sheet.lines[after].number if after < len(sheet.lines) else head.number + 1
    kazakh = is_kazakh(" ".join(headings.values()))
    return Table(sheet, first, _without_twins(columns), headings, kazakh)


def missing(columns: dict[int, str | None]) -> tuple[str, ...]:
    """Which of the columns that must be there are not."""
    there = set(columns.values())
    return tuple(names[0] for names in REQUIRED if not there & set(names))


def _begins(word: str, stems: Sequence[str]) -> bool:
    return any(word == stem if len(stem) < 3 else word.startswith(stem) for stem in stems)


def _in_language(name: str | None, words: Sequence[str]) -> str | None:
    if name not in EITHER:
        return name
    if any(_begins(word, _IN_KAZAKH) for word in words):
        return f"{name}_kk"
    return f"{name}_ru" if any(_begins(word, _IN_RUSSIAN) for word in words) else name


def _headings(cells: Sequence[Cell]) -> dict[int, str]:
    return {
        place: " ".join(cell.value.split())
        for place, cell in enumerate(cells)
        if isinstance(cell.value, str) and cell.fault is None
    }


def _fields(cells: Sequence[Cell]) -> dict[int, str | None]:
    return {place: field_of(text) for place, text in _headings(cells).items()}


def _goes_on(head: Line, line: Line) -> bool:
    """Whether a line under the headings belongs to them: it fills their gaps, and has no data."""
    upper, lower = _headings(head.cells), _headings(line.cells)
    known = {place for place, name in _fields(head.cells).items() if name}
    small = [cell for cell in line.cells if isinstance(cell.value, int | float)]
    if any(cell.value < FIRST_YEAR for cell in small if isinstance(cell.value, int | float)):
        return False  # the number of a line; only years stand among headings
    return bool(lower.keys() - upper.keys()) and not lower.keys() & known


def _without_twins(columns: dict[int, str | None]) -> dict[int, str | None]:
    """Of two columns that seem to hold the same the first is taken; the other is to be chosen."""
    seen: set[str] = set()
    taken: dict[int, str | None] = {}
    for place, name in sorted(columns.items()):
        taken[place] = None if name in seen else name
        if name:
            seen.add(name)
    return taken
