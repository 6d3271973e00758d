"""Lists, the card and the history of roadmap items."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.roadmap import words
from handlers.roadmap.callbacks import (
    BranchRoadmap,
    MorningCard,
    MyRoadmap,
    NarrowedItems,
    OpenBoard,
    OpenItem,
    ReminderSettings,
)
from handlers.roadmap.item_callbacks import AddItem, FindItems
from handlers.roadmap_books.callbacks import Books
from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.roadmap import Entry, Item, Kind, ListedItem, Page, Which, placing
from storage.roadmap.editing import EDITED
from storage.rules.access import Action, may

COMMENT = 300  # characters of a comment in a card
IN_HISTORY = 120

FILTERS = {
    Which.OVERDUE: N_("Overdue items"),
    Which.SOON: N_("Due within 14 days"),
    Which.TO_CHECK: N_("To check"),
    Which.STUBBORN: N_("Three years unfulfilled"),
    Which.ALL: N_("All roadmap items"),
}
# What a line of the history says, by its kind.
MOVES = {
    "deadline": N_("the deadline is now {date}"),
    "carried": N_("not done, carried over to {date}"),
    "extension_asked": N_("another deadline is asked for: {date}"),
}
STEPS = {
    "executor": N_("handed over to another executor"),
    "people": N_("other people beside the executor"),
    "parent": N_("put beneath another item"),
    "accepted": N_("the report is accepted"),
    "returned": N_("the report is returned"),
    "imported": N_("changed from a workbook"),
    "added": N_("put under control"),
    "edited": N_("written anew"),
    "territory": N_("put into another territory"),
    "kind": N_("made an item of another kind"),
    "document": N_("a document is attached"),
    "extension_refused": N_("the deadline is not extended"),
}
NONE_OF = {
    Which.OVERDUE: N_("Nothing is overdue here."),
    Which.SOON: N_("Nothing is due in the next 14 days."),
    Which.TO_CHECK: N_("No report waits to be checked."),
    Which.STUBBORN: N_("Nothing is unfulfilled three years running."),
    Which.ALL: N_("There is no roadmap item here yet."),
}


def mine(turn: Turn, page: Page) -> Screen:
    """What one carries."""
    t = turn.t
    looks_after = may(turn.actor, Action.SEE_BRANCH_ROADMAP)
    branch: Row = (Button(t.plain("Items of the branch"), BranchRoadmap()),)
    return Screen(
        lines(
            t("🎯 <b>My roadmap items: {n}</b>", n=page.total),
            t("By deadline. Tap an item to report on it.")
            if page.total
            else t("No item is yours now. Once one is given to you, reminders will come here."),
        ),
        rows=(
            *_rows(turn, page.items, page, lambda number: MyRoadmap(page=number), branch=False),
            *((branch,) if looks_after else ()),
            (Button(t.plain("🔎 Find an item"), FindItems()),),
            (Button(t.plain("⚙️ My reminders"), ReminderSettings()),),
            nav.exits(t),
        ),
    )


def of_branch(turn: Turn, page: Page, which: Which) -> Screen:
    """What one looks after, narrowed to ``which``."""
    t = turn.t
    manages = may(turn.actor, Action.MANAGE_ROADMAP)
    new: Row = (Button(t.plain("➕ New item (button)"), AddItem()),)
    morning: Row = (Button(t.plain("☀️ This morning"), MorningCard()),)
    filters = tuple(
        Button(
            ("• " if one is which else "") + t.plain(name),
            BranchRoadmap(which=one),
        )
        for one, name in FILTERS.items()
    )
    books: Row = (Button(t.plain("📊 The roadmap in Excel (button)"), Books()),)
    return Screen(
        lines(
            t("🎯 <b>Items of the branch: {n}</b>", n=page.total),
            t("Shown: {filter}", filter=t(FILTERS[which])) if page.total else t(NONE_OF[which]),
        ),
        rows=(
            filters[:2],
            filters[2:4],
            filters[4:],
            *_rows(
                turn,
                page.items,
                page,
                lambda number: BranchRoadmap(which=which, page=number),
                branch=True,
            ),
            (
                Button(t.plain("📊 By direction"), OpenBoard()),
                Button(t.plain("⚙️ Narrow"), NarrowedItems()),
            ),
            (Button(t.plain("🔎 Find an item"), FindItems()),),
            *((new, morning, books) if manages else ()),
            nav.exits(t, MyRoadmap()),
        ),
    )


def history(turn: Turn, item: Item, entries: Sequence[Entry], *, branch: bool) -> Screen:
    """What happened to an item, newest first."""
    t = turn.t
    return Screen(
        lines(
            t("<b>History of item № {number}</b>", number=item.number),
            *(_entry(turn, entry) for entry in entries),
            None if entries else t("Nothing was reported yet."),
        ),
        rows=(nav.exits(t, OpenItem(id=item.id, branch=branch)),),
    )


def _rows(
    turn: Turn,
    items: Sequence[ListedItem],
    page: Page,
    turn_to: Callable[[int], CallbackData],
    *,
    branch: bool,
) -> tuple[Row, ...]:
    buttons = [
        Button(words.label(turn.t, item, turn.today), OpenItem(id=item.id, branch=branch))
        for item in items
    ]
    return paging.rows(turn.t, buttons, page.number, page.total, turn_to)


def last_report(turn: Turn, entry: Entry) -> Markup:
    """Who reported last, when, and what was said."""
    t = turn.t
    said = t("Last report: {date}, {name}", date=_day(turn, entry), name=entry.person)
    return _with_comment(said, entry.text, COMMENT)


def _entry(turn: Turn, entry: Entry) -> Markup:
    line = Markup("{} · {} · {}").format(_day(turn, entry), entry.person, _what(turn, entry))
    return _with_comment(line, _said(turn, entry), IN_HISTORY)


def _said(turn: Turn, entry: Entry) -> str | None:
    """What was written; a field and kinds by their names in the reader's language."""
    if not entry.text:
        return None
    if entry.kind == EDITED:
        return turn.t.plain(words.FIELDS[entry.text])
    if entry.kind == placing.KIND:
        kinds = (Kind(one) for one in entry.text.split(placing.ARROW))
        return placing.ARROW.join(turn.t.plain(words.KINDS[one]) for one in kinds)
    return entry.text


def _what(turn: Turn, entry: Entry) -> Markup:
    t = turn.t
    if entry.to_deadline and entry.kind in MOVES:
        day = dates.short_day(t, entry.to_deadline, turn.today)
        return t(MOVES[entry.kind], date=day)
    if entry.kind == "removed":
        meeting = t.pick(entry.meeting_kk, entry.meeting_ru)
        clause = str(entry.clause) if entry.clause else "—"
        return t("removed from control: {title}, clause {n}", title=meeting, n=clause)
    if entry.kind in STEPS:
        return t(STEPS[entry.kind])
    return t(words.STATES[entry.to_state]) if entry.to_state else Markup()


def _with_comment(line: Markup, text: str | None, limit: int) -> Markup:
    if not text:
        return line
    return lines(line, Markup("<i>«{}»</i>").format(shortened(text, limit)))


def _day(turn: Turn, entry: Entry) -> str:
    return dates.short_day(turn.t, entry.at.astimezone(turn.zone).date(), turn.today)
