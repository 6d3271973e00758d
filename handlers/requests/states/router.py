"""The next state of a request is chosen; an outcome is reported with what shows it."""

from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.requests import aside, asking, callbacks, content, words
from handlers.requests import completing_steps as steps
from handlers.requests.cards import overtaken, show_card, who_was_first
from handlers.requests.filters import NoCommand
from handlers.requests.sending import addressing
from handlers.requests.sending.callbacks import ChooseBody
from handlers.requests.states import judging, screens
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing, texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests, working_days
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import VoterRequest, closing, transitions
from storage.rules.access import Action, Actor
from storage.rules.request_states import OUTCOMES, RequestState
from storage.rules.working_days import WorkingCalendar

router = Router(name="requests.states")
router.include_router(judging.router)

MAX_PROOF = 1000  # characters
PLACE = "request_state"


@router.callback_query(callbacks.ChooseState.filter())
@policy(Action.WORK_ON_REQUESTS)
async def choose_state(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChooseState
) -> Screen:
    """Which state comes next."""
    return await _offer(turn, callback_data.id)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def state_named(message: Message, turn: Turn) -> Screen:
    """The state was typed, or a part of it."""
    request_id = int(turn.conversation.data["id"])
    request, _, open_to = await turn.read(_choice, turn.actor, request_id, turn.today)
    labels = [(words.step_to(turn.t, request, state), state) for state in open_to]
    to_state = choosing.meant(message.text, labels)
    if to_state is None:
        return await _offer(turn, request_id, choosing.below(turn.t))
    turn.conversation.leave_choice()
    return await _to(turn, request.id, request.version, to_state)


@router.callback_query(callbacks.ChangeState.filter())
@policy(Action.WORK_ON_REQUESTS)
async def change_state(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChangeState
) -> Screen:
    """Move the request on; whoever comes second sees what the first one did."""
    of = callback_data
    if of.to_state not in set(RequestState):
        return await show_card(turn, of.id)
    return await _to(turn, of.id, of.version, RequestState(of.to_state))


@router.message(StateFilter("completing:report"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def proof_given(message: Message, turn: Turn) -> Screen:
    """What shows the outcome came: words, a file, or both; an album's other parts follow."""
    t, found = turn.t, content.of(message)
    if found is None:
        return await steps.report_step(turn, t("A text, a photo or a document is needed here."))
    if len(found.text) > MAX_PROOF:
        return await steps.report_step(turn, texts.told(t, texts.Mistake.TOO_LONG, MAX_PROOF))
    if not found.files and not texts.has_words(found.text):
        return await steps.report_step(turn, words.none(t))
    request_id, version = asking.asked_about(turn)
    outcome = RequestState(turn.conversation.data["outcome"])
    turn.conversation.clear()
    aside.expect_album(turn, found.group, request_id)
    try:
        await turn.write(
            closing.report, turn.actor, request_id, version, outcome, found.text, found.files,
            turn.now, turn.today,
        )  # fmt: skip
    except AlreadyChanged as error:
        request = await turn.read(requests.get, turn.actor, request_id)
        was = Markup("⚠️ {}").format(who_was_first(turn, request, error))
        turn.conversation.clear()
        return await show_card(turn, request_id, said=was)
    except NotPossible as error:
        return await show_card(turn, request_id, said=screens.said_why_not(t, error))
    said = t(
        "✅ The outcome is reported: {state}. A secretary accepts or returns it.",
        state=words.state(t, outcome),
    )
    return await show_card(turn, request_id, said=said)


async def _offer(turn: Turn, request_id: int, mistake: Markup | None = None) -> Screen:
    request, calendar, open_to = await turn.read(_choice, turn.actor, request_id, turn.today)
    choosing.wait(turn, PLACE, id=request_id)
    return screens.states(turn.t, request, turn.today, calendar, open_to, mistake)


async def _to(turn: Turn, request_id: int, version: int, to_state: RequestState) -> Screen:
    if to_state in OUTCOMES:
        return await _ask_for_proof(turn, request_id, version, to_state)
    if to_state is RequestState.CLOSED:
        return await judging.look(turn, request_id)
    if to_state is RequestState.SENT_TO_BODY:
        return await addressing.offer(turn, ChooseBody(id=request_id, version=version))
    return await judging.step_on(turn, request_id, version, to_state)


async def _ask_for_proof(
    turn: Turn, request_id: int, version: int, outcome: RequestState
) -> Screen:
    request, _, open_to = await turn.read(_choice, turn.actor, request_id, turn.today)
    if request.version != version or outcome not in open_to:
        return await overtaken(turn, request_id, AlreadyChanged())
    return await steps.ask(turn, "report", request, outcome=outcome.value)


def _choice(
    tx: Connection, actor: Actor, request_id: int, today: date
) -> tuple[VoterRequest, WorkingCalendar, list[RequestState]]:
    request = requests.get(tx, actor, request_id)
    open_to = [
        state
        for state in transitions.open_to(tx, actor, request)
        if state is not RequestState.CLOSED or closing.is_free(tx, actor, request, today)
    ]
    return request, working_days.load(tx), open_to
