"""What a recipient taps under a copy."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts.receiving import copies, nudges
from handlers.broadcasts.receiving.callbacks import (
    Acknowledge,
    Answer,
    Attend,
    Confirm,
    OpenCopy,
    TryOut,
)
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import deliveries
from storage.errors import NotFound, NotPossible
from storage.meetings import answers

router = Router(name="broadcasts.receiving")

NOT_TAKEN = {
    "not_invited": N_("You are not invited to this meeting: ask the secretary."),
    "meeting_cancelled": N_("The meeting is cancelled: there is nothing to answer."),
    "meeting_over": N_("The meeting is over: there is nothing to answer any more."),
    "meeting_begun": N_("The meeting has begun: answers are not taken any more."),
    "choice": N_("This is not asked here any more."),
}


@router.callback_query(Acknowledge.filter())
@policy(None, groups=True)
async def acknowledge(query: CallbackQuery, turn: Turn, callback_data: Acknowledge) -> Screen:
    """«I have read it» under a copy: only a recipient's tap counts, and once."""
    if turn.in_group:
        return await _pressed(turn, callback_data.id)
    under = query.message.message_id if query.message else None
    given = (turn.actor, callback_data.id, turn.now)
    return _noted(turn, await turn.write(deliveries.acknowledge, *given, under=under))


@router.callback_query(Answer.filter())
@policy(None, groups=True)
async def answer(query: CallbackQuery, turn: Turn, callback_data: Answer) -> Screen:
    """An answer to the question; another tap changes it."""
    if turn.in_group:
        return await _pressed(turn, callback_data.id, callback_data.choice)
    given = (callback_data.id, callback_data.choice, turn.now)
    return _noted(turn, await turn.write(deliveries.answer, turn.actor, *given))


@router.callback_query(Attend.filter())
@policy(None)
async def attend(query: CallbackQuery, turn: Turn, callback_data: Attend) -> Screen:
    """An answer to the meeting's invitation: the same as from the invitation itself."""
    said = answers.WILL if callback_data.coming else answers.CANNOT
    try:
        got = await turn.write(deliveries.attend, turn.actor, callback_data.id, said, turn.now)
    except NotPossible as no:
        return toast(turn.t.plain(NOT_TAKEN.get(no.reason, NOT_TAKEN["choice"])), alert=True)
    return _noted(turn, got)


@router.callback_query(Confirm.filter())
@policy(None)
async def confirm(query: CallbackQuery, turn: Turn, callback_data: Confirm) -> Screen:
    """«I have read it» under the question for it."""
    got = await turn.write(deliveries.acknowledge, turn.actor, callback_data.id, turn.now)
    return nudges.confirmed(turn.t, got)


@router.callback_query(OpenCopy.filter())
@policy(None)
async def open_copy(query: CallbackQuery, turn: Turn, callback_data: OpenCopy) -> Screen:
    """The copy once more."""
    given = (turn.actor.person_id, callback_data.id)
    got = await turn.read(deliveries.copy_of, *given)
    return replace(copies.copy(turn.t, got, turn.zone), fresh=True)


@router.callback_query(TryOut.filter())
@policy(None)
async def try_out(query: CallbackQuery, turn: Turn) -> Screen:
    """The author tries a button of the own copy."""
    return toast(turn.t.plain("This is how it looks to them. Here the button does nothing."))


async def _pressed(turn: Turn, number: int, choice: int | None = None) -> Screen:
    """A tap in a group: only whoever tapped sees a word, the message stays as it is for all."""
    try:
        await turn.write(deliveries.press, turn.actor, number, turn.chat_id, choice, turn.now)
    except NotFound:
        word = turn.t.plain("It is not counted: the bot does not know you as a member yet.")
        return toast(word, alert=True)
    return toast(turn.t.plain("Thank you, it is noted."))


def _noted(turn: Turn, got: deliveries.Copy) -> Screen:
    shown = copies.in_place(turn.t, got, turn.zone)
    return replace(shown, toast=turn.t.plain("Thank you, it is noted."))
