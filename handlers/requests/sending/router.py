"""A request goes to a body: it is chosen, then its number and the day of registration."""

from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.inquiries import callbacks as inquiry_callbacks
from handlers.inquiries import past_days
from handlers.requests import asking
from handlers.requests.cards import overtaken, show_card
from handlers.requests.filters import NoCommand
from handlers.requests.sending import addressing, steps
from handlers.requests.sending.callbacks import (
    NoteNumber,
    NotRegistered,
    SendPlain,
    SendTo,
    WithoutNumber,
)
from handlers.requests.sending.steps import DAY, NAME, NUMBER
from handlers.requests.states.screens import said_why_not
from handlers.turn import FILLED, Turn
from handlers.ui import texts
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.inquiries import bodies
from storage.requests import VoterRequest, sending
from storage.rules.access import Action
from storage.rules.request_states import RequestState

router = Router(name="requests.sending")
router.include_router(addressing.router)

STATE = asking.CAPABILITY
MISTAKES = {
    "in_future": N_("This day has not come yet."),
    "too_early": N_("On this day the branch did not have the request yet."),
}


@router.callback_query(SendPlain.filter())
@policy(Action.WORK_ON_REQUESTS)
async def send_plain(_query: CallbackQuery, turn: Turn, callback_data: SendPlain) -> Screen:
    """A body that is in no list: its name comes next."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version:
        return await overtaken(turn, request.id, AlreadyChanged())
    return await asking.begin(turn, NAME, request, steps.name_step)


@router.message(StateFilter(f"{STATE}:{NAME}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def name_typed(message: Message, turn: Turn) -> Screen:
    """The name was typed; its number comes next."""
    name = await asking.said(turn, message, bodies.NAME_LIMIT, steps.name_step)
    if isinstance(name, Screen):
        return name
    named = {"named": " ".join(name.split()), FILLED: True}
    turn.conversation.to(f"{STATE}:{NUMBER}", **named)
    return await steps.number_step(turn)


@router.callback_query(SendTo.filter())
@policy(Action.WORK_ON_REQUESTS)
async def send_to(_query: CallbackQuery, turn: Turn, callback_data: SendTo) -> Screen:
    """The body's number comes next."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version:
        return await overtaken(turn, request.id, AlreadyChanged())
    body = str(callback_data.body)
    return await asking.begin(turn, NUMBER, request, steps.number_step, body=body)


@router.callback_query(NoteNumber.filter())
@policy(Action.WORK_ON_REQUESTS)
async def note_number(_query: CallbackQuery, turn: Turn, callback_data: NoteNumber) -> Screen:
    """The number and the day came later."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version or request.state != RequestState.SENT_TO_BODY:
        return await overtaken(turn, request.id, AlreadyChanged())
    return await asking.begin(turn, NUMBER, request, steps.number_step)


@router.message(StateFilter(f"{STATE}:{NUMBER}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def number_typed(message: Message, turn: Turn) -> Screen:
    """The number was typed."""
    number = texts.typed(message.text, sending.NUMBER_LIMIT)
    if isinstance(number, texts.Mistake):
        return await steps.number_step(turn, texts.told(turn.t, number, sending.NUMBER_LIMIT))
    turn.conversation.to(f"{STATE}:{DAY}", number=" ".join(number.split()))
    return await steps.day_step(turn)


@router.callback_query(WithoutNumber.filter(), StateFilter(f"{STATE}:{NUMBER}"))
@policy(Action.WORK_ON_REQUESTS)
async def without_number(_query: CallbackQuery, turn: Turn, callback_data: WithoutNumber) -> Screen:
    """It is not known yet."""
    if asking.asked_about(turn)[0] != callback_data.id:
        return await show_card(turn, callback_data.id)
    turn.conversation.to(f"{STATE}:{DAY}", number=None)
    return await steps.day_step(turn)


@router.callback_query(NotRegistered.filter(), StateFilter(f"{STATE}:{DAY}"))
@policy(Action.WORK_ON_REQUESTS)
async def not_registered(_query: CallbackQuery, turn: Turn, callback_data: NotRegistered) -> Screen:
    """The body has it, and has not registered it."""
    return await _from_button(turn, callback_data.id, None)


@router.callback_query(inquiry_callbacks.PickDay.filter(), StateFilter(f"{STATE}:{DAY}"))
@policy(Action.WORK_ON_REQUESTS)
async def day_picked(
    _query: CallbackQuery, turn: Turn, callback_data: inquiry_callbacks.PickDay
) -> Screen:
    """A day was tapped."""
    day = past_days.picked(turn, callback_data.ago)
    return await _from_button(turn, callback_data.id, day)


@router.message(StateFilter(f"{STATE}:{DAY}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A day was typed."""
    day = past_days.typed(turn, message.text)
    if isinstance(day, Markup):
        return await steps.day_step(turn, day)
    return await _send(turn, day)


async def _from_button(turn: Turn, request_id: int, day: date | None) -> Screen:
    if asking.asked_about(turn)[0] != request_id:
        return await show_card(turn, request_id)
    return await _send(turn, day)


async def _send(turn: Turn, day: date | None) -> Screen:
    t, data = turn.t, turn.conversation.data
    request_id, version = asking.asked_about(turn)
    number, body, named = data.get("number"), data.get("body"), data.get("named")

    def left(_request: VoterRequest) -> None:
        turn.conversation.clear()

    try:
        if body:
            await turn.write_then(
                left, sending.send, turn.actor, request_id, version, int(body), number, day,
                turn.now, turn.zone,
            )  # fmt: skip
        elif named:
            await turn.write_then(
                left, sending.send_unlisted, turn.actor, request_id, version, str(named), number,
                day, turn.now, turn.zone,
            )  # fmt: skip
        else:
            await turn.write_then(
                left, sending.note, turn.actor, request_id, version, number, day, turn.now,
                turn.zone,
            )  # fmt: skip
    except NotPossible as error:
        if error.reason in MISTAKES:
            return await steps.day_step(turn, t(MISTAKES[error.reason]))
        turn.conversation.clear()
        return await show_card(turn, request_id, said=said_why_not(t, error))
    except AlreadyChanged as error:
        turn.conversation.clear()
        return await overtaken(turn, request_id, error)
    return await show_card(turn, request_id, said=t("🏛 Noted."))
