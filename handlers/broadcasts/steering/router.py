"""A broadcast on its way: paused, resumed, stopped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy import Connection

from handlers.broadcasts import showing
from handlers.broadcasts.steering import boards
from handlers.broadcasts.steering import screens as steering_screens
from handlers.broadcasts.steering.callbacks import AskStop, Pause, Resume, Stop
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import deliveries
from storage.broadcasts import steering
from storage.errors import AlreadyChanged
from storage.rules.access import Action, Actor

router = Router(name="broadcasts.steering")


@router.callback_query(Pause.filter())
@policy(Action.BROADCAST)
async def pause(query: CallbackQuery, turn: Turn, callback_data: Pause) -> Screen:
    """Nothing more goes until it is resumed."""
    return await _steered(turn, query, steering.pause, callback_data.id)


@router.callback_query(Resume.filter())
@policy(Action.BROADCAST)
async def resume(query: CallbackQuery, turn: Turn, callback_data: Resume) -> Screen:
    """It goes on."""
    word = turn.t.plain("On its way")
    return await _steered(turn, query, steering.resume, callback_data.id, word)


@router.callback_query(AskStop.filter())
@policy(Action.BROADCAST)
async def ask_stop(query: CallbackQuery, turn: Turn, callback_data: AskStop) -> Screen:
    """To how many it would not go any more."""
    seen = await turn.read(deliveries.progress, turn.actor, callback_data.id)
    if seen.broadcast.state not in ("running", "paused"):
        return await showing.stands_otherwise(turn, callback_data.id)
    asked = steering_screens.before_stop(turn.t, seen)
    return replace(asked, fresh=boards.is_board(query, seen.broadcast))


@router.callback_query(Stop.filter())
@policy(Action.BROADCAST)
async def stop(query: CallbackQuery, turn: Turn, callback_data: Stop) -> Screen:
    """It goes to nobody else."""
    return await _steered(turn, query, steering.stop, callback_data.id)


async def _steered(
    turn: Turn,
    query: CallbackQuery,
    step: Callable[[Connection, Actor, int, datetime], object],
    number: int,
    toast: str | None = None,
) -> Screen:
    """Take ``step`` with a broadcast and show it; as it stands, when somebody was first."""
    try:
        await turn.write(step, turn.actor, number, turn.now)
    except AlreadyChanged:
        word = turn.t.plain("This is how the broadcast stands now.")
        return await showing.followed(turn, query, number, word)
    return await showing.followed(turn, query, number, toast)
