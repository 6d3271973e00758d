"""An outcome that was reported is looked at, accepted, or returned with a word."""

from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.requests import asking, words
from handlers.requests import completing_steps as steps
from handlers.requests.cards import overtaken, show_card, who_was_first
from handlers.requests.filters import NoCommand
from handlers.requests.states import screens
from handlers.requests.states.callbacks import AcceptReport, CheckReport, ReturnReport
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import HistoryLine, VoterRequest, closing
from storage.rules.access import Action, Actor
from storage.rules.request_states import OUTCOMES, RequestState

router = Router(name="requests.judging")

MAX_WORD = 500  # characters
PLACE = "request_report"


@router.callback_query(CheckReport.filter())
@policy(Action.WORK_ON_REQUESTS)
async def check(_query: CallbackQuery, turn: Turn, callback_data: CheckReport) -> Screen:
    """The outcome with its proof."""
    return await look(turn, callback_data.id)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def words_came(_message: Message, turn: Turn) -> Screen:
    """Words alone close nothing: it takes a tap."""
    return await look(turn, int(turn.conversation.data["id"]), choosing.below(turn.t))


async def look(turn: Turn, request_id: int, mistake: Markup | None = None) -> Screen:
    """The same for whoever may accept it; anybody else sees the card, and why."""
    request, line, may = await turn.read(_reported, turn.actor, request_id, turn.today)
    if request.state not in OUTCOMES:
        return await overtaken(turn, request_id, AlreadyChanged())
    if not may:
        own = turn.actor.person_id in (request.deputy_id, request.reported_by)
        return await refused(turn, request_id, NotPossible("own" if own else "who"))
    choosing.wait(turn, PLACE, id=request_id)
    return screens.check(turn.t, request, line, turn.today, turn.zone, mistake)


@router.callback_query(AcceptReport.filter())
@policy(Action.ACCEPT_REQUESTS)
async def accept(_query: CallbackQuery, turn: Turn, callback_data: AcceptReport) -> Screen:
    """It is accepted; of two at once the second sees who was first."""
    of = callback_data
    try:
        await turn.write(closing.accept, turn.actor, of.id, of.version, turn.now, turn.today)
    except AlreadyChanged as error:
        return await overtaken(turn, of.id, error)
    except NotPossible as error:
        return await refused(turn, of.id, error)
    done = turn.t.plain("The outcome is accepted, the request is closed.")
    return await show_card(turn, of.id, done)


@router.callback_query(ReturnReport.filter())
@policy(Action.ACCEPT_REQUESTS)
async def give_back(_query: CallbackQuery, turn: Turn, callback_data: ReturnReport) -> Screen:
    """Ask what is missing."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version or request.state not in OUTCOMES:
        return await overtaken(turn, request.id, AlreadyChanged())
    return await steps.ask(turn, "redo", request)


@router.message(StateFilter("completing:redo"), NoCommand())
@policy(Action.ACCEPT_REQUESTS)
async def word_given(message: Message, turn: Turn) -> Screen:
    """What is missing was typed: the report goes back."""
    word = await asking.said(turn, message, MAX_WORD, steps.redo_step)
    if isinstance(word, Screen):
        return word
    t = turn.t
    request_id, version = asking.asked_about(turn)
    turn.conversation.clear()
    try:
        await turn.write(closing.give_back, turn.actor, request_id, version, word, turn.now)
    except AlreadyChanged as error:
        request = await turn.read(requests.get, turn.actor, request_id)
        was = Markup("⚠️ {}").format(who_was_first(turn, request, error))
        turn.conversation.clear()
        return await show_card(turn, request_id, said=was)
    except NotPossible as error:
        return await show_card(turn, request_id, said=screens.said_why_not(t, error))
    said = t("↩️ Returned: the request is worked on again.")
    return await show_card(turn, request_id, said=said)


async def step_on(turn: Turn, request_id: int, version: int, to_state: RequestState) -> Screen:
    """Take a step that needs no word; whoever comes second sees what the first one did."""
    try:
        await turn.write(requests.change_state, turn.actor, request_id, version, to_state, turn.now)
    except AlreadyChanged as error:
        return await overtaken(turn, request_id, error)
    except NotPossible as error:
        return await refused(turn, request_id, error)
    done = turn.t.plain("Its state now: {state}", state=words.state(turn.t, to_state))
    return await show_card(turn, request_id, done)


async def refused(turn: Turn, request_id: int, error: NotPossible) -> Screen:
    """The card as it stands, with why the step was not taken."""
    word = screens.why_not(turn.t, error)
    if word is None:
        return await overtaken(turn, request_id, AlreadyChanged())
    return await show_card(turn, request_id, word)


def _reported(
    tx: Connection, actor: Actor, request_id: int, today: date
) -> tuple[VoterRequest, HistoryLine | None, bool]:
    request = requests.get(tx, actor, request_id)
    told = [
        line for line in requests.history(tx, actor, request_id) if line.to_state == request.state
    ]
    return request, told[-1] if told else None, closing.may_accept(tx, actor, request, today)
