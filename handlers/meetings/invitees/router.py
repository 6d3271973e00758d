"""The list of a meeting: who answered what, changing, taking off."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.meetings.invitees import adding, callbacks, screens, showing
from handlers.meetings.invitees.callbacks import Group
from handlers.meetings.refusals import refused
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.errors import NotPossible
from storage.meetings import invitees, inviting
from storage.rules.access import Action

router = Router(name="meetings.invitees")


@router.callback_query(callbacks.Answers.filter())
@policy(Action.PREPARE_MEETINGS)
async def overview(query: CallbackQuery, turn: Turn, callback_data: callbacks.Answers) -> Screen:
    """How many answered what."""
    adding.leave(turn)
    return await showing.overview(turn, callback_data.id)


@router.callback_query(callbacks.Names.filter())
@policy(Action.PREPARE_MEETINGS)
async def names(query: CallbackQuery, turn: Turn, callback_data: callbacks.Names) -> Screen:
    """The people of a group."""
    return await _names(turn, callback_data)


@router.callback_query(callbacks.OpenInvitee.filter())
@policy(Action.PREPARE_MEETINGS)
async def person(query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenInvitee) -> Screen:
    """One of them."""
    one = await turn.read(invitees.get, turn.actor, callback_data.id)
    back = callbacks.Names(id=one.meeting_id, group=callback_data.group, page=callback_data.page)
    return screens.person(turn, await showing.meeting_of(turn, one.meeting_id), one, back)


@router.callback_query(callbacks.SetCapacity.filter())
@policy(Action.PREPARE_MEETINGS)
async def set_capacity(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetCapacity
) -> Screen:
    """Another capacity."""
    given = {"capacity": callback_data.capacity.value}
    return await _change(turn, callback_data.id, callback_data.version, **given)


@router.callback_query(callbacks.SetAnswer.filter())
@policy(Action.PREPARE_MEETINGS)
async def set_answer(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetAnswer
) -> Screen:
    """An answer that was given by telephone."""
    given = {"said": callback_data.said.value}
    return await _change(turn, callback_data.id, callback_data.version, **given)


@router.callback_query(callbacks.AskRemove.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_remove(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskRemove
) -> Screen:
    """Whom the list would lose."""
    one = await turn.read(invitees.get, turn.actor, callback_data.id)
    return screens.before_removing(turn, await showing.meeting_of(turn, one.meeting_id), one)


@router.callback_query(callbacks.Remove.filter())
@policy(Action.PREPARE_MEETINGS)
async def remove(query: CallbackQuery, turn: Turn, callback_data: callbacks.Remove) -> Screen:
    """Take somebody off the list."""
    given = (turn.actor, callback_data.id, callback_data.version, turn.now)
    try:
        gone = await turn.write(inviting.remove, *given)
    except NotPossible as no:
        return refused(turn.t, no, await _person(turn, callback_data.id))
    word = turn.t.plain("Taken off the list: {name}", name=gone.name)[:200]
    return replace(await showing.overview(turn, gone.meeting_id), toast=word)


async def _names(turn: Turn, asked: callbacks.Names) -> Screen:
    group = None if asked.group is Group.ALL else asked.group.value
    page = await turn.read(invitees.listed, turn.actor, asked.id, group, asked.page)
    return screens.names(turn, await showing.meeting_of(turn, asked.id), asked.group, page)


async def _change(turn: Turn, invitee_id: int, version: int, **given: str) -> Screen:
    try:
        one = await turn.write(inviting.change, turn.actor, invitee_id, version, turn.now, **given)
    except NotPossible as no:
        return refused(turn.t, no, await _person(turn, invitee_id))
    return await showing.one_of(turn, one, turn.t.plain("Written down."))


async def _person(turn: Turn, invitee_id: int) -> Screen:
    return await showing.one_of(turn, await turn.read(invitees.get, turn.actor, invitee_id))
