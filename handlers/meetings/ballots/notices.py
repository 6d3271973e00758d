"""The message that a vote is open, with its buttons."""

from typing import Any

from sqlalchemy import Connection

from handlers.meetings.ballots import screens
from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui.screen import Screen
from storage.errors import NotFound
from storage.meetings import ballots
from storage.meetings.ballot_notices import KIND


def _asked(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None or actor.is_guest:
        return None
    try:
        ballot = ballots.get(tx, actor, params["ballot"], to.today)
    except NotFound:
        return None
    if ballot.closed_at is not None:
        return None
    return screens.member(to.t, ballot, ballots.own_choice(tx, actor, ballot.id))


RENDERERS: dict[str, Renderer] = {KIND: _asked}
