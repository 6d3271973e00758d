"""What is said of a roadmap in a workbook: its columns, what it would do, what is wrong with it."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from handlers.papers.forms import MEGABYTES, REASONS
from handlers.roadmap_books import callbacks, reading
from handlers.roadmap_books.headings import NAMES
from handlers.roadmap_books.reading import Opened
from handlers.turn import Turn
from handlers.ui import dates, nav, paging, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.branches import Branch
from storage.roadmap import Term
from storage.roadmap_books.rows import ROWS, Checked, Difference, GivenItem, Problem

STEPS = 3
SHOWN = 8  # lines of a page
HEADING, TITLE, VALUE = 40, 60, 60  # characters
NAMED = {**NAMES, "deadline_text": N_("Words of the deadline"), "term": N_("Kind of the deadline")}
TERMS = {
    Term.DATE: N_("a day"),
    Term.QUARTER: N_("a quarter"),
    Term.YEARLY: N_("each year (term)"),
}
OWN_REASONS = {
    **REASONS,
    "id_twice": N_("Another line has the same number: {value}"),
    "number_taken": N_("Another item of the roadmap has this number: {value}"),
    "not_yours": N_("This item is of a branch that is not yours: {value}"),
    "too_many_people": N_("More than {value} people are named."),
    "rows": N_("There are more than {value} lines. Send the file in parts."),
}


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


def look(
    turn: Turn, checked: Checked, problems: tuple[Problem, ...], reach: list[Branch], page: int
) -> Screen:
    """What the workbook would do, line by line; with mistakes only these, and no confirming."""
    t = turn.t
    told = [_problem(t, one) for one in problems] or [
        *(_new(turn, one) for one in checked.new),
        *(_changed(turn, one, reach) for one in checked.changed),
    ]
    pages = max(1, -(-len(told) // SHOWN))
    page = min(page, pages - 1)
    rows: list[Row] = []
    if pages > 1:
        rows.append(_turner(t, page, pages))
    if not problems and (checked.new or checked.changed):
        n = len(checked.new) + len(checked.changed)
        label = t.plain("✅ Bring all of it (lines: {n})", n=n)
        rows.append((Button(label, callbacks.BringAll(seal=checked.seal)),))
    shown = told[page * SHOWN : (page + 1) * SHOWN]
    head = (
        [t("⚠️ Mistakes: {n}. Nothing is brought until they are mended.", n=len(problems))]
        if problems
        else _counted(t, checked)
    )
    return wizard.step(
        t,
        3,
        STEPS,
        lines(*head, *shown),
        rows=tuple(rows),
        back=callbacks.Columns(),
    )


def _counted(t: Translator, checked: Checked) -> list[Markup]:
    said = [
        t(
            "New: {new}, changed: {changed}, the same: {same}",
            new=len(checked.new),
            changed=len(checked.changed),
            same=checked.same,
        )
    ]
    if checked.removed:
        said.append(t("Off control, left as they are: {n}", n=checked.removed))
    if checked.without_executor:
        said.append(
            t("⚠️ New without a known executor, nobody is reminded: {n}", n=checked.without_executor)
        )
    return said


def _new(turn: Turn, one: GivenItem) -> Markup:
    t = turn.t
    return Markup("➕ <b>№ {}</b> {} · {} · {}").format(
        one.number,
        shortened(one.title, TITLE),
        dates.short_day(t, one.deadline, turn.today),
        shortened(one.executor or one.body or "–", VALUE),
    )


def _changed(turn: Turn, one: Difference, reach: list[Branch]) -> Markup:
    t = turn.t
    changes = [
        f"{t.plain(NAMED.get(name, NAMED['territory']))}: "
        f"{_value(turn, was, reach, name)} → {_value(turn, became, reach, name)}"
        for name, (was, became) in one.changes.items()
    ]
    return Markup("✏️ <b>№ {}</b> {}").format(one.given.number, "; ".join(changes))


def _value(turn: Turn, value: object, reach: list[Branch], name: str) -> str:
    t = turn.t
    if value is None:
        return "–"
    if name == "branch_id":
        found = [t.pick(one.name_kk, one.name_ru) for one in reach if one.id == value]
        return found[0] if found else "–"
    if name == "term":
        return t.plain(TERMS[Term(str(value))])
    if isinstance(value, date):
        return dates.short_day(t, value, turn.today)
    return shortened(str(value), VALUE)


def _problem(t: Translator, one: Problem) -> Markup:
    told = t(OWN_REASONS[one.reason], value=one.about)
    name = t.plain(NAMED[one.field]) if one.field in NAMED else ""
    if not one.row:
        where = " · ".join(part for part in (one.sheet, name) if part)
        return Markup("{}: {}").format(where, told) if where else told
    where = t("{sheet}, line {row}, «{column}»", sheet=one.sheet, row=one.row, column=name)
    return Markup("{}: {}").format(where, told)


def _turner(t: Translator, page: int, pages: int) -> Row:
    here = Button(t.plain("{page} of {pages}", page=page + 1, pages=pages), nav.Nothing())
    earlier = Button("‹", callbacks.Look(page=page - 1)) if page > 0 else None
    later = Button("›", callbacks.Look(page=page + 1)) if page < pages - 1 else None
    return tuple(button for button in (earlier, here, later) if button)


def _left(t: Translator, book: Opened) -> Markup | None:
    said = []
    if book.hidden:
        said.append(t("Hidden sheets, not read: {names}", names=_names(book.hidden)))
    if book.others:
        said.append(t("Sheets without a roadmap: {names}", names=_names(book.others)))
    return Markup("\n").join(said) if said else None


def _names(titles: Iterable[str]) -> str:
    return shortened(", ".join(titles), 120)
