"""What secretaries and others are told of groups."""

from typing import Any

from sqlalchemy import Connection

from handlers.groups import screens
from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui.screen import Screen
from storage import audiences, groups
from storage.errors import NotAllowed, NotFound


def _proposed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        found = groups.get(tx, actor, params["group_id"])
        choice = audiences.choice(tx, actor)
    except (NotFound, NotAllowed):  # another's by now, or the role is gone
        return None
    return None if found.confirmed else screens.proposed(to.t, found, choice)


def _needs_secretary(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = groups.find(tx, params["group_id"])
    return None if found is None or found.confirmed else screens.needs_secretary(to.t, found)


def _lost(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = groups.find(tx, params["group_id"])
    return None if found is None or found.reason is None else screens.lost(to.t, found)


RENDERERS: dict[str, Renderer] = {
    groups.PROPOSED: _proposed,
    groups.NEEDS_SECRETARY: _needs_secretary,
    groups.LOST: _lost,
}
