"""Splitting the second matter of a request off."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import asking
from handlers.requests import completing_steps as steps
from handlers.requests.cards import overtaken, show_card, who_was_first
from handlers.requests.filters import NoCommand
from handlers.requests.working.callbacks import SplitOff
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.requests import splitting
from storage.requests.splitting import TEXT_LIMIT
from storage.rules.access import Action

router = Router(name="requests.splitting")


@router.callback_query(SplitOff.filter())
@policy(Action.WORK_ON_REQUESTS)
async def split(query: CallbackQuery, turn: Turn, callback_data: SplitOff) -> Screen:
    """The second matter is typed next."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version or request.settled or request.merged_into:
        return await overtaken(turn, request.id, AlreadyChanged())
    return await steps.ask(turn, "split", request)


@router.message(StateFilter("completing:split"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def matter_typed(message: Message, turn: Turn) -> Screen:
    """The second matter in words: it gets a number."""
    text = await asking.said(turn, message, TEXT_LIMIT, steps.split_step)
    if isinstance(text, Screen):
        return text
    t = turn.t
    request_id, version = asking.asked_about(turn)
    turn.conversation.clear()
    try:
        made = await turn.write(
            splitting.split, turn.actor, request_id, version, text, turn.now, turn.zone
        )
    except AlreadyChanged as error:
        request = await turn.read(requests.get, turn.actor, request_id)
        was = Markup("{}").format(who_was_first(turn, request, error))
        return await show_card(turn, request_id, said=was)
    except NotPossible:
        return await show_card(turn, request_id, said=t("⚠️ Nothing is split off it any more."))
    said = t("✂️ The second matter is registered: № {number}", number=made.number)
    try:
        return await show_card(turn, made.id, said=said)
    except NotFound:
        return await show_card(turn, request_id, said=said)
