"""Making an agenda: the taps and what is typed."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.agenda import (
    callbacks,
    carrying,
    choosing,
    listing,
    screens,
    speaking,
    wizard,
    words,
    writing,
)
from handlers.meetings.agenda.doing import agenda_of, gone, item
from handlers.meetings.agenda.wizard import ADD
from handlers.turn import Turn
from handlers.ui import paging, texts
from handlers.ui.policy import policy
from handlers.ui.screen import MAX_TEXT, Screen
from storage import meetings
from storage.errors import NotFound, NotPossible
from storage.meetings import agenda
from storage.rules.access import Action

router = Router(name="meetings.agenda")
router.include_routers(writing.router, choosing.router, speaking.router, carrying.router)


@router.callback_query(callbacks.Agenda.filter())
@policy(Action.PREPARE_MEETINGS)
async def show_agenda(query: CallbackQuery, turn: Turn, callback_data: callbacks.Agenda) -> Screen:
    """A page of the agenda."""
    wizard.leave(turn)
    return await agenda_of(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.EditItem.filter())
@policy(Action.PREPARE_MEETINGS)
async def show_item(query: CallbackQuery, turn: Turn, callback_data: callbacks.EditItem) -> Screen:
    """What can be done with an item."""
    wizard.leave(turn)
    try:
        return await item(turn, callback_data.id)
    except NotFound as error:
        await gone(turn, error)
        return screens.gone(turn, None)


# New items


@router.callback_query(callbacks.AddItems.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin_adding(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AddItems
) -> Screen:
    """Titles are typed, a line each."""
    await turn.read(listing.whole, turn, callback_data.id)
    wizard.begin(turn, ADD, meeting=callback_data.id)
    return await wizard.show(turn)


@router.message(StateFilter(ADD))
@policy(Action.PREPARE_MEETINGS)
async def titles_typed(message: Message, turn: Turn) -> Screen:
    """One item or several."""
    text = texts.typed(message.text, MAX_TEXT)
    if isinstance(text, texts.Mistake):
        return await wizard.show(turn, texts.told(turn.t, text, MAX_TEXT))
    titles = words.titles_of(text)
    if not titles:
        return await wizard.show(turn, turn.t("There is no item in this text."), text)
    for number, title in enumerate(titles, start=1):
        if len(title) > agenda.TITLE_LIMIT:
            return await wizard.show(turn, _long(turn, number, len(titles), title), text)
    return await _add(turn, titles, text)


def _long(turn: Turn, number: int, of: int, title: str) -> Markup:
    if of == 1:
        return wizard.too_long(turn, len(title), agenda.TITLE_LIMIT)
    return turn.t(
        "Line {n} has {length} characters, at most {limit} are possible.",
        n=number,
        length=len(title),
        limit=agenda.TITLE_LIMIT,
    )


async def _add(turn: Turn, titles: list[str], text: str) -> Screen:
    meeting_id = int(turn.conversation.data.get("meeting") or 0)
    language = "ru" if turn.t.language == "ru" else "kk"
    try:
        ids = await turn.write_then(
            lambda _: turn.conversation.clear(),
            agenda.add,
            turn.actor,
            meeting_id,
            titles,
            language,
            turn.now,
        )
    except NotPossible as error:
        word = words.impossible(turn.t, error)
        return await wizard.show(turn, Markup("{}").format(word), text)
    except NotFound:
        turn.conversation.clear()  # the draft is deleted: nothing more is typed for it
        raise
    if len(ids) == 1:
        return await item(turn, ids[0], turn.t("✅ The item is added."))
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    page = (len(meeting.items) - 1) // paging.PAGE
    return await agenda_of(turn, meeting_id, page, turn.t("✅ Items added: {n}", n=len(ids)))
