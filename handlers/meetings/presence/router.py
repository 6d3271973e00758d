"""Calling the roll."""

from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy import Connection

from handlers.meetings import manage
from handlers.meetings.presence import callbacks, screens
from handlers.meetings.refusals import refused
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import meetings
from storage.errors import NotPossible
from storage.meetings import Meeting, invitees, presence, quorums
from storage.meetings.invitees import InviteePage
from storage.meetings.quorums import Quorum
from storage.rules.access import Action, Actor

router = Router(name="meetings.presence")


@router.callback_query(callbacks.RollCall.filter())
@policy(Action.PREPARE_MEETINGS)
async def show(query: CallbackQuery, turn: Turn, callback_data: callbacks.RollCall) -> Screen:
    """A page of the roll."""
    try:
        await turn.read(presence.roll_of, turn.actor, callback_data.id, turn.now)
    except NotPossible as no:
        meeting = await turn.read(meetings.get, turn.actor, callback_data.id)
        return refused(turn.t, no, manage.screen(turn, meeting))
    return await _roll(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.Mark.filter())
@policy(Action.PREPARE_MEETINGS)
async def mark(query: CallbackQuery, turn: Turn, callback_data: callbacks.Mark) -> Screen:
    """Somebody comes or leaves; a quorum that was lost by it is said aloud."""
    one = await turn.read(invitees.get, turn.actor, callback_data.id)
    try:
        marked = await turn.write(
            presence.mark,
            turn.actor,
            callback_data.id,
            turn.now,
            turn.today,
            there=callback_data.there,
        )
    except NotPossible as no:
        return refused(turn.t, no, await _roll(turn, one.meeting_id, callback_data.page))
    screen = await _roll(turn, one.meeting_id, callback_data.page)
    if marked.held_before and not marked.quorum.holds:
        word = turn.t.plain("Attention: the quorum is lost.")
        return replace(screen, toast=word, alert=True)
    if marked.quorum.holds and not marked.held_before:
        return replace(screen, toast=turn.t.plain("There is a quorum now."))
    return screen


@router.callback_query(callbacks.MarkComing.filter())
@policy(Action.PREPARE_MEETINGS)
async def mark_coming(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.MarkComing
) -> Screen:
    """Everybody who said that they come."""
    given = (callback_data.id, turn.now, turn.today)
    try:
        many, _ = await turn.write(presence.mark_coming, turn.actor, *given)
    except NotPossible as no:
        return refused(turn.t, no, await _roll(turn, callback_data.id, callback_data.page))
    word = turn.t.plain("Marked as present: {n}", n=many)
    return replace(await _roll(turn, callback_data.id, callback_data.page), toast=word)


async def _roll(turn: Turn, meeting_id: int, page: int) -> Screen:
    whole = await turn.read(_whole, turn.actor, meeting_id, page, turn.today)
    return screens.roll(turn, *whole)


def _whole(
    tx: Connection, actor: Actor, meeting_id: int, page: int, today: date
) -> tuple[Meeting, InviteePage, Quorum, int]:
    return (
        meetings.get(tx, actor, meeting_id),
        invitees.listed(tx, actor, meeting_id, None, page),
        quorums.quorum(tx, meeting_id, today),
        presence.coming(tx, actor, meeting_id),
    )
