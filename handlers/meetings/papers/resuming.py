"""Going on with what was being written among a meeting's papers; the texts themselves are taken."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.meetings.papers import (
    document_router,
    entering,
    instruction_router,
    minutes_router,
    picking,
)
from handlers.meetings.papers.callbacks import SaveWritten
from handlers.meetings.sitting import router as sitting
from handlers.meetings.summaries import writing
from handlers.turn import Turn
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.wizard import Renderer
from storage.rules.access import Action

router = Router(name="meeting_papers")
router.include_routers(
    sitting.router,
    document_router.router,
    picking.router,
    instruction_router.router,
    minutes_router.router,
)

STATES = tuple(f"{entering.CAPABILITY}:{name}" for name in {**entering.TEXTS, **writing.TEXTS})

RESUME: dict[str, Renderer] = {
    **dict.fromkeys(STATES, entering.again),
    picking.STATE: picking.again,
    instruction_router.STATE: instruction_router.again,
    minutes_router.NUMBER: minutes_router.again,
    minutes_router.SIGN: minutes_router.again,
}


@router.message(StateFilter(*STATES), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def text_written(message: Message, turn: Turn) -> Screen:
    """A text that was asked for."""
    return await entering.take(turn, message.text)


@router.callback_query(SaveWritten.filter())
@policy(Action.PREPARE_MEETINGS)
async def save_written(query: CallbackQuery, turn: Turn, callback_data: SaveWritten) -> Screen:
    """One's own wording, in place of what somebody else wrote meanwhile."""
    written = turn.conversation.data.get("written")
    if turn.conversation.state not in STATES or not written:
        return toast(turn.t.plain("This was saved or cancelled already."), alert=True)
    return await entering.take(turn, str(written))
