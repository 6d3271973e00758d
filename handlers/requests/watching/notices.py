"""What those who watch a request are told: its number and state, nothing of the voter."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.requests import callbacks, words
from handlers.requests.watching.callbacks import Watch
from handlers.ui.screen import Button, Screen, lines
from storage import requests
from storage.errors import NotAllowed, NotFound
from storage.requests import watching


def _watched(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """None for somebody who sees the request no more, or watches it no more."""
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        request = requests.get(tx, actor, params["request_id"])
    except (NotFound, NotAllowed):
        return None
    if not watching.watches(tx, actor, request.id):
        return None
    t = to.t
    news = t("The voter was answered.") if params["answered"] else t("The state has changed.")
    return Screen(
        lines(
            t("👁 News of a request that you watch"),
            words.heading(t, request.number, request.state),
            news,
        ),
        rows=(
            (Button(t.plain("Open the request card"), callbacks.OpenRequest(id=request.id)),),
            (Button(t.plain("👁 Watching"), Watch(id=request.id)),),
        ),
    )


RENDERERS: dict[str, Renderer] = {watching.WATCHED: _watched}
