"""Notices on items: to whoever carries one, and to whoever checks it."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.roadmap import words
from handlers.roadmap.callbacks import (
    AcceptReport,
    ApproveExtension,
    RefuseExtension,
    ReturnReport,
)
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import roadmap
from storage.errors import DomainError
from storage.roadmap import Item, State
from storage.roadmap.checking import may_check
from storage.roadmap.extending import asked, may_decide
from storage.roadmap.steps import ASKED, NEWS, TO_CHECK

DEADLINE = N_("The deadline of your roadmap item was changed")
HANDED = N_("A roadmap item was handed over to you")
# What was decided on an item, to those who carry it.
DECIDED = {
    "accepted": N_("✅ <b>Your report is accepted</b>"),
    "returned": N_("↩️ <b>Your report is returned</b>"),
    "removed": N_("🏁 <b>Removed from control by the Bureau</b>"),
    "extended": N_("📅 <b>The deadline is extended</b>"),
    "not_extended": N_("📅 <b>The deadline is not extended</b>"),
}
QUOTED = 300  # characters of a reason


def _about(what: str) -> Renderer:
    def render(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
        found = roadmap.carried(tx, to.person_id, [int(params["item_id"])], to.today)
        if not found:
            return None
        item, t = found[0], to.t
        return Screen(
            lines(t(what), words.heading(t, item), words.deadline(t, item, to.today)),
            rows=(words.details(t, item), nav.exits(t)),
        )

    return render


def _seen(tx: Connection, to: Recipient, params: dict[str, Any]) -> Item | None:
    """The item, if it is the recipient's business still."""
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        return roadmap.get(tx, actor, int(params["item_id"]))
    except DomainError:
        return None


def _decided(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """What was decided, and the reason that was given."""
    item = _seen(tx, to, params)
    if item is None:
        return None
    t, last = to.t, roadmap.last_of(tx, item.id)
    said, heading = last.text if last else None, DECIDED[str(params["what"])]
    return Screen(
        lines(
            t(heading),
            words.heading(t, item),
            words.deadline(t, item, to.today) if item.state is not State.REMOVED else None,
            Markup("<i>«{}»</i>").format(shortened(said, QUOTED)) if said else None,
        ),
        rows=(words.details(t, item), nav.exits(t)),
    )


def _to_check(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """A report waits: two buttons answer it."""
    item, actor = _seen(tx, to, params), actor_of(tx, to)
    if item is None or actor is None or not may_check(actor, item):
        return None
    t, last = to.t, roadmap.last_report(tx, item.id)
    its = {"id": item.id, "version": item.version}
    answers: Row = (
        Button(t.plain("✅ Accept the report"), AcceptReport(**its)),
        Button(t.plain("↩️ Return it"), ReturnReport(**its)),
    )
    text = last.text if last else None
    return Screen(
        lines(
            t("⏳ <b>A report waits for your check</b>"),
            words.heading(t, item),
            t("Reported by: {name}", name=last.person) if last else None,
            Markup("<i>«{}»</i>").format(shortened(text, QUOTED)) if text else None,
        ),
        rows=(answers, words.details(t, item), nav.exits(t)),
    )


def _asked(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """Another deadline is asked for: two buttons answer it."""
    item, actor = _seen(tx, to, params), actor_of(tx, to)
    extension = asked(tx, item.id) if item else None
    if item is None or actor is None or extension is None:
        return None
    if not may_decide(actor, item, extension):
        return None
    t, its = to.t, {"id": item.id, "version": item.version}
    answers: Row = (
        Button(t.plain("✅ Extend"), ApproveExtension(**its)),
        Button(t.plain("✖️ Do not extend"), RefuseExtension(**its)),
    )
    day = dates.short_day(t, extension.to_deadline, to.today)
    return Screen(
        lines(
            t("📅 Another deadline is asked for: {date}, {name}", date=day, name=extension.person),
            words.heading(t, item),
            words.deadline(t, item, to.today),
            words.times(t, item),
            Markup("<i>«{}»</i>").format(shortened(extension.reason, QUOTED)),
        ),
        rows=(answers, words.details(t, item), nav.exits(t)),
    )


RENDERERS: dict[str, Renderer] = {
    "roadmap_deadline": _about(DEADLINE),
    "roadmap_handed": _about(HANDED),
    NEWS: _decided,
    TO_CHECK: _to_check,
    ASKED: _asked,
}
