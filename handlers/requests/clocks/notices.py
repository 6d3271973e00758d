"""What is told of a request's clocks: to its deputy, and to who decides on an extension."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.requests import callbacks, screens, words
from handlers.requests.clocks.callbacks import LookAtExtension
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines
from storage import people, requests, working_days
from storage.errors import NotAllowed, NotFound
from storage.requests import VoterRequest, asked_extensions

NEWS = {
    "paused": N_("⏸ {name} let the clock of your request stand"),
    "resumed": N_("▶️ {name} let the clock of your request go on"),
    "extension_approved": N_("📅 {name} extended the term"),
    "extension_refused": N_("📅 {name} did not extend the term"),
}


def _clock(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    t, request = to.t, _seen(tx, to, params["request_id"])
    if request is None:
        return None
    news = NEWS[params["what"]]
    card = screens.card(t, request, to.today, working_days.load(tx))
    said = t(news, name=people.get(tx, params["by"]).name)
    return Screen(lines(said, card.text), rows=card.rows)


def _asked(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """To who decides; one that is decided is not shown any more."""
    one = asked_extensions.for_notice(tx, params["extension_id"])
    request = _seen(tx, to, one.request_id) if one is not None else None
    if one is None or request is None:
        return None
    t = to.t
    return Screen(
        lines(
            t("📅 An extension is asked for: {name}", name=one.asked_name),
            words.heading(t, request.number, request.state),
            t(
                "From {before} to {after}",
                before=dates.short_day(t, one.from_due, to.today),
                after=dates.short_day(t, one.to_due, to.today),
            ),
        ),
        rows=(
            (Button(t.plain("📅 Decide on the extension"), LookAtExtension(id=request.id)),),
            nav.exits(t, callbacks.OpenRequest(id=request.id)),
        ),
    )


def _seen(tx: Connection, to: Recipient, request_id: int) -> VoterRequest | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        return requests.get(tx, actor, request_id)
    except (NotFound, NotAllowed):
        return None


RENDERERS: dict[str, Renderer] = {"request_clock": _clock, "request_extension_asked": _asked}
