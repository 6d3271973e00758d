"""Writing a summary, looking at it as members will, publishing it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.meetings.papers import entering
from handlers.meetings.summaries import callbacks, desk_screens, finding_router, sending
from handlers.meetings.summaries.doing import done
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage.meetings import summaries
from storage.rules.access import Action

router = Router(name="meeting_summaries")
router.include_routers(sending.router, finding_router.router)

RESUME: dict[str, Renderer] = {**sending.RESUME}


@router.callback_query(callbacks.Desk.filter())
@policy(Action.PREPARE_MEETINGS)
async def open_desk(query: CallbackQuery, turn: Turn, callback_data: callbacks.Desk) -> Screen:
    """What is written so far."""
    entering.leave(turn)
    sending.leave(turn)
    return await desk(turn, callback_data.id)


@router.callback_query(callbacks.WritePart.filter())
@policy(Action.PREPARE_MEETINGS)
async def write_part(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.WritePart
) -> Screen:
    """Write one of the texts."""
    return await entering.begin(turn, callback_data.part.value, callback_data.id)


@router.callback_query(callbacks.ErasePart.filter())
@policy(Action.PREPARE_MEETINGS)
async def erase_part(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ErasePart
) -> Screen:
    """Take one of the texts away."""
    of = callback_data
    result = await done(turn, summaries.write, of.id, of.version, of.part.value, "", turn.now)
    return result.on(await desk(turn, of.id))


@router.callback_query(callbacks.Look.filter())
@policy(Action.PREPARE_MEETINGS)
async def look(query: CallbackQuery, turn: Turn, callback_data: callbacks.Look) -> Screen:
    """The summary as members would see it."""
    entering.leave(turn)
    return await _look(turn, callback_data.id, callback_data.language)


@router.callback_query(callbacks.Publish.filter())
@policy(Action.PREPARE_MEETINGS)
async def publish(query: CallbackQuery, turn: Turn, callback_data: callbacks.Publish) -> Screen:
    """Publish it, if it still is what was looked at."""
    of = callback_data
    result = await done(
        turn, summaries.publish, of.id, of.seal, turn.now, turn.today, notify=of.notify
    )
    if result.word is None:
        return desk_screens.published(turn, of.id, result.result or 0)
    return result.on(await _look(turn, of.id))


async def desk(turn: Turn, meeting_id: int) -> Screen:
    """The desk as it stands now."""
    return desk_screens.desk(turn, await turn.read(summaries.desk, turn.actor, meeting_id))


async def _look(turn: Turn, meeting_id: int, language: str | None = None) -> Screen:
    shown = await turn.read(summaries.preview, turn.actor, meeting_id, turn.today)
    return desk_screens.look(turn, shown, language or turn.t.language)
