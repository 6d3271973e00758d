"""To whom a draft goes: branches, roles, names; and the doors to everything else."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import showing
from handlers.broadcasts.addressing import lists, parts, screens, states
from handlers.broadcasts.addressing.callbacks import (
    Candidates,
    Except,
    RoleChoice,
    SeveralBranches,
    SwitchBranch,
    SwitchPerson,
    SwitchRole,
    WhomTo,
)
from handlers.broadcasts.addressing.steps import address, draft_of, switched, whom
from handlers.broadcasts.callbacks import WHOLE_REGION
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import audiences, broadcasts
from storage.broadcasts import addressing
from storage.broadcasts.reading import get
from storage.rules.access import Action

router = Router(name="broadcasts.addressing")
router.include_routers(states.router, parts.router, lists.router)


@router.callback_query(WhomTo.filter())
@policy(Action.BROADCAST)
async def whom_to(query: CallbackQuery, turn: Turn, callback_data: WhomTo) -> Screen:
    """Whom it goes to now, and how many they are."""
    showing.leave_draft(turn, callback_data.id)
    return await whom(turn, callback_data.id)


@router.callback_query(RoleChoice.filter())
@policy(Action.BROADCAST)
async def roles(query: CallbackQuery, turn: Turn, callback_data: RoleChoice) -> Screen:
    """Which roles?"""
    return await _roles(turn, callback_data.id, without=callback_data.without)


@router.callback_query(SwitchRole.filter())
@policy(Action.BROADCAST)
async def switch_role(query: CallbackQuery, turn: Turn, callback_data: SwitchRole) -> Screen:
    """A role more or less."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    if tapped.without:
        wanted = replace(draft.whom, not_roles=switched(draft.whom.not_roles, tapped.role))
    else:
        wanted = replace(draft.whom, roles=switched(draft.whom.roles, tapped.role))

    async def then(turn: Turn, number: int) -> Screen:
        return await _roles(turn, number, without=tapped.without)

    return await address(turn, draft, tapped.version, wanted, then)


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
        chosen = switched(draft.whom.branches, tapped.branch_id)
        if not chosen:
            return toast(turn.t.plain("One branch at least has to stay."), alert=True)
    audiences.demand(turn.actor, chosen)
    wanted = replace(draft.whom, branches=chosen)
    return await address(
        turn, draft, tapped.version, wanted, lambda turn, id_: _branches(turn, id_, tapped.page)
    )


@router.callback_query(Except.filter())
@policy(Action.BROADCAST)
async def left_out(query: CallbackQuery, turn: Turn, callback_data: Except) -> Screen:
    """Who is left out?"""
    draft = await draft_of(turn, callback_data.id)
    shown = await turn.read(broadcasts.preview, turn.actor, draft.id, turn.today)
    named = await turn.read(addressing.named, turn.actor, draft.whom)
    return screens.left_out(turn, shown, named)


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
    wanted = replace(draft.whom, without=switched(draft.whom.without, tapped.person_id))
    return await address(
        turn, draft, tapped.version, wanted, lambda turn, id_: _candidates(turn, id_, tapped.page)
    )


async def _roles(turn: Turn, number: int, *, without: bool) -> Screen:
    await draft_of(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    return screens.roles(turn, shown, without=without)


async def _branches(turn: Turn, number: int, page: int) -> Screen:
    await draft_of(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    choice = await turn.read(audiences.choice, turn.actor)
    return screens.branches(turn, shown, choice, paging.clamp(page, len(choice.branches)))


async def _candidates(turn: Turn, number: int, page: int) -> Screen:
    await draft_of(turn, number)
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
