"""The author's message that keeps up with the sending by itself, and becomes the report."""

from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.broadcasts import cards, screens, words
from handlers.broadcasts.editing.callbacks import OpenFull
from handlers.broadcasts.steering import screens as steering_screens
from handlers.notices import Edition, Recipient
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, lines
from storage import deliveries
from storage.broadcasts.reading import Broadcast
from storage.deliveries import Progress

ON_ITS_WAY = ("running", "paused")


def board(t: Translator, seen: Progress, now: datetime, *, toast: str | None = None) -> Screen:
    """How it fares; nothing under it leads away while it keeps up."""
    of = seen.broadcast
    if of.state not in ON_ITS_WAY:
        return cards.card(t, seen, now=now, toast=toast)
    return Screen(
        lines(
            t("📣 <b>Broadcast</b> · {to}", to=words.addressee(t, of)),
            *steering_screens.state(t, seen, now, keeps_up=True),
            Markup("<i>{}</i>").format(screens.title(t, of)),
            "",
            *cards.results(t, seen),
        ),
        rows=(
            *steering_screens.controls(t, seen),
            (Button(t.plain("Open the broadcast"), OpenFull(id=of.id)),),
        ),
        toast=toast,
    )


def notice(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | Edition:
    """The message, new or in its place."""
    seen = deliveries.outcome(tx, to.person_id, params["broadcast_id"])
    shown = board(to.t, seen, to.now)
    place = params.get("message_id") or seen.broadcast.board_message_id
    return Edition(place, shown) if place else shown


def tapped(query: CallbackQuery) -> int | None:
    """The message under which the tap was; None when it is none of the private chat."""
    message = query.message
    private = message is not None and message.chat.id == query.from_user.id
    return message.message_id if message is not None and private else None


def is_board(query: CallbackQuery, of: Broadcast) -> bool:
    """Whether the tap was on the very message that keeps up."""
    return of.board_message_id is not None and tapped(query) == of.board_message_id
