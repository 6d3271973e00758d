"""The commands and buttons of the indicators; private chats only."""

import asyncio
from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Connection

from handlers.indicators import drawing, facts, keeping, screens, snoozing
from handlers.indicators.callbacks import (
    IndicatorChart,
    IndicatorHistory,
    Indicators,
    OpenIndicator,
)
from handlers.indicators.showing import read_one
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen
from storage import indicators
from storage.indicators import Entry, Seen, Which
from storage.rules.access import Action, Actor

router = Router(name="indicators")
router.include_routers(facts.router, keeping.router, snoozing.router)


@router.message(Command("indicators"))
@policy(Action.READ_ROADMAP)
async def command(message: Message, turn: Turn) -> Screen:
    """/indicators: what one sees, problems first."""
    return await _list(turn, Which.ALL, 0)


@router.callback_query(Indicators.filter())
@policy(Action.READ_ROADMAP)
async def listed(query: CallbackQuery, turn: Turn, callback_data: Indicators) -> Screen:
    """A page of what one sees."""
    facts.leave(turn)
    return await _list(turn, callback_data.which, callback_data.page)


@router.callback_query(OpenIndicator.filter())
@policy(Action.READ_ROADMAP)
async def opened(query: CallbackQuery, turn: Turn, callback_data: OpenIndicator) -> Screen:
    """One indicator."""
    facts.leave(turn)
    return screens.card(turn, await turn.read(read_one, turn.actor, callback_data.id, turn.today))


@router.callback_query(IndicatorHistory.filter())
@policy(Action.READ_ROADMAP)
async def history(query: CallbackQuery, turn: Turn, callback_data: IndicatorHistory) -> Screen:
    """What was planned, reported and changed."""
    seen, entries = await turn.read(_with_history, turn.actor, callback_data.id, turn.today)
    return screens.history(turn, seen, entries)


@router.callback_query(IndicatorChart.filter())
@policy(Action.READ_ROADMAP)
async def chart(query: CallbackQuery, turn: Turn, callback_data: IndicatorChart) -> Screen:
    """Plan, fact and trend as a picture."""
    seen = await turn.read(read_one, turn.actor, callback_data.id, turn.today)
    if not seen.indicator.values:
        return screens.card(turn, seen, turn.t("There are no figures to draw yet."))
    picture = await asyncio.to_thread(drawing.chart, turn.t.language, seen.indicator)
    sent = Attachment("photo", content=picture, name="1.png")
    return replace(screens.card(turn, seen), attachments=(sent,))


async def _list(turn: Turn, which: Which, page: int) -> Screen:
    found = await turn.read(indicators.listed, turn.actor, turn.today, which)
    return screens.listing(turn, found, which, page)


def _with_history(
    tx: Connection, actor: Actor, indicator_id: int, today: date
) -> tuple[Seen, list[Entry]]:
    return read_one(tx, actor, indicator_id, today), indicators.history(tx, actor, indicator_id)
