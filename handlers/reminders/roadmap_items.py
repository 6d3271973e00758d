"""Items of the roadmap, reminded of with the buttons of their report."""

from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient
from handlers.reminders.reminded import Line, Reminded, Subject, reminded
from handlers.roadmap import words
from handlers.roadmap.callbacks import AskExtension, ChooseState, MyRoadmap, OpenItem, Snooze
from handlers.ui import dates, nav
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import roadmap
from storage.roadmap import Item, Kind

IN_LINE = 60  # characters of a title in a digest
# Of an item of the roadmap (True), and of what a meeting gave to do.
NAMES = {
    True: N_("⏰ <b>Reminder: roadmap item</b>"),
    False: N_("⏰ <b>Reminder: under control</b>"),
}
LATE = {
    True: N_("⏰ <b>A reminder that comes late: roadmap item</b>"),
    False: N_("⏰ <b>A reminder that comes late: under control</b>"),
}


def _current(tx: Connection, to: Recipient, params: list[dict[str, Any]]) -> list[Reminded]:
    by_id = {int(one["item_id"]): one for one in params}
    items = roadmap.carried(tx, to.person_id, list(by_id), to.today)
    return [
        reminded(to, line_of(to, item), by_id[item.id], partial(_alone, to, item))
        for item in items
        if date.fromisoformat(by_id[item.id]["deadline"]) == item.deadline
    ]


def line(to: Recipient, item: Item) -> Markup:
    """An item in a line: number, title, days left."""
    return Markup("№ {} {} · <b>{}</b>").format(
        item.number,
        shortened(to.t.pick(item.title_kk, item.title_ru), IN_LINE),
        dates.days_left(to.t, item.deadline, to.today),
    )


def line_of(to: Recipient, item: Item) -> Line:
    """An item of a digest: an executor's tap reports on it, a curator's opens it."""
    opens = ChooseState if to.person_id in item.executes else OpenItem
    button = Button(words.label(to.t, item, to.today), opens(id=item.id))
    return Line(item.deadline, line(to, item), button)


def _alone(to: Recipient, item: Item, *, late: bool) -> Screen:
    t = to.t
    return Screen(
        lines(
            t(LATE[item.kind is Kind.ROADMAP] if late else NAMES[item.kind is Kind.ROADMAP]),
            words.heading(t, item),
            words.deadline(t, item, to.today),
            t("State now: {state}", state=words.state_of(t, item.state)),
            t("The deadline has passed. How does it stand?")
            if item.is_overdue(to.today)
            else t("How does it stand?"),
        ),
        rows=(
            *_buttons(t, to.person_id, item),
            words.details(t, item),
            nav.exits(t),
        ),
    )


def _buttons(t: Translator, person_id: int, item: Item) -> tuple[Row, ...]:
    """What an executor reports in a tap; a curator looks only."""
    later: Row = (Button(t.plain("⏰ Remind me later"), Snooze(id=item.id)),)
    if person_id not in item.executes:
        return (later,)
    longer = AskExtension(id=item.id, version=item.version)
    asks: Row = (Button(t.plain("📅 Ask for another deadline"), longer),)
    return (*words.report_rows(t, item), asks, later)


SUBJECT = Subject(
    _current,
    N_("⏰ <b>Reminder: under control: {n}</b>"),
    N_("Tap an item to report on it."),
    N_("All my items"),
    N_("under control: {n}"),
    MyRoadmap(),
)
