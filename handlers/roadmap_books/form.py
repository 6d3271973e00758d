"""The roadmap in our own form: what is sent is read back as it was."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.papers.written_workbooks import Column, Kind, NewSheet, Shown, made
from handlers.roadmap.words import STATES
from handlers.roadmap_books.headings import LABELS
from handlers.ui.i18n import N_, Translator, translator
from storage.roadmap import Term
from storage.roadmap_books.rows import GivenItem

SHEET, LISTS = N_("Roadmap (sheet)"), N_("Choices (roadmap)")
WIDE = {"title_kk": 50, "title_ru": 50, "body": 32, "direction_kk": 26, "direction_ru": 26}


def workbook(language: str, rows: Sequence[GivenItem], at: datetime) -> bytes:
    """The lines in the form in ``language``."""
    t = translator(language)
    states = tuple(t.plain(word) for word in STATES.values())
    columns = tuple(
        Column(
            t.plain(label),
            Kind.DAY if name == "deadline" else Kind.TEXT,
            WIDE.get(name, 16),
            states if name == "state" else (),
        )
        for name, label in LABELS.items()
    )
    lines = [tuple(_shown(t, one, name) for name in LABELS) for one in rows]
    return made((NewSheet(t.plain(SHEET), columns, lines),), t.plain(LISTS), at)


def _shown(t: Translator, one: GivenItem, name: str) -> Shown:
    if name == "deadline":
        return deadline(t, one)
    if name == "state":
        return t.plain(STATES[one.state]) if one.state else None
    value: Shown = getattr(one, name)
    return value


def deadline(t: Translator, one: GivenItem) -> str | date:
    """A deadline as the file had it; one of ours that is no single day, in words."""
    if one.deadline_text is not None:
        return one.deadline_text
    if one.term is Term.QUARTER:
        number = ("I", "II", "III", "IV")[(one.deadline.month - 1) // 3]
        return t.plain("quarter {number} of {year}", number=number, year=one.deadline.year)
    if one.term is Term.YEARLY:
        return t.plain("each year, {day}", day=f"{one.deadline:%d.%m.%Y}")
    return one.deadline
