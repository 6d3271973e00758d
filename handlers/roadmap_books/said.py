"""What is said of a roadmap in a workbook: what can be done with it, and its columns."""

from collections.abc import Iterable

from markupsafe import Markup

from handlers.papers.forms import MEGABYTES
from handlers.roadmap_books import callbacks, reading
from handlers.roadmap_books.headings import NAMES
from handlers.roadmap_books.reading import Opened
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.branches import Branch
from storage.roadmap_books.rows import ROWS

STEPS = 3
HEADING, TITLE = 40, 60  # characters


def books(turn: Turn) -> Screen:
    """What can be done with workbooks."""
    t = turn.t
    return Screen(
        lines(
            t("📊 <b>The roadmap in Excel</b>"),
            t("Bring a roadmap as it is, in Kazakh or Russian: the bot finds the columns itself."),
            t("Nothing is added before you have looked at it. Brought again, it changes items."),
        ),
        rows=(
            *column(
                [
                    Button(t.plain("📥 Bring a roadmap"), callbacks.SendRoadmap()),
                    Button(t.plain("📤 Send me the roadmap"), callbacks.ExportRoadmap()),
                ]
            ),
            nav.exits(t),
        ),
    )


def file_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """A workbook is awaited."""
    t = turn.t
    return wizard.step(
        t,
        1,
        STEPS,
        t("Send the roadmap as a file."),
        hint=t("XLSX, at most {n} MB and {rows} lines.", n=MEGABYTES, rows=ROWS),
        mistake=mistake,
        back=callbacks.Books(),
    )


def columns_step(
    turn: Turn, book: Opened, branch: Branch | None, several: bool, page: int
) -> Screen:
    """What each column was taken for, to be confirmed or changed."""
    t, data = turn.t, turn.conversation.data
    year = int(data["year"])
    given = reading.columns_of(book, data["set"])
    buttons = [
        Button(
            f"{'✅' if name else '▫️'} {shortened(book.tables[table].headings[place], HEADING)}"
            f" → {t.plain(NAMES[name]) if name else t.plain('not read')}",
            callbacks.ColumnOf(table=table, place=place),
        )
        for table, columns in enumerate(given)
        for place, name in sorted(columns.items())
    ]
    page = paging.clamp(page, len(buttons))
    shown = buttons[page * paging.PAGE : (page + 1) * paging.PAGE]
    years: Row = tuple(
        Button(("• " if one == year else "") + str(one), callbacks.PlanYear(year=one))
        for one in (year - 1, year, year + 1)
        if 2000 <= one <= 2100
    )
    choice: Row = (Button(t.plain("📍 Territory of lines without one"), callbacks.ChooseBranch()),)
    go: Row = (Button(t.plain("Look at the lines ›"), callbacks.Look()),)
    return wizard.step(
        t,
        2,
        STEPS,
        lines(
            t("Are the columns right? Tap one to change it."),
            t("Sheets read: {names}", names=_names(one.sheet.title for one in book.tables)),
            _left(t, book),
            t("Year of the plan, where a deadline names none: {year}", year=year),
            t("Lines without a territory: {name}", name=t.pick(branch.name_kk, branch.name_ru))
            if branch
            else None,
        ),
        rows=(
            *paging.rows(t, shown, page, len(buttons), lambda to: callbacks.Columns(page=to)),
            years,
            *((choice,) if several else ()),
            go,
        ),
        back=callbacks.SendRoadmap(),
    )


def column_step(turn: Turn, book: Opened, table: int, place: int) -> Screen:
    """What a column holds."""
    t = turn.t
    values = [Button(t.plain("not read"), callbacks.SetColumn(table=table, place=place))]
    values += [
        Button(t.plain(label), callbacks.SetColumn(table=table, place=place, field=name))
        for name, label in NAMES.items()
    ]
    pairs = tuple(tuple(values[n : n + 2]) for n in range(0, len(values), 2))
    heading = book.tables[table].headings[place]
    return Screen(
        t("What does the column «{heading}» hold?", heading=shortened(heading, TITLE)),
        rows=(*pairs, nav.exits(t, callbacks.Columns())),
    )


def branch_step(turn: Turn, reach: list[Branch]) -> Screen:
    """Which branch the lines without a territory are of."""
    t = turn.t
    buttons = [
        Button(t.pick(one.name_kk, one.name_ru), callbacks.SetBranch(branch=one.id))
        for one in reach
    ]
    return Screen(
        t("Which branch are the lines without a territory of?"),
        rows=(*column(buttons), nav.exits(t, callbacks.Columns())),
    )


def _left(t: Translator, book: Opened) -> Markup | None:
    said = []
    if book.hidden:
        said.append(t("Hidden sheets, not read: {names}", names=_names(book.hidden)))
    if book.others:
        said.append(t("Sheets without a roadmap: {names}", names=_names(book.others)))
    return Markup("\n").join(said) if said else None


def _names(titles: Iterable[str]) -> str:
    return shortened(", ".join(titles), 120)
