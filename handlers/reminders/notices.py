"""Reminders as they are read: of one item with the buttons of its report, or of several."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.roadmap import notices as roadmap_notices
from handlers.roadmap import words
from handlers.roadmap.callbacks import ChooseState, MyRoadmap
from handlers.ui import dates, nav, paging
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage import reminders, roadmap
from storage.roadmap import Item

IN_LINE = 60  # characters of a title in a digest


@dataclass(frozen=True)
class Reminded:
    """An item that is still to be done, and whether its reminder comes late."""

    item: Item
    late: bool


def one(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """A reminder of one item; None when it is done, moved or another's by now."""
    found = _current(tx, to, [params])
    return _single(to, found[0]) if found else None


def several(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """One message about several items; what is done by now is left out."""
    found = _current(tx, to, params["items"])
    if len(found) > 1:
        return _digest(to, found)
    return _single(to, found[0]) if found else None


def _current(tx: Connection, to: Recipient, params: list[dict[str, Any]]) -> list[Reminded]:
    by_id = {int(one["item_id"]): one for one in params}
    items = roadmap.carried(tx, to.person_id, list(by_id), to.today)
    return [
        Reminded(item, _is_late(by_id[item.id], to.now))
        for item in items
        if date.fromisoformat(by_id[item.id]["deadline"]) == item.deadline
    ]


def _is_late(params: dict[str, Any], now: datetime) -> bool:
    return reminders.is_late(datetime.fromisoformat(params["due_at"]), now)


def _single(to: Recipient, reminded: Reminded) -> Screen:
    t, item = to.t, reminded.item
    return Screen(
        lines(
            t("⏰ <b>A reminder that comes late: roadmap item</b>")
            if reminded.late
            else t("⏰ <b>Reminder: roadmap item</b>"),
            words.heading(t, item),
            words.deadline(t, item, to.today),
            t("State now: {state}", state=words.state_of(t, item.state)),
            t("The deadline has passed. How does it stand?")
            if item.is_overdue(to.today)
            else t("How does it stand?"),
        ),
        rows=(*words.report_rows(t, item), words.details(t, item), nav.exits(t)),
    )


def _digest(to: Recipient, found: list[Reminded]) -> Screen:
    t = to.t
    shown = found[: paging.PAGE]
    rest = len(found) - len(shown)
    buttons = [
        Button(words.label(t, reminded.item, to.today), ChooseState(id=reminded.item.id))
        for reminded in shown
    ]
    return Screen(
        lines(
            t("⏰ <b>Reminder: roadmap items: {n}</b>", n=len(found)),
            *(_line(to, reminded) for reminded in shown),
            t("And more in the list: {n}", n=rest) if rest else None,
            t("Tap an item to report on it."),
        ),
        rows=(
            *column(buttons),
            (Button(t.plain("All my items"), MyRoadmap()),),
            nav.exits(t),
        ),
    )


def _line(to: Recipient, reminded: Reminded) -> Markup:
    t, item = to.t, reminded.item
    line = Markup("№ {} {} · <b>{}</b>").format(
        item.number,
        shortened(t.pick(item.title_kk, item.title_ru), IN_LINE),
        dates.days_left(t, item.deadline, to.today),
    )
    return (
        Markup("{} · {}").format(line, t("a reminder that comes late")) if reminded.late else line
    )


RENDERERS: dict[str, Renderer] = {
    "roadmap_reminder": one,
    reminders.DIGEST: several,
    **roadmap_notices.RENDERERS,
}
