"""What is tapped for an item: its kind, who sees it, its place on the agenda, its end."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.meetings.agenda import callbacks, screens
from handlers.meetings.agenda.doing import again, agenda_of, gone, tapped
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.meetings import agenda, papers
from storage.rules.access import Action

router = Router(name="meetings.agenda.choosing")


@router.callback_query(callbacks.Choose.filter())
@policy(Action.PREPARE_MEETINGS)
async def choose(query: CallbackQuery, turn: Turn, callback_data: callbacks.Choose) -> Screen:
    """The kinds, or who may see it."""
    found = await turn.read(papers.to_change, turn.actor, callback_data.id)
    return screens.choose(turn, found, callback_data.field)


@router.callback_query(callbacks.Chosen.filter())
@policy(Action.PREPARE_MEETINGS)
async def chosen(query: CallbackQuery, turn: Turn, callback_data: callbacks.Chosen) -> Screen:
    """It is this."""
    id_, version = callback_data.id, callback_data.version
    given = {callback_data.field: callback_data.value}
    return await tapped(turn, id_, agenda.change, id_, version, turn.now, **given)


@router.callback_query(callbacks.Move.filter())
@policy(Action.PREPARE_MEETINGS)
async def move(query: CallbackQuery, turn: Turn, callback_data: callbacks.Move) -> Screen:
    """Earlier or later."""
    id_, version = callback_data.id, callback_data.version
    return await tapped(turn, id_, agenda.move, id_, version, turn.now, up=callback_data.up)


@router.callback_query(callbacks.Delete.filter())
@policy(Action.PREPARE_MEETINGS)
async def delete(query: CallbackQuery, turn: Turn, callback_data: callbacks.Delete) -> Screen:
    """First what would be deleted; then it is, if it still is what was shown."""
    id_, version = callback_data.id, callback_data.version
    try:
        if not callback_data.sure:
            return screens.delete(turn, await turn.read(papers.to_change, turn.actor, id_))
        meeting_id = await turn.write(agenda.remove, turn.actor, id_, version, turn.now)
    except (AlreadyChanged, NotPossible) as error:
        return await again(turn, id_, error)
    except NotFound as error:
        await gone(turn, error)
        return screens.gone(turn, None)
    return await agenda_of(turn, meeting_id, word=turn.t("✅ The item is deleted."))
