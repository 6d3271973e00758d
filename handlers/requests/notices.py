"""Messages about requests that must arrive."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.requests import screens, words
from handlers.requests.following import screens as following_screens
from handlers.ui.screen import Screen, lines
from storage import people, requests, working_days
from storage.requests import following
from storage.rules.access import Action, may


def _receipt(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    request = requests.for_notice(tx, params["request_id"], to.person_id)
    if request is None:
        return None
    link = following_screens.link(to.bot_username, following.for_receipt(tx, request.id))
    actor = actor_of(tx, to)
    inquires = actor is not None and may(actor, Action.MAKE_INQUIRIES, request.branch_id)
    calendar = working_days.load(tx)
    return screens.receipt(to.t, request, to.today, calendar, link, inquires=inquires)


def _changed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """Somebody else moved the deputy's request on; the card shows how it stands now."""
    request = requests.for_notice(tx, params["request_id"], to.person_id)
    if request is None:
        return None
    card = screens.card(to.t, request, to.today, working_days.load(tx))
    news = to.t(
        "{name} changed the state of your request: {state}",
        name=people.get(tx, params["by"]).name,
        state=words.state(to.t, params["to_state"]),
    )
    return Screen(lines(news, card.text), rows=card.rows)


RENDERERS: dict[str, Renderer] = {"request_receipt": _receipt, "request_changed": _changed}
