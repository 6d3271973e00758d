"""What a workbook would do, line by line, and what is wrong with it."""

from datetime import date

from markupsafe import Markup

from handlers.papers.forms import REASONS
from handlers.roadmap_books import callbacks
from handlers.roadmap_books.headings import NAMES
from handlers.roadmap_books.said import STEPS
from handlers.turn import Turn
from handlers.ui import dates, nav, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.branches import Branch
from storage.roadmap import Term
from storage.roadmap_books.rows import Checked, Difference, GivenItem, Problem

SHOWN = 8  # lines of a page
TITLE, VALUE = 60, 60  # characters
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
