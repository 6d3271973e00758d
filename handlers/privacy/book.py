"""Everything that is kept of a person as a workbook, in the language of whoever hands it over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.papers.written_workbooks import Column, Kind, NewSheet, Shown, made
from handlers.requests import words
from handlers.ui.i18n import N_, translator
from storage.data_tasks.exporting import Exported

NAME = "derbes-derekter.xlsx"
OPENED = {"open_contact": N_("contact"), "open_request_text": N_("text")}


def workbook(language: str, given: Exported, zone: ZoneInfo, at: datetime) -> bytes:
    """The file; days are those of ``zone``."""
    t = translator(language)

    def day(value: datetime | None) -> Shown:
        return value.astimezone(zone).date() if value else None

    def sheet(title: str, headings: Sequence[str], rows: Sequence[Sequence[Shown]]) -> NewSheet:
        return NewSheet(title, tuple(_column(one) for one in headings), rows)

    opened = {action: t.plain(what) for action, what in OPENED.items()}
    number, on, text = t.plain("Number (column)"), t.plain("Day (column)"), t.plain("Text (column)")
    return made(
        (
            sheet(
                t.plain("Requests (sheet)"),
                (
                    number,
                    t.plain("State (column)"),
                    t.plain("Registered on (column)"),
                    t.plain("Voter's name (column)"),
                    t.plain("Phone (column)"),
                    t.plain("Address (column)"),
                    t.plain("IIN (column)"),
                    t.plain("Place (column)"),
                    text,
                ),
                [
                    (
                        row["number"],
                        words.state(t, row["state"]),
                        day(row["registered_at"]),
                        row["contact_name"],
                        row["contact_phone"],
                        row["contact_address"],
                        row["contact_iin"],
                        row["place"],
                        row["text"],
                    )
                    for row in given.requests
                ],
            ),
            sheet(
                t.plain("History (sheet)"),
                (number, on, text),
                [(r["number"], day(r["at"]), r["text"]) for r in given.lines if r["text"]],
            ),
            sheet(
                t.plain("Consents (sheet)"),
                (number, on, t.plain("Wording (column)"), t.plain("Withdrawn on (column)")),
                [
                    (r["number"], day(r["at"]), r["version"], day(r["withdrawn_at"]))
                    for r in given.consents
                ],
            ),
            sheet(
                t.plain("Files (sheet)"),
                (number, on, t.plain("File (column)")),
                [(r["number"], day(r["added_at"]), r["name"] or r["kind"]) for r in given.files],
            ),
            sheet(
                t.plain("Replies to broadcasts (sheet)"),
                (on, text),
                [(day(r["sent_at"]), _plain(r["text"])) for r in given.replies],
            ),
            sheet(
                t.plain("Opened by (sheet)"),
                (number, on, t.plain("Who (column)"), t.plain("What (column)")),
                [
                    (r["number"], day(r["at"]), r["name"], opened[r["action"]])
                    for r in given.openings
                ],
            ),
        ),
        "",
        at,
    )


def _plain(text: str) -> str:
    return Markup(text).striptags()  # noqa: S704 - its tags are taken out here


def _column(heading: Any) -> Column:
    return Column(str(heading), Kind.TEXT, width=24)
