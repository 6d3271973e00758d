"""A second person looks at a large broadcast, and lets it go or returns it."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.broadcasts import showing, wizard
from handlers.broadcasts.approval import screens as approval_screens
from handlers.broadcasts.approval.callbacks import (
    Approve,
    AskLimit,
    GiveBack,
    OpenApproval,
    TakeBack,
)
from handlers.turn import Turn
from handlers.ui.filters import HasText
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage.broadcasts import approving
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts.approving")


@router.callback_query(OpenApproval.filter())
@policy(Action.APPROVE_BROADCASTS)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenApproval) -> Screen:
    """What waits, as it is now, below the very copy."""
    shown = await turn.read(approving.awaiting, turn.actor, callback_data.id, turn.today)
    return approval_screens.waiting(turn.t, shown, turn.local, copied=True)


@router.callback_query(Approve.filter())
@policy(Action.APPROVE_BROADCASTS)
async def approve(query: CallbackQuery, turn: Turn, callback_data: Approve) -> Screen:
    """Let exactly what was shown go; anything else is shown anew."""
    t, tapped = turn.t, callback_data
    given = (tapped.id, tapped.version, tapped.recipients, turn.now, turn.today)
    try:
        after = await turn.write(approving.approve, turn.actor, *given)
    except AlreadyChanged:
        return await _waiting(turn, tapped.id, t.plain("This is how the broadcast stands now."))
    except NotPossible as no:
        return toast(_refused(turn, str(no)), alert=True)
    if after.state == "awaiting":
        word = t.plain("The number of recipients has changed. Look again and confirm.")
        return await _waiting(turn, tapped.id, word)
    waits = after.state == "scheduled"
    word = t.plain("It will go at its time.") if waits else t.plain("On its way")
    return await _waiting(turn, tapped.id, word)


@router.callback_query(GiveBack.filter())
@policy(Action.APPROVE_BROADCASTS)
async def give_back(query: CallbackQuery, turn: Turn, callback_data: GiveBack) -> Screen:
    """No: its author has it again."""
    given = (callback_data.id, callback_data.version, turn.now, turn.today)
    try:
        await turn.write(approving.give_back, turn.actor, *given)
    except AlreadyChanged:
        word = turn.t.plain("This is how the broadcast stands now.")
        return await _waiting(turn, callback_data.id, word)
    return approval_screens.given_back(turn.t)


@router.callback_query(TakeBack.filter())
@policy(Action.BROADCAST)
async def take_back(query: CallbackQuery, turn: Turn, callback_data: TakeBack) -> Screen:
    """The author changes something first."""
    number = callback_data.id
    try:
        await turn.write(approving.take_back, turn.actor, number, callback_data.version, turn.now)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, number)
    return await showing.shown(turn, number)


@router.callback_query(AskLimit.filter())
@policy(Action.BROADCAST)
async def ask_limit(query: CallbackQuery, turn: Turn) -> Screen:
    """Above how many?"""
    turn.conversation.pause()
    turn.conversation.to(wizard.LIMIT)
    return await wizard.ask_limit(turn)


@router.message(StateFilter(wizard.LIMIT), HasText())
@policy(Action.BROADCAST)
async def take_limit(message: Message, turn: Turn) -> Screen:
    """The number, typed."""
    typed = (message.text or "").strip()
    if not typed.isdecimal() or len(typed) > len(str(approving.GREATEST_LIMIT)):
        return await wizard.ask_limit(turn, turn.t("A whole number is needed, for example 200."))
    turn.conversation.clear()
    try:
        await turn.write(approving.set_limit, turn.actor, int(typed), turn.now)
    except NotPossible:
        turn.conversation.to(wizard.LIMIT)
        return await wizard.ask_limit(turn, turn.t("A whole number is needed, for example 200."))
    return await showing.mine(turn, word=_set(turn, int(typed)))


async def _waiting(turn: Turn, number: int, word: str) -> Screen:
    shown = await turn.read(approving.awaiting, turn.actor, number, turn.today)
    return approval_screens.waiting(turn.t, shown, turn.local, toast=word)


def _set(turn: Turn, number: int) -> Markup:
    return turn.t("✅ A second person is asked above {n} recipients.", n=number)


def _refused(turn: Turn, why: str) -> str:
    if why == "author":
        return turn.t.plain("Its author may not send it any more.")
    if why == "meeting":
        return turn.t.plain("The meeting it asks about takes no answers any more.")
    return turn.t.plain("There is nobody to send to.")
