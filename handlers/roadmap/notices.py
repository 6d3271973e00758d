"""Notices to whoever carries an item: another deadline, or the item itself is new to them."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.roadmap import words
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Screen, lines
from storage import roadmap

DEADLINE = N_("The deadline of your roadmap item was changed")
HANDED = N_("A roadmap item was handed over to you")


def _about(what: str) -> Renderer:
    def render(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
        found = roadmap.carried(tx, to.person_id, [int(params["item_id"])], to.today)
        if not found:
            return None
        item, t = found[0], to.t
        return Screen(
            lines(t(what), words.heading(t, item), words.deadline(t, item, to.today)),
            rows=(words.details(t, item), nav.exits(t)),
        )

    return render


RENDERERS: dict[str, Renderer] = {
    "roadmap_deadline": _about(DEADLINE),
    "roadmap_handed": _about(HANDED),
}
