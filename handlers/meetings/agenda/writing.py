"""What is typed for an item: its texts and how long it takes."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.meetings.agenda import callbacks, wizard, words
from handlers.meetings.agenda.doing import tapped, typed
from handlers.meetings.agenda.wizard import MINUTES, TEXT
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.meetings import agenda, papers
from storage.rules.access import Action

router = Router(name="meetings.agenda.writing")


@router.callback_query(callbacks.Write.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin_text(query: CallbackQuery, turn: Turn, callback_data: callbacks.Write) -> Screen:
    """One of the item's texts."""
    found = await turn.read(papers.to_change, turn.actor, callback_data.id)
    wizard.begin(turn, TEXT, field=callback_data.field, **wizard.of(found))
    return await wizard.show(turn)


@router.message(StateFilter(TEXT))
@policy(Action.PREPARE_MEETINGS)
async def text_typed(message: Message, turn: Turn) -> Screen:
    """The text, kept as it was typed but for a title, which is one line."""
    data = turn.conversation.data
    field = str(data["field"])
    limit = words.LIMITS[field.rsplit("_", 1)[0]]
    text = texts.typed(message.text, limit)
    if isinstance(text, texts.Mistake):
        told = wizard.mistaken(turn, text, message.text, limit)
        return await wizard.show(turn, told, message.text)
    if not field.startswith("draft_decision"):
        text = " ".join(text.split())
    given = {field: text}
    return await typed(
        turn, text, agenda.change, int(data["item"]), int(data["version"]), turn.now, **given
    )


@router.callback_query(callbacks.Erase.filter())
@policy(Action.PREPARE_MEETINGS)
async def erase(query: CallbackQuery, turn: Turn, callback_data: callbacks.Erase) -> Screen:
    """The text is left out."""
    wizard.leave(turn)
    given = {callback_data.field: None}
    return await tapped(
        turn,
        callback_data.id,
        agenda.change,
        callback_data.id,
        callback_data.version,
        turn.now,
        **given,
    )


@router.callback_query(callbacks.WriteMinutes.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin_minutes(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.WriteMinutes
) -> Screen:
    """How long it takes."""
    found = await turn.read(papers.to_change, turn.actor, callback_data.id)
    wizard.begin(turn, MINUTES, **wizard.of(found))
    return await wizard.show(turn)


@router.message(StateFilter(MINUTES))
@policy(Action.PREPARE_MEETINGS)
async def minutes_typed(message: Message, turn: Turn) -> Screen:
    """A number of minutes."""
    data, minutes = turn.conversation.data, wizard.minutes_of(message.text or "")
    if minutes is None:
        limit = agenda.MINUTES_LIMIT
        word = turn.t("A number of minutes is needed: from 1 to {limit}.", limit=limit)
        return await wizard.show(turn, word)
    return await typed(
        turn,
        str(minutes),
        agenda.change,
        int(data["item"]),
        int(data["version"]),
        turn.now,
        minutes=minutes,
    )


@router.callback_query(callbacks.Minutes.filter())
@policy(Action.PREPARE_MEETINGS)
async def minutes_tapped(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.Minutes
) -> Screen:
    """One of the usual times, or none."""
    wizard.leave(turn)
    id_, version = callback_data.id, callback_data.version
    minutes = callback_data.minutes or None
    return await tapped(turn, id_, agenda.change, id_, version, turn.now, minutes=minutes)
