"""Handing a request over: to whom, what happens; taking it, or giving it back with a reason."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import asking, callbacks
from handlers.requests import completing_steps as steps
from handlers.requests.cards import overtaken, show_card, who_was_first
from handlers.requests.filters import NoCommand
from handlers.requests.working import choosing
from handlers.requests.working.callbacks import GiveBack, HandTo, HandWord, Take
from handlers.requests.working.handing import candidates, preview, word_for
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.requests import handing
from storage.rules.access import Action

router = Router(name="requests.working")
router.include_router(choosing.router)

MAX_REASON = 500


@router.callback_query(HandTo.filter())
@policy(Action.WORK_ON_REQUESTS)
async def hand_to(_query: CallbackQuery, turn: Turn, callback_data: HandTo) -> Screen:
    """What happens then; after the second tap it happens."""
    request_id, version, to_id = callback_data.id, callback_data.version, callback_data.person_id
    if not callback_data.sure:
        return await preview(turn, callback_data)
    word = word_for(turn, request_id, to_id)
    if word is not None:
        turn.conversation.clear()
    given = (request_id, version, to_id, turn.now, turn.today, word)
    try:
        name = await turn.write(handing.hand_over, turn.actor, *given)
    except AlreadyChanged as error:
        return await overtaken(turn, request_id, error)
    except NotPossible:
        return await overtaken(turn, request_id, AlreadyChanged())
    t = turn.t
    done = t("🤝 Handed over: {name}. The deputy is asked to take the request.", name=name)
    try:
        return await show_card(turn, request_id, said=done)
    except NotFound:  # it is another deputy's now
        return Screen(done, rows=(nav.exits(t, callbacks.RequestList()),))


@router.callback_query(Take.filter())
@policy(Action.WORK_ON_REQUESTS)
async def take(_query: CallbackQuery, turn: Turn, callback_data: Take) -> Screen:
    """Take it."""
    try:
        await turn.write(
            handing.take, turn.actor, callback_data.id, callback_data.version, turn.now
        )
    except AlreadyChanged as error:
        return await overtaken(turn, callback_data.id, error)
    except NotPossible:
        return await show_card(turn, callback_data.id)
    return await show_card(turn, callback_data.id, turn.t.plain("You have taken the request."))


@router.callback_query(GiveBack.filter())
@policy(Action.WORK_ON_REQUESTS)
async def give_back(_query: CallbackQuery, turn: Turn, callback_data: GiveBack) -> Screen:
    """Ask for the reason."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version:
        return await overtaken(turn, request.id, AlreadyChanged())
    if request.handed_from is None or request.deputy_id != turn.actor.person_id:
        return await show_card(turn, request.id)
    return await steps.ask(turn, "return", request)


@router.callback_query(HandWord.filter())
@policy(Action.WORK_ON_REQUESTS)
async def add_word(_query: CallbackQuery, turn: Turn, callback_data: HandWord) -> Screen:
    """A word for the new deputy is typed next."""
    of = callback_data
    request, _ = await turn.read(candidates, turn.actor, of.id, turn.today)
    if request.version != of.version:
        return await overtaken(turn, of.id, AlreadyChanged())
    return await steps.ask(turn, "hand_word", request, to=str(of.person_id))


@router.message(StateFilter("completing:hand_word"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def word_given(message: Message, turn: Turn) -> Screen:
    """The word was typed: what happens is shown with it."""
    word = await asking.said(turn, message, MAX_REASON, steps.hand_word_step)
    if isinstance(word, Screen):
        return word
    (request_id, version), data = asking.asked_about(turn), turn.conversation.data
    turn.conversation.to("completing:hand_word", word=word)
    wanted = HandTo(id=request_id, version=version, person_id=int(data["to"]))
    return await preview(turn, wanted)


@router.message(StateFilter("completing:return"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def reason_given(message: Message, turn: Turn) -> Screen:
    """The reason was typed: it goes back."""
    reason = await asking.said(turn, message, MAX_REASON, steps.reason_step)
    if isinstance(reason, Screen):
        return reason
    t = turn.t
    request_id, version = asking.asked_about(turn)
    turn.conversation.clear()
    try:
        await turn.write(
            handing.give_back, turn.actor, request_id, version, reason, turn.now, turn.today
        )
    except AlreadyChanged as error:
        request = await turn.read(requests.get, turn.actor, request_id)
        was = Markup("{}").format(who_was_first(turn, request, error))
        return await show_card(turn, request_id, said=was)
    except NotPossible:
        said = t("⚠️ The request cannot be returned: nobody is there to get it back.")
        return await show_card(turn, request_id, said=said)
    done = t("↩️ The request is returned.")
    return Screen(done, rows=(nav.exits(t, callbacks.RequestList()),))
