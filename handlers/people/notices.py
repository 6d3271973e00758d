"""Messages of this capability that must arrive."""

from typing import Any

from sqlalchemy import Connection

from handlers.home.commands import commands_for
from handlers.notices import CommandMenu, Recipient, Renderer
from handlers.people import access
from handlers.ui import nav
from handlers.ui.screen import Screen, lines
from storage import people


def _commands(tx: Connection, to: Recipient, _params: dict[str, Any]) -> CommandMenu | None:
    person = people.get(tx, to.person_id)
    actor = people.actor_of(tx, person.telegram_id, to.today)
    return None if actor is None else CommandMenu(commands_for(to.t, actor))


def _quarantined(_tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    t = to.t
    return Screen(
        lines(
            t("⚠️ <b>One message could not be handled</b>"),
            t("It is kept and set aside after three tries; the others go on."),
            t("Update {update_id}, fault {error}", **params),
        ),
        rows=((nav.home(t),),),
    )


RENDERERS: dict[str, Renderer] = {
    **access.RENDERERS,
    "commands": _commands,
    "update_quarantined": _quarantined,
}
