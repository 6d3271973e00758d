"""Which groups a draft goes to, and what came of it there."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts.addressing.steps import address, draft_of, switched
from handlers.broadcasts.grouping import screens
from handlers.broadcasts.grouping.callbacks import (
    ALL,
    GroupChoice,
    GroupCopies,
    OnlyGroups,
    SwitchGroup,
)
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import broadcasts, deliveries, groups
from storage.broadcasts.reading import get
from storage.rules.access import Action

router = Router(name="broadcasts.grouping")


@router.callback_query(GroupChoice.filter())
@policy(Action.BROADCAST)
async def choice(query: CallbackQuery, turn: Turn, callback_data: GroupChoice) -> Screen:
    """Which groups?"""
    return await _choice(turn, callback_data.id, callback_data.page)


@router.callback_query(SwitchGroup.filter())
@policy(Action.BROADCAST)
async def switch(query: CallbackQuery, turn: Turn, callback_data: SwitchGroup) -> Screen:
    """A group more or less, or all of them."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    if tapped.group_id == ALL:
        offered = await turn.read(groups.offered, draft.whom.branches)
        chosen = tuple(group.id for group in offered)
    else:
        chosen = switched(draft.whom.groups, tapped.group_id)
    wanted = replace(draft.whom, groups=chosen)
    return await address(
        turn, draft, tapped.version, wanted, lambda turn, id_: _choice(turn, id_, tapped.page)
    )


@router.callback_query(OnlyGroups.filter())
@policy(Action.BROADCAST)
async def only(query: CallbackQuery, turn: Turn, callback_data: OnlyGroups) -> Screen:
    """To the groups alone, or to the people as well."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(draft.whom, only_groups=not draft.whom.only_groups)
    return await address(
        turn, draft, callback_data.version, wanted, lambda turn, id_: _choice(turn, id_, 0)
    )


@router.callback_query(GroupCopies.filter())
@policy(Action.BROADCAST)
async def copies(query: CallbackQuery, turn: Turn, callback_data: GroupCopies) -> Screen:
    """What came of it in each group."""
    seen = await turn.read(deliveries.progress, turn.actor, callback_data.id)
    page = paging.clamp(callback_data.page, len(seen.groups))
    return screens.copies(turn.t, seen, page)


async def _choice(turn: Turn, number: int, page: int) -> Screen:
    draft = await draft_of(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    offered = await turn.read(groups.offered, draft.whom.branches)
    return screens.choice(turn.t, shown, offered, paging.clamp(page, len(offered)))
