"""What those who follow a request are told, and what its deputy hears of their answer."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.requests import callbacks
from handlers.requests.following import screens
from handlers.ui.screen import Button, Screen, lines
from storage import requests
from storage.errors import NotAllowed, NotFound
from storage.requests import following


def _changed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = following.for_follower(tx, params["request_id"], to.person_id)
    if found is None:
        return None
    word = to.t("🔔 There is news of your request.")
    return screens.page(to.t, found, to.today, to.zone, word=word)


def _asked(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = following.for_follower(tx, params["request_id"], to.person_id)
    if found is None or not found.settled:
        return None
    return screens.question(to.t, found)


def _not_solved(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        request = requests.get(tx, actor, params["request_id"])
    except (NotFound, NotAllowed):
        return None
    t = to.t
    return Screen(
        lines(
            t("⚠️ № {number}: the voter says that it is not solved.", number=request.number),
            t("It can be opened again from its card."),
        ),
        rows=((Button(t.plain("Open the request card"), callbacks.OpenRequest(id=request.id)),),),
    )


RENDERERS: dict[str, Renderer] = {
    "followed_request": _changed,
    "really_solved_asked": _asked,
    "request_not_solved": _not_solved,
}
