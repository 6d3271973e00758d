"""The workbook as it is sent out: the empty template, and meetings with their agendas."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.meetings.exchange.form import EXPLANATIONS, FIELDS, LISTS, TITLES, Field
from handlers.papers.written_workbooks import Column, NewSheet, Shown, made
from handlers.ui.i18n import N_, Translator, translator
from storage.meetings.agenda import ITEMS_LIMIT
from storage.meetings.exchange.limits import ROWS
from storage.meetings.exchange.rows import ITEMS, MEETINGS, Given, ItemRow, MeetingRow

READY = 500  # lines that offer choices in an empty template

RULES = (
    N_("Each meeting is a line of the first sheet, each item of an agenda a line of the second."),
    N_("Headings must stay; their order does not matter. Columns with a star must be filled in."),
    N_("Nothing is added until you have looked at it in the bot, and nobody is told of anything."),
    N_("A meeting that is there already, with the same body, day and titles, is left as it is."),
    N_("No formulas, no merged cells. A day has its year."),
    N_("Proposals, clauses, instructions, votes and files of a meeting are not in this form."),
)


def template(language: str, codes: tuple[str, ...], at: datetime) -> bytes:
    """The empty form in ``language`` for whoever prepares the branches with these ``codes``."""
    return _made(language, codes, Given(), ZoneInfo("UTC"), at, READY)


def filled(
    language: str, codes: tuple[str, ...], given: Given, zone: ZoneInfo, at: datetime
) -> bytes:
    """The form with meetings and items in it, as it can come back."""
    return _made(language, codes, given, zone, at, READY)


def _made(
    language: str, codes: tuple[str, ...], given: Given, zone: ZoneInfo, at: datetime, ready: int
) -> bytes:
    t = translator(language)
    rows: dict[str, Iterable[Any]] = {MEETINGS: given.meetings, ITEMS: given.items}
    sheets = [
        NewSheet(
            t.plain(TITLES[name]),
            tuple(_column(t, field, codes) for field in fields),
            [[_shown(t, row, field, zone) for field in fields] for row in rows[name]],
            ready,
        )
        for name, fields in FIELDS.items()
    ]
    return made([*sheets, _explanations(t)], t.plain(LISTS), at)


def _column(t: Translator, field: Field, codes: tuple[str, ...]) -> Column:
    words = tuple(t.plain(msgid) for msgid in field.choices.values())
    return Column(
        heading(t, field), field.kind, field.width, codes if field.name == "branch" else words
    )


def heading(t: Translator, field: Field) -> str:
    """The heading of a column; with a star where it must be filled in."""
    return t.plain(field.label) + (" *" if field.required else "")


def _shown(t: Translator, row: MeetingRow | ItemRow, field: Field, zone: ZoneInfo) -> Shown:
    if isinstance(row, MeetingRow) and field.name in ("day", "clock"):
        if row.starts_at is None:
            return None
        local = row.starts_at.astimezone(zone)
        return local.date() if field.name == "day" else local.time()
    if isinstance(row, ItemRow) and field.name == "co_speakers":
        return "\n".join(f"{name}, {post}" if post else name for name, post in row.co_speakers)
    value: Shown = getattr(row, field.name)
    return t.plain(field.choices[str(value)]) if value in field.choices else value


def _explanations(t: Translator) -> NewSheet:
    sheet, column, word = t.plain("Sheet"), t.plain("Column"), t.plain("What to write")
    columns = (Column(sheet, width=16), Column(column, width=32), Column(word, width=90))
    limit = t.plain(
        "At most {rows} lines a sheet, {items} items a meeting.", rows=ROWS, items=ITEMS_LIMIT
    )
    rules = [[None, None, text] for text in (*(t.plain(rule) for rule in RULES), limit)]
    fields = [
        [t.plain(TITLES[name]), heading(t, field), t.plain(field.hint) if field.hint else None]
        for name, of_sheet in FIELDS.items()
        for field in of_sheet
    ]
    return NewSheet(t.plain(EXPLANATIONS), columns, [*rules, *fields])
