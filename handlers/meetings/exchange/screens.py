"""How the exchange of workbooks looks: the choice, the file, the look before it is added."""

from markupsafe import Markup

from handlers.meetings.callbacks import MeetingList
from handlers.meetings.exchange import words
from handlers.meetings.exchange.callbacks import (
    AddAll,
    Exchange,
    Export,
    LookAt,
    SendBook,
    Template,
)
from handlers.meetings.exchange.form import STATES
from handlers.meetings.exchange.reading import Read
from handlers.meetings.papers.callbacks import Language
from handlers.meetings.texts import BODIES
from handlers.papers.forms import MEGABYTES
from handlers.turn import Turn
from handlers.ui import nav, wizard
from handlers.ui.i18n import N_
from handlers.ui.nav import Nothing
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.meetings.exchange.adding import Added
from storage.meetings.exchange.checking import Checked, Planned
from storage.meetings.exchange.exporting import Exported
from storage.meetings.exchange.limits import ROWS
from storage.rules.access import Action, may

PAGE = 5  # lines, each of two on a phone
LINE, NAME, IGNORED = 70, 40, 100  # characters
LANGUAGES = {Language.KK: N_("in Kazakh"), Language.RU: N_("in Russian")}


def row(turn: Turn) -> tuple[Row, ...]:
    """The row of a list of meetings that leads here, for those who prepare some."""
    if turn.in_group or not may(turn.actor, Action.PREPARE_MEETINGS):
        return ()
    return ((Button(turn.t.plain("📊 Meetings in Excel"), Exchange()),),)


def entry(turn: Turn, word: Markup | None = None) -> Screen:
    """What can be done."""
    t = turn.t
    form, export = t.plain("Empty form"), t.plain("My meetings")
    return Screen(
        lines(
            word,
            t("📊 <b>Meetings in Excel</b>"),
            t("Fill in the empty form and send it: you see what would be added before it is."),
            t("Your meetings come in the same form."),
        ),
        rows=(
            tuple(
                Button(f"{form} {t.plain(name)}", Template(language=code))
                for code, name in LANGUAGES.items()
            ),
            (Button(t.plain("📥 Send a filled form"), SendBook()),),
            tuple(
                Button(f"{export} {t.plain(name)}", Export(language=code))
                for code, name in LANGUAGES.items()
            ),
            nav.exits(t, MeetingList()),
        ),
    )


def file_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The workbook is awaited."""
    t = turn.t
    return wizard.step(
        t,
        1,
        2,
        t("Send the workbook as a file."),
        hint=t("An XLSX file, at most {n} MB and {rows} lines a sheet.", n=MEGABYTES, rows=ROWS),
        mistake=mistake,
        back=Exchange(),
    )


def look(
    turn: Turn, name: str, read: Read, checked: Checked, page: int, *, alert: str | None = None
) -> Screen:
    """What would be added, line by line; with mistakes, only these, and nothing to confirm."""
    t = turn.t
    if checked.problems:
        listed = [words.problem(t, one) for one in checked.problems]
    else:
        listed = [_planned(turn, one) for one in checked.new]
    last = max(0, -(-len(listed) // PAGE) - 1)
    page = min(page, last)
    confirm: tuple[Row, ...] = ()
    if checked.new and not checked.problems:
        label = t.plain("✅ Add {n} meetings", n=len(checked.new))
        confirm = ((Button(label, AddAll(seal=checked.seal)),),)
    ignored = ", ".join(read.ignored)
    shown = wizard.step(
        t,
        2,
        2,
        lines(
            Markup("📥 <b>{}</b>").format(shortened(name, NAME)),
            *_counted(turn, checked),
            t("Not read: {what}", what=shortened(ignored, IGNORED)) if ignored else None,
            "",
            *listed[page * PAGE : (page + 1) * PAGE],
        ),
        rows=(*_turner(turn, page, last), *confirm),
        back=SendBook(),
    )
    return Screen(shown.text, shown.rows, toast=alert, alert=alert is not None)


def added(turn: Turn, done: Added) -> Screen:
    """Everything is in."""
    t = turn.t
    return Screen(
        lines(
            t("✅ <b>Added: {n} meetings, {items} items</b>", n=done.meetings, items=done.items),
            t("Drafts: {n}. Nobody is told of them.", n=done.meetings - done.held),
            t("Held, to be seen by members: {n}", n=done.held) if done.held else None,
        ),
        rows=(
            (
                Button(t.plain("Meetings ahead"), MeetingList()),
                Button(t.plain("Meetings held"), MeetingList(past=True)),
            ),
            nav.exits(t, Exchange()),
        ),
    )


def exported(turn: Turn, whole: Exported) -> Markup:
    """What the file holds, and what it does not."""
    t = turn.t
    given = whole.given
    return lines(
        t("✅ In the file: {n} meetings, {items} items", n=len(given.meetings),
          items=len(given.items)),
        t("Cancelled ones are left out: {n}", n=whole.cancelled) if whole.cancelled else None,
        t("The oldest do not fit in and are left out: {n}", n=whole.older) if whole.older else None,
    )  # fmt: skip


def _counted(turn: Turn, checked: Checked) -> tuple[Markup | None, ...]:
    t = turn.t
    known = len(checked.known)
    left = t("There already and left as they are: {n}", n=known) if known else None
    if checked.problems:
        n = len(checked.problems)
        return (
            t("⚠️ Mistakes: {n}. Nothing is added. Mend them and send the file again.", n=n),
            left,
        )
    if not checked.new:
        return (left or t("⚠️ No line is filled in."), t("There is nothing to add."))
    return (
        t("To be added: {n} meetings, {items} items", n=len(checked.new), items=checked.items),
        t("Drafts: {n}. Nobody is told of them.", n=len(checked.new) - checked.held),
        t("Held, members will see them at once: {n}", n=checked.held) if checked.held else None,
        left,
    )


def _planned(turn: Turn, one: Planned) -> Markup:
    """«5. 24.11.2026 10:00 · Bureau · title · 6 · draft»."""
    t, row_ = turn.t, one.row
    local = row_.starts_at.astimezone(turn.zone) if row_.starts_at else None
    day = f"{local:%d.%m.%Y %H:%M}" if local else t.pick(row_.period_kk, row_.period_ru)
    parts = (
        day or t.plain("The day is not set yet"),
        one.branch.code,
        t.plain(BODIES[row_.body]),
        shortened(t.pick(row_.title_kk, row_.title_ru), LINE),
        t.plain("items: {n}", n=len(one.items)),
        t.plain(STATES[one.state]),
    )
    return Markup("{}. {}").format(row_.row, " · ".join(parts))


def _turner(turn: Turn, page: int, last: int) -> tuple[Row, ...]:
    if not last:
        return ()
    here = Button(turn.t.plain("{page} of {pages}", page=page + 1, pages=last + 1), Nothing())
    earlier = Button("‹", LookAt(page=page - 1)) if page > 0 else None
    later = Button("›", LookAt(page=page + 1)) if page < last else None
    return (tuple(button for button in (earlier, here, later) if button),)
