"""What goes on at another meeting: items carried over, and decisions still under control."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.meetings.agenda import callbacks, carrying_screens, words
from handlers.meetings.agenda.doing import again, agenda_of
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import meetings
from storage.errors import AlreadyChanged, NotPossible
from storage.meetings import carrying, papers
from storage.rules.access import Action

router = Router(name="meetings.agenda.carrying")


@router.callback_query(callbacks.Carry.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin_carrying(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.Carry
) -> Screen:
    """To which meeting."""
    found = await turn.read(papers.to_change, turn.actor, callback_data.id)
    targets = await turn.read(carrying.targets_of, turn.actor, callback_data.id, turn.now)
    return carrying_screens.carry(turn, found, targets)


@router.callback_query(callbacks.CarryTo.filter())
@policy(Action.PREPARE_MEETINGS)
async def carry(query: CallbackQuery, turn: Turn, callback_data: callbacks.CarryTo) -> Screen:
    """To this one."""
    id_, version, to = callback_data.id, callback_data.version, callback_data.to
    try:
        new = await turn.write(carrying.carry, turn.actor, id_, version, to, turn.now)
    except (AlreadyChanged, NotPossible) as error:
        return await again(turn, id_, error)
    return carrying_screens.carried(turn, await turn.read(papers.to_change, turn.actor, new))


@router.callback_query(callbacks.OpenDecisions.filter())
@policy(Action.PREPARE_MEETINGS)
async def open_decisions(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenDecisions
) -> Screen:
    """What is under control since former meetings."""
    return await _decisions(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.TakeUp.filter())
@policy(Action.PREPARE_MEETINGS)
async def take_up(query: CallbackQuery, turn: Turn, callback_data: callbacks.TakeUp) -> Screen:
    """One of them, or all, come onto the agenda."""
    meeting_id = callback_data.id
    wanted = [callback_data.instruction]
    if not callback_data.instruction:
        found = await turn.read(carrying.open_decisions, turn.actor, meeting_id)
        wanted = [one.id for one in found]
    try:
        taken = await turn.write(carrying.take_up, turn.actor, meeting_id, wanted, turn.now)
    except NotPossible as error:
        shown = await agenda_of(turn, meeting_id)
        return replace(shown, toast=words.impossible(turn.t, error), alert=True)
    return await agenda_of(turn, meeting_id, word=turn.t("✅ Items added: {n}", n=taken))


async def _decisions(turn: Turn, meeting_id: int, page: int) -> Screen:
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    found = await turn.read(carrying.open_decisions, turn.actor, meeting_id)
    return carrying_screens.decisions(turn, meeting, found, page)
