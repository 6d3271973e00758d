"""The deputy writes what the voter may read."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.requests import asking
from handlers.requests import completing_steps as steps
from handlers.requests.cards import show_card
from handlers.requests.filters import NoCommand
from handlers.requests.following import callbacks
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.requests import following
from storage.rules.access import Action
from storage.rules.veiling import NUMBER

router = Router(name="requests.answering")

LIMIT = 500  # characters


@router.callback_query(callbacks.AnswerVoter.filter())
@policy(Action.WORK_ON_REQUESTS)
async def answer_voter(
    _query: CallbackQuery, turn: Turn, callback_data: callbacks.AnswerVoter
) -> Screen:
    """Ask for the words."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    return await steps.ask(turn, "answer", request)


@router.message(StateFilter("completing:answer"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def answered(message: Message, turn: Turn) -> Screen:
    """The words came; a phone among them is refused: whoever has the link would read it."""
    t = turn.t
    text = await asking.said(turn, message, LIMIT, steps.answer_step)
    if isinstance(text, Screen):
        return text
    if NUMBER.search(text):
        return await steps.answer_step(turn, t("There is a phone or another long number in it."))
    request_id, _ = asking.asked_about(turn)
    turn.conversation.clear()
    told = await turn.write(following.answer, turn.actor, request_id, text, turn.now)
    return await show_card(turn, request_id, said=t("The voter can read it; told: {n}", n=told))
