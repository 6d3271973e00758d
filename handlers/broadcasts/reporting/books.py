"""The report on a broadcast as a workbook."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.broadcasts import words
from handlers.papers.written_workbooks import Column, NewSheet, Shown, made
from handlers.ui.i18n import Translator, translator
from storage.broadcasts.reporting import Report, Row
from storage.rules import phones as phone_rules


def workbook(language: str, report: Report, zone: ZoneInfo, at: datetime, *, phones: bool) -> bytes:
    """The file in ``language``; moments are those of ``zone``."""
    t = translator(language)
    options = words.options(t, report.broadcast, report.broadcast.said_in(language))
    columns = [
        Column(t.plain("Name (column)"), width=34),
        Column(t.plain("Delivery (column)"), width=18),
        Column(t.plain("Why not (column)"), width=26),
        Column(t.plain("Sent at (column)"), width=18),
        Column(t.plain("Confirmed at (column)"), width=18),
    ]
    if options:
        columns.append(Column(t.plain("Answer (column)"), width=24))
    if phones:
        columns.append(Column(t.plain("Phone (column)"), width=20))
    rows = [_row(t, one, zone, options, phones=phones) for one in report.rows]
    sheets = [NewSheet(t.plain("Broadcast (sheet)"), tuple(columns), rows)]
    if report.groups:
        sheets.append(_of_groups(t, report, zone))
    return made(tuple(sheets), "", at)


def _of_groups(t: Translator, report: Report, zone: ZoneInfo) -> NewSheet:
    columns = (
        Column(t.plain("Group (column)"), width=34),
        Column(t.plain("Delivery (column)"), width=30),
        Column(t.plain("Sent at (column)"), width=18),
        Column(t.plain("Pinned (column)"), width=14),
    )
    pinned = {None: None, True: t.plain("yes"), False: t.plain("no")}
    rows: list[list[Shown]] = [
        [
            one.title,
            words.group_state(t, one),
            _moment(one.sent_at if one.state == "sent" else None, zone),
            pinned[one.pinned],
        ]
        for one in report.groups
    ]
    return NewSheet(t.plain("Groups (sheet)"), columns, rows)


def _row(
    t: Translator, one: Row, zone: ZoneInfo, options: tuple[str, ...], *, phones: bool
) -> list[Shown]:
    cells: list[Shown] = [
        one.name,
        t.plain(words.STATES[one.state]),
        words.reason(t, one.reason) if one.state == "failed" else None,
        _moment(one.sent_at if one.state == "sent" else None, zone),
        _moment(one.read_at, zone),
    ]
    if options:
        cells.append(options[one.answer] if one.answer is not None else None)
    if phones:
        cells.append(phone_rules.shown(one.phone) if one.phone else None)
    return cells


def _moment(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else f"{moment.astimezone(zone):%d.%m.%Y %H:%M}"
