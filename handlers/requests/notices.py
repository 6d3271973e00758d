"""Messages about requests that must arrive."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.requests import screens, words
from handlers.ui.screen import Screen, lines
from storage import people, requests, working_days


def _receipt(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    request = requests.for_notice(tx, params["request_id"], to.person_id)
    if request is None:
        return None
    return screens.receipt(to.t, request, to.today, working_days.load(tx))


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
