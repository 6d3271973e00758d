"""Notices of a request that was handed over: to its new deputy, and to the one who had it."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.requests import screens
from handlers.requests.bulk.callbacks import HandedOn
from handlers.requests.bulk.doors import HANDED_ON
from handlers.requests.callbacks import OpenRequest
from handlers.requests.working.callbacks import GiveBack, Take
from handlers.ui import nav
from handlers.ui.screen import Button, Screen, lines
from storage import people, requests, working_days


def _handed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """The new deputy is asked to take it; one that was passed on meanwhile is not shown."""
    request = requests.for_notice(tx, params["request_id"], to.person_id)
    if request is None:
        return None
    t, given = to.t, {"id": request.id, "version": request.version}
    card = screens.card(t, request, to.today, working_days.load(tx))
    news = t("🤝 {name} hands a request over to you", name=people.get(tx, params["by"]).name)
    answers = (
        Button(t.plain("✅ I take it"), Take(**given)),
        Button(t.plain("↩️ I return it"), GiveBack(**given)),
    )
    asked = (answers,) if request.handed_from is not None else ()
    return Screen(lines(news, card.text), rows=(*asked, *card.rows))


def _moved_on(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """It is another deputy's now: the number alone is said."""
    t, name = to.t, people.get(tx, params["by"]).name
    said = t("🤝 {name} gave № {number} to another deputy", name=name, number=params["number"])
    return Screen(said, rows=((Button(t.plain(HANDED_ON), HandedOn()),), nav.exits(t)))


def _taken(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """It is another deputy's now: the number alone is said."""
    t, name = to.t, people.get(tx, params["by"]).name
    said = t("✅ {name} has taken № {number}", name=name, number=params["number"])
    return Screen(said, rows=(nav.exits(t),))


def _given_back(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """It is the former deputy's again; why is in its history."""
    request = requests.for_notice(tx, params["request_id"], to.person_id)
    if request is None:
        return None
    card = screens.card(to.t, request, to.today, working_days.load(tx))
    name = people.get(tx, params["by"]).name
    news = to.t("↩️ {name} has returned a request to you; why is in its history", name=name)
    return Screen(lines(news, card.text), rows=card.rows)


def _merged(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """The main one opens to whoever has it; to the former deputy of the other, numbers alone."""
    said = to.t(
        "🔗 {name}: № {number} goes on with № {main}",
        name=people.get(tx, params["by"]).name,
        number=params["number"],
        main=params["main"],
    )
    return _opening(tx, to, params, said)


def _parted(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """It goes on by itself, with its own deputy."""
    said = to.t(
        "↩️ {name}: № {number} goes on by itself again, apart from № {main}",
        name=people.get(tx, params["by"]).name,
        number=params["number"],
        main=params["main"],
    )
    return _opening(tx, to, params, said)


def _opening(tx: Connection, to: Recipient, params: dict[str, Any], said: Markup) -> Screen:
    own = requests.for_notice(tx, params["request_id"], to.person_id)
    label = to.t.plain("Open the request card")
    opens = ((Button(label, OpenRequest(id=own.id)),),) if own else ()
    return Screen(said, rows=(*opens, nav.exits(to.t)))


RENDERERS: dict[str, Renderer] = {
    "request_handed": _handed,
    "request_moved_on": _moved_on,
    "request_taken": _taken,
    "request_given_back": _given_back,
    "request_merged": _merged,
    "request_parted": _parted,
}
