"""Another category for a registered request: one of the buttons, or its name in words."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import callbacks
from handlers.requests.cards import overtaken, read_only, show_card
from handlers.requests.filters import NoCommand
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing, nav
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import VoterRequest, categories
from storage.requests.categories import RequestCategory
from storage.rules.access import Action

router = Router(name="requests.categorising")

PLACE = "request_category"


@router.callback_query(callbacks.SetCategory.filter())
@policy(Action.WORK_ON_REQUESTS)
async def set_category(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetCategory
) -> Screen:
    """A category was tapped."""
    return await _set(turn, callback_data.id, callback_data.version, callback_data.category)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def named(message: Message, turn: Turn) -> Screen:
    """A category was typed, or a part of its name."""
    data = turn.conversation.data
    request_id, version = int(data["id"]), int(data["version"])
    offered = await turn.read(categories.offered)
    labels = [(name, one.code) for one in offered for name in (one.name_kk, one.name_ru)]
    code = choosing.meant(message.text, labels)
    if code is None:
        request = await turn.read(requests.get, turn.actor, request_id)
        return await offer(turn, request, choosing.below(turn.t))
    turn.conversation.leave_choice()
    return await _set(turn, request_id, version, code)


async def offer(turn: Turn, request: VoterRequest, mistake: Markup | None = None) -> Screen:
    """The categories to choose from."""
    choosing.wait(turn, PLACE, id=request.id, version=request.version)
    return _screen(turn, request, await turn.read(categories.offered), mistake)


async def _set(turn: Turn, request_id: int, version: int, code: str) -> Screen:
    try:
        await turn.write(
            requests.complete, turn.actor, request_id, version, turn.now, category=code
        )
    except AlreadyChanged as error:
        return await overtaken(turn, request_id, error)
    except NotPossible as error:
        if error.reason == "closed":
            return await read_only(turn, request_id)
        # The category was closed while its button was on the screen.
        return await offer(turn, await turn.read(requests.get, turn.actor, request_id))
    return await show_card(turn, request_id, turn.t.plain("The request is completed."))


def _screen(
    turn: Turn, request: VoterRequest, offered: Sequence[RequestCategory], mistake: Markup | None
) -> Screen:
    """The categories, the present one marked."""
    t = turn.t
    buttons = [
        Button(
            f"{'✓' if one.code == request.category else one.icon} "
            + t.pick(one.name_kk, one.name_ru),
            callbacks.SetCategory(id=request.id, version=request.version, category=one.code),
        )
        for one in offered
    ]
    pairs = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return Screen(
        lines(
            Markup("📝 № {}").format(request.number),
            t("What is it about?"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(*pairs, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )
