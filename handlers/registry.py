"""All capabilities together: their routers in order, their notices, their wizards."""

import importlib
from typing import Any

from aiogram import Router
from sqlalchemy import Connection

from handlers.notices import CommandMenu, Recipient, Renderer
from handlers.ui.screen import Screen
from storage.outbox import Outgoing

_ROUTERS = (
    ("handlers.home.router", "router"),
    ("handlers.drafts", "router"),
    ("handlers.people.start", "router"),
    ("handlers.people.invites", "router"),
    ("handlers.people.access", "router"),
    ("handlers.meetings", "router"),
    ("handlers.meetings.announce", "router"),
    ("handlers.requests", "router"),
    ("handlers.roadmap", "router"),
    ("handlers.broadcasts", "router"),
    ("handlers.requests.offers", "router"),
    ("handlers.search", "router"),
    ("handlers.search.free_text", "router"),
    ("handlers.home.router", "last"),
)
_NOTICES = (
    "handlers.people.notices",
    "handlers.requests.notices",
    "handlers.reminders.notices",
    "handlers.broadcasts.notices",
    "handlers.meetings.announce_notices",
)


def _take(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), name)
    except (ModuleNotFoundError, AttributeError):
        return None


def routers() -> list[Router]:
    """Every router, in the order in which they are asked; a router serves one dispatcher only."""
    return [r for m, n in _ROUTERS if (r := _take(m, n)) is not None]


RENDERERS: dict[str, Renderer] = {}
for _m in _NOTICES:
    RENDERERS.update(_take(_m, "RENDERERS") or {})


def render(tx: Connection, outgoing: Outgoing, to: Recipient) -> Screen | CommandMenu | None:
    """How an outbox row looks now; None when there is nothing to say any more."""
    return RENDERERS[outgoing.kind](tx, to, outgoing.params)
