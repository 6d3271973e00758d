"""Whom a draft goes to by what is known of people: invited, silent, late."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts.addressing import state_screens as screens
from handlers.broadcasts.addressing.callbacks import (
    ChooseMeeting,
    ChooseSilent,
    InvitedTo,
    SilentOn,
    SwitchOverdue,
    WhichInvited,
)
from handlers.broadcasts.addressing.steps import address, draft_of, whom
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import deliveries
from storage.broadcasts.reading import get
from storage.meetings import reading as meetings
from storage.rules.access import Action
from storage.selections import Invited

router = Router(name="broadcasts.addressing.states")


@router.callback_query(InvitedTo.filter())
@policy(Action.BROADCAST)
async def invited_to(query: CallbackQuery, turn: Turn, callback_data: InvitedTo) -> Screen:
    """Meetings ahead to choose from."""
    draft = await draft_of(turn, callback_data.id)
    found = await turn.read(meetings.upcoming, turn.actor, turn.now)
    return screens.meetings(turn, draft, found)


@router.callback_query(ChooseMeeting.filter())
@policy(Action.BROADCAST)
async def choose_meeting(query: CallbackQuery, turn: Turn, callback_data: ChooseMeeting) -> Screen:
    """Only to those who are invited to it."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, meeting_id=callback_data.meeting_id or None, invited=Invited.ALL)
    return await address(turn, draft, callback_data.version, wanted, whom)


@router.callback_query(WhichInvited.filter())
@policy(Action.BROADCAST)
async def which_invited(query: CallbackQuery, turn: Turn, callback_data: WhichInvited) -> Screen:
    """All of the invited, or who has not answered, or who has said no."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, invited=callback_data.which)
    return await address(turn, draft, callback_data.version, wanted, whom)


@router.callback_query(SwitchOverdue.filter())
@policy(Action.BROADCAST)
async def overdue(query: CallbackQuery, turn: Turn, callback_data: SwitchOverdue) -> Screen:
    """Only who carries an item that is overdue."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, overdue=not draft.whom.overdue)
    return await address(turn, draft, callback_data.version, wanted, whom)


@router.callback_query(SilentOn.filter())
@policy(Action.BROADCAST)
async def silent_on(query: CallbackQuery, turn: Turn, callback_data: SilentOn) -> Screen:
    """Former broadcasts to choose from."""
    draft = await draft_of(turn, callback_data.id)
    found = await turn.read(deliveries.mine, turn.actor, 0, paging.PAGE)
    return screens.silents(turn, draft, [one for one in found if one.total])


@router.callback_query(ChooseSilent.filter())
@policy(Action.BROADCAST)
async def choose_silent(query: CallbackQuery, turn: Turn, callback_data: ChooseSilent) -> Screen:
    """Only to those who have not confirmed it."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, silent_of=callback_data.broadcast_id or None)
    return await address(turn, draft, callback_data.version, wanted, whom)
