"""How the messages of a broadcast look when they are sent."""

from typing import Any

from sqlalchemy import Connection

from handlers.broadcasts import screens
from handlers.notices import Recipient, Renderer
from handlers.ui.screen import Screen
from storage import broadcasts, deliveries


def _copy(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    got = deliveries.copy_of(tx, to.person_id, params["broadcast_id"])
    return screens.copy(to.t, got, to.zone)


def _result(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return screens.result(to.t, deliveries.outcome(tx, to.person_id, params["broadcast_id"]))


RENDERERS: dict[str, Renderer] = {broadcasts.COPY: _copy, broadcasts.RESULT: _result}
