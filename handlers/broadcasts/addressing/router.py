"""To whom a draft goes: branches, roles, a meeting's invitees, who was silent, who is left out."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import showing
from handlers.broadcasts.addressing import screens
from handlers.broadcasts.addressing.callbacks import (
    Candidates,
    ChooseMeeting,
    ChooseSilent,
    InvitedTo,
    RoleChoice,
    SeveralBranches,
    SilentOn,
    SwitchBranch,
    SwitchPerson,
    SwitchRole,
    SwitchUnanswered,
    WhomTo,
)
from handlers.broadcasts.callbacks import WHOLE_REGION
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import audiences, broadcasts, deliveries
from storage.broadcasts import addressing
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotPossible
from storage.meetings import reading as meetings
from storage.rules.access import Action
from storage.selections import Selection

router = Router(name="broadcasts.addressing")

T = TypeVar("T")
Next = Callable[[Turn, int], Awaitable[Screen]]


@router.callback_query(WhomTo.filter())
@policy(Action.BROADCAST)
async def whom_to(query: CallbackQuery, turn: Turn, callback_data: WhomTo) -> Screen:
    """Whom it goes to now, and how many they are."""
    showing.leave_draft(turn, callback_data.id)
    return await _whom(turn, callback_data.id)


@router.callback_query(RoleChoice.filter())
@policy(Action.BROADCAST)
async def roles(query: CallbackQuery, turn: Turn, callback_data: RoleChoice) -> Screen:
    """Which roles?"""
    return await _roles(turn, callback_data.id)


@router.callback_query(SwitchRole.filter())
@policy(Action.BROADCAST)
async def switch_role(query: CallbackQuery, turn: Turn, callback_data: SwitchRole) -> Screen:
    """A role more or less."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, roles=_switched(draft.whom.roles, callback_data.role))
    return await _address(turn, draft, callback_data.version, wanted, _roles)


@router.callback_query(SeveralBranches.filter())
@policy(Action.BROADCAST)
async def branches(query: CallbackQuery, turn: Turn, callback_data: SeveralBranches) -> Screen:
    """Which branches?"""
    return await _branches(turn, callback_data.id, callback_data.page)


@router.callback_query(SwitchBranch.filter())
@policy(Action.BROADCAST)
async def switch_branch(query: CallbackQuery, turn: Turn, callback_data: SwitchBranch) -> Screen:
    """A branch more or less, or the whole region."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    if tapped.branch_id == WHOLE_REGION:
        chosen: tuple[int, ...] = ()
    else:
        chosen = _switched(draft.whom.branches, tapped.branch_id)
        if not chosen:
            return toast(turn.t.plain("One branch at least has to stay."), alert=True)
    audiences.demand(turn.actor, chosen)
    wanted = replace(draft.whom, branches=chosen)
    return await _address(
        turn, draft, tapped.version, wanted, lambda turn, id_: _branches(turn, id_, tapped.page)
    )


@router.callback_query(InvitedTo.filter())
@policy(Action.BROADCAST)
async def invited_to(query: CallbackQuery, turn: Turn, callback_data: InvitedTo) -> Screen:
    """Meetings ahead to choose from."""
    draft = await _draft(turn, callback_data.id)
    found = await turn.read(meetings.upcoming, turn.actor, turn.now)
    return screens.meetings(turn, draft, found)


@router.callback_query(ChooseMeeting.filter())
@policy(Action.BROADCAST)
async def choose_meeting(query: CallbackQuery, turn: Turn, callback_data: ChooseMeeting) -> Screen:
    """Only to those who are invited to it."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, meeting_id=callback_data.meeting_id or None, unanswered=False)
    return await _address(turn, draft, callback_data.version, wanted, _whom)


@router.callback_query(SwitchUnanswered.filter())
@policy(Action.BROADCAST)
async def unanswered(query: CallbackQuery, turn: Turn, callback_data: SwitchUnanswered) -> Screen:
    """Of the invited only who has not answered, or all of them."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, unanswered=not draft.whom.unanswered)
    return await _address(turn, draft, callback_data.version, wanted, _whom)


@router.callback_query(SilentOn.filter())
@policy(Action.BROADCAST)
async def silent_on(query: CallbackQuery, turn: Turn, callback_data: SilentOn) -> Screen:
    """Former broadcasts to choose from."""
    draft = await _draft(turn, callback_data.id)
    found = await turn.read(deliveries.mine, turn.actor, 0, paging.PAGE)
    return screens.silents(turn, draft, [one for one in found if one.total])


@router.callback_query(ChooseSilent.filter())
@policy(Action.BROADCAST)
async def choose_silent(query: CallbackQuery, turn: Turn, callback_data: ChooseSilent) -> Screen:
    """Only to those who have not confirmed it."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, silent_of=callback_data.broadcast_id or None)
    return await _address(turn, draft, callback_data.version, wanted, _whom)


@router.callback_query(Candidates.filter())
@policy(Action.BROADCAST)
async def candidates(query: CallbackQuery, turn: Turn, callback_data: Candidates) -> Screen:
    """The names; a tap leaves one out."""
    return await _candidates(turn, callback_data.id, callback_data.page)


@router.callback_query(SwitchPerson.filter())
@policy(Action.BROADCAST)
async def switch_person(query: CallbackQuery, turn: Turn, callback_data: SwitchPerson) -> Screen:
    """Leave one out, or take one in again."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    wanted = replace(draft.whom, without=_switched(draft.whom.without, tapped.person_id))
    return await _address(
        turn, draft, tapped.version, wanted, lambda turn, id_: _candidates(turn, id_, tapped.page)
    )


async def _address(
    turn: Turn, draft: Broadcast, version: int, wanted: Selection, then: Next
) -> Screen:
    given = (draft.id, version, wanted, turn.now, turn.today)
    try:
        await turn.write(addressing.address, turn.actor, *given)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, draft.id)
    except NotPossible:
        word = turn.t.plain("At most {n} can be left out.", n=addressing.MOST_LEFT_OUT)
        return toast(word, alert=True)
    return await then(turn, draft.id)


async def _whom(turn: Turn, number: int) -> Screen:
    draft = await _draft(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    choice = await turn.read(audiences.choice, turn.actor)
    title = None
    if draft.whom.meeting_id is not None:
        title = await turn.read(meetings.get, turn.actor, draft.whom.meeting_id)
    return screens.whom(turn, shown, choice, title)


async def _roles(turn: Turn, number: int) -> Screen:
    await _draft(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    return screens.roles(turn, shown)


async def _branches(turn: Turn, number: int, page: int) -> Screen:
    await _draft(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    choice = await turn.read(audiences.choice, turn.actor)
    return screens.branches(turn, shown, choice, paging.clamp(page, len(choice.branches)))


async def _candidates(turn: Turn, number: int, page: int) -> Screen:
    await _draft(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    total = shown.audience.total + len(shown.broadcast.whom.without)
    page = paging.clamp(page, total)
    found = await turn.read(
        addressing.candidates,
        turn.actor,
        number,
        turn.today,
        page * paging.PAGE,
        paging.PAGE,
    )
    return screens.candidates(turn, shown, found, page, total)


async def _draft(turn: Turn, number: int) -> Broadcast:
    """The draft to change. Raises AlreadyChanged when it is none any more."""
    found = await turn.read(get, turn.actor, number)
    if found.state != "draft":
        raise AlreadyChanged
    return found


def _switched(chosen: tuple[T, ...], one: T) -> tuple[T, ...]:
    return tuple(o for o in chosen if o != one) if one in chosen else (*chosen, one)
