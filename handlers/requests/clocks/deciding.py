"""An extension that was asked for is looked at, and approved or refused, once."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests.cards import overtaken, show_card
from handlers.requests.clocks import screens
from handlers.requests.clocks.callbacks import DecideExtension, LookAtExtension
from handlers.requests.filters import NoCommand
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import asked_extensions, extending
from storage.rules.access import Action

router = Router(name="requests.clocks.deciding")

PLACE = "request_extension"


@router.callback_query(LookAtExtension.filter())
@policy(Action.WORK_ON_REQUESTS)
async def look(_query: CallbackQuery, turn: Turn, callback_data: LookAtExtension) -> Screen:
    """What waits for a decision."""
    return await _show(turn, callback_data.id)


@router.callback_query(DecideExtension.filter())
@policy(Action.ACCEPT_REQUESTS)
async def decide(_query: CallbackQuery, turn: Turn, callback_data: DecideExtension) -> Screen:
    """It was tapped."""
    return await _decide(turn, callback_data)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.ACCEPT_REQUESTS)
async def words_came(message: Message, turn: Turn) -> Screen:
    """It was typed, in whole words of a button: half a word decides nothing."""
    data = turn.conversation.data
    given = {name: data[name] for name in ("id", "extension", "version")}
    labels = [(turn.t.plain(label), yes) for yes, label in screens.DECISIONS.items()]
    yes = choosing.meant(message.text, labels, whole_words=True)
    if yes is None:
        return await _show(turn, int(data["id"]), choosing.below(turn.t))
    turn.conversation.leave_choice()
    return await _decide(turn, DecideExtension(**given, yes=yes))


async def _show(turn: Turn, request_id: int, mistake: Markup | None = None) -> Screen:
    request = await turn.read(requests.get, turn.actor, request_id)
    one = await turn.read(asked_extensions.waiting, request.id)
    if one is None:
        return await overtaken(turn, request.id, AlreadyChanged())
    choosing.wait(turn, PLACE, id=request.id, extension=one.id, version=one.version)
    return screens.look(turn, request, one, mistake)


async def _decide(turn: Turn, of: DecideExtension) -> Screen:
    t = turn.t
    await turn.read(requests.get, turn.actor, of.id)
    try:
        request = await turn.write(
            extending.decide, turn.actor, of.extension, of.version, turn.now, turn.zone,
            approved=of.yes,
        )  # fmt: skip
    except AlreadyChanged as error:
        return await overtaken(turn, of.id, error)
    except NotPossible as error:
        return await show_card(turn, of.id, screens.fault(t, error.reason).unescape())
    word = t.plain("The term is extended.") if of.yes else t.plain("The term stays as it is.")
    return await show_card(turn, request.id, word)
