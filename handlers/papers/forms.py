"""What all forms in workbooks share: headings in any language, choices, and what may be wrong."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from handlers.files import FETCH_LIMIT
from handlers.papers.cells import CellError, Fault
from handlers.papers.failing import Why
from handlers.papers.workbooks import named
from handlers.ui.i18n import LANGUAGES, N_, SOURCE, Translator, translator

ABOUT = 60  # characters of a cell that are said again
MEGABYTES = FETCH_LIMIT // (1024 * 1024)

UNREADABLE = {
    Why.NO_WORKBOOK: N_("This is no XLSX workbook. In Excel: Save as, Excel workbook."),
    Why.BROKEN: N_("The file is damaged and does not open. Save it anew and send it again."),
    Why.ENCRYPTED: N_("The workbook is locked with a password. Take the password off first."),
    Why.TOO_MUCH: N_("Unpacked this file is out of all proportion. It is not opened."),
    Why.TOO_SLOW: N_("The workbook takes too long to read. Send it in parts."),
    Why.ROWS: N_("There are too many lines: at most {rows} a sheet. Send it in parts."),
}
NO_FILE = N_("A file is needed here: an XLSX workbook.")
TOO_BIG = N_("The file is too big: at most {n} MB.")
GONE = N_("Telegram does not hand the file out any more. Send it again.")

# {value} is what stands in the cell, or the limit.
REASONS = {
    "no_sheet": N_("There is no such sheet. Take the empty template."),
    "sheet_twice": N_("There are two such sheets."),
    "hidden": N_("The sheet is hidden: show it, so that nothing unseen is added."),
    "merged": N_("Cells {value} are merged: split them."),
    "no_headings": N_("There are no headings in the first line."),
    "no_column": N_("There is no such column."),
    "column_twice": N_("There are two such columns."),
    "required": N_("This must be filled in."),
    "formula": N_("There is a formula: put its value there."),
    "error": N_("There is an error of a formula: {value}"),
    "no_day": N_("This is no day: {value}. Right is: 24.11.2026"),
    "no_year": N_("The year is missing: {value}. Right is: 24.11.2026"),
    "no_time": N_("This is no time of day: {value}. Right is: 10:00"),
    "no_number": N_("This is no number: {value}"),
    "no_whole_number": N_("This is no whole number: {value}"),
    "no_text": N_("A text is needed, not a tick."),
    "no_choice": N_("This does not fit: {value}. Choose from the list."),
    "too_long": N_("The text is too long: at most {value} characters."),
    "no_branch": N_("There is no such branch: {value}"),
}


@lru_cache(maxsize=256)
def in_every_language(msgid: str) -> frozenset[str]:
    """A text in every language, as titles and headings are compared."""
    return frozenset(named(translator(one).plain(msgid)) for one in (*LANGUAGES, SOURCE))


def chosen(choices: Mapping[Any, str], value: str) -> Any:
    """The code of ``choices`` that ``value`` names, by itself or by its word in any language.

    Raises CellError for what is none of them.
    """
    word = named(value)
    for code, msgid in choices.items():
        if word == code or word in in_every_language(msgid):
            return code
    raise CellError(Fault.NO_CHOICE, value)


def unreadable(t: Translator, why: Why, rows: int) -> Markup:
    """Why a file cannot be read; ``rows`` is how many lines a sheet may have."""
    return t(UNREADABLE.get(why, UNREADABLE[Why.BROKEN]), rows=rows)
