"""Messages of this capability that must arrive."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers.home.commands import commands_for
from handlers.notices import CommandMenu, Recipient, Renderer
from handlers.people import access
from handlers.ui import dates, nav
from handlers.ui.screen import Screen, lines
from storage import people
from storage.alarms import DELAYED, TEXT_BROKEN


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


def _text_broken(_tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    t = to.t
    return Screen(
        lines(
            t("⚠️ <b>A message went out without its formatting</b>"),
            t("Telegram could not read its tags, so it was sent as plain text: nothing is lost."),
            t("Kind of message: {kind}. Please tell whoever looks after the program.", **params),
        ),
        rows=((nav.home(t),),),
    )


def _delayed(_tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    t = to.t
    until = datetime.fromisoformat(params["until"])
    if until <= to.now:
        return None
    moment = dates.moment(t, until.astimezone(to.zone), to.today)
    return Screen(
        lines(
            t("⏳ <b>Your broadcast goes out later</b>")
            if params["broadcast"]
            else t("⏳ <b>Messages go out later</b>"),
            t("Telegram accepts nothing more until: {moment}", moment=moment),
            t("What is left goes out by itself then; nothing has to be done."),
        ),
        rows=((nav.home(t),),),
    )


RENDERERS: dict[str, Renderer] = {
    **access.RENDERERS,
    "commands": _commands,
    "update_quarantined": _quarantined,
    TEXT_BROKEN: _text_broken,
    DELAYED: _delayed,
}
