"""Whom a draft goes to: primary organisations, and the factions of maslikhats."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts.addressing import part_screens as screens
from handlers.broadcasts.addressing.callbacks import (
    FactionChoice,
    PrimaryChoice,
    SwitchFaction,
    SwitchLevel,
    SwitchPrimary,
)
from handlers.broadcasts.addressing.steps import address, draft_of, switched
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import audiences, broadcasts, primaries
from storage.branches import Branch
from storage.broadcasts.reading import Broadcast, get
from storage.rules.access import Action

router = Router(name="broadcasts.addressing.parts")


@router.callback_query(PrimaryChoice.filter())
@policy(Action.BROADCAST)
async def organisations(query: CallbackQuery, turn: Turn, callback_data: PrimaryChoice) -> Screen:
    """Which primary organisations?"""
    return await _organisations(turn, callback_data.id, callback_data.page)


@router.callback_query(SwitchPrimary.filter())
@policy(Action.BROADCAST)
async def switch_organisation(
    query: CallbackQuery, turn: Turn, callback_data: SwitchPrimary
) -> Screen:
    """A primary organisation more or less."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    wanted = replace(draft.whom, primaries=switched(draft.whom.primaries, tapped.primary_id))
    return await address(
        turn,
        draft,
        tapped.version,
        wanted,
        lambda turn, number: _organisations(turn, number, tapped.page),
    )


@router.callback_query(FactionChoice.filter())
@policy(Action.BROADCAST)
async def factions(query: CallbackQuery, turn: Turn, callback_data: FactionChoice) -> Screen:
    """Which factions?"""
    return await _factions(turn, callback_data.id, callback_data.page)


@router.callback_query(SwitchFaction.filter())
@policy(Action.BROADCAST)
async def switch_faction(query: CallbackQuery, turn: Turn, callback_data: SwitchFaction) -> Screen:
    """The deputies of one maslikhat more or less."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    wanted = replace(draft.whom, factions=switched(draft.whom.factions, tapped.branch_id))
    return await address(
        turn,
        draft,
        tapped.version,
        wanted,
        lambda turn, number: _factions(turn, number, tapped.page),
    )


@router.callback_query(SwitchLevel.filter())
@policy(Action.BROADCAST)
async def switch_level(query: CallbackQuery, turn: Turn, callback_data: SwitchLevel) -> Screen:
    """All the factions of a level; none of them where all were chosen."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    level = [one.id for one in await _branches(turn, draft) if one.kind == tapped.level]
    others = tuple(one for one in draft.whom.factions if one not in level)
    had_all = set(level) <= set(draft.whom.factions)
    wanted = replace(draft.whom, factions=others if had_all else (*others, *level))
    return await address(
        turn, draft, tapped.version, wanted, lambda turn, number: _factions(turn, number, 0)
    )


async def _organisations(turn: Turn, number: int, page: int) -> Screen:
    draft = await draft_of(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    offered = await turn.read(primaries.of_branches, draft.whom.branches)
    return screens.organisations(turn, shown, offered, page)


async def _factions(turn: Turn, number: int, page: int) -> Screen:
    draft = await draft_of(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    return screens.factions(turn, shown, await _branches(turn, draft), page)


async def _branches(turn: Turn, draft: Broadcast) -> list[Branch]:
    """The branches whose factions a draft may go to: those it goes to anyway."""
    choice = await turn.read(audiences.choice, turn.actor)
    within = draft.whom.branches
    return [one for one in choice.branches if not within or one.id in within]
