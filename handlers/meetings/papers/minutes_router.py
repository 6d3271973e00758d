"""Minutes, extracts and the final document as files; the minutes are marked signed."""

import asyncio
from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import escape

from handlers.meetings.papers import (
    callbacks,
    document_docx,
    document_screens,
    entering,
    minutes_docx,
)
from handlers.meetings.papers import minutes_screens as screens
from handlers.meetings.papers.callbacks import Papers
from handlers.meetings.papers.trying import tried
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.filters import AnyMessage
from handlers.ui.i18n import translator
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen, toast
from storage.errors import NotFound
from storage.meetings import Meeting, document, minutes, signing
from storage.meetings.minutes import Minutes
from storage.meetings.signing import NUMBER_LIMIT
from storage.rules.access import Action

router = Router(name="meeting_minutes")

NUMBER = f"{entering.CAPABILITY}:number"
SIGN = f"{entering.CAPABILITY}:sign"


@router.callback_query(Papers.filter())
@policy(Action.PREPARE_MEETINGS)
async def papers(query: CallbackQuery, turn: Turn, callback_data: Papers) -> Screen:
    """What the minutes say and lack."""
    entering.leave(turn)
    return screens.papers(turn, await _kept(turn, callback_data.id))


@router.callback_query(callbacks.GetMinutes.filter())
@policy(Action.PREPARE_MEETINGS)
async def get_minutes(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.GetMinutes
) -> Screen:
    """The minutes as a file."""
    of = callback_data
    kept = await _kept(turn, of.id)
    made = await asyncio.to_thread(
        minutes_docx.minutes, of.language.value, kept, turn.zone, turn.now
    )
    name = translator(of.language.value).plain("Minutes")
    return _with_file(screens.papers(turn, kept), _named(turn, name, kept.meeting), made)


@router.callback_query(callbacks.Extracts.filter())
@policy(Action.PREPARE_MEETINGS)
async def extracts(query: CallbackQuery, turn: Turn, callback_data: callbacks.Extracts) -> Screen:
    """For which item an extract is made."""
    kept = await _kept(turn, callback_data.id)
    return screens.extracts(turn, kept.meeting, callback_data.page)


@router.callback_query(callbacks.AskExtract.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_extract(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskExtract
) -> Screen:
    """In which language."""
    kept = await _kept(turn, callback_data.id)
    for one in kept.items:
        if one.item.id == callback_data.item:
            return screens.extract(turn, kept.meeting, one.item)
    raise NotFound("agenda_item")


@router.callback_query(callbacks.GetExtract.filter())
@policy(Action.PREPARE_MEETINGS)
async def get_extract(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.GetExtract
) -> Screen:
    """The extract as a file."""
    of = callback_data
    kept = await _kept(turn, of.id)
    if of.item not in {one.item.id for one in kept.items}:
        raise NotFound("agenda_item")
    made = await asyncio.to_thread(
        minutes_docx.extract, of.language.value, kept, of.item, turn.zone, turn.now
    )
    name = translator(of.language.value).plain("Extract")
    screen = screens.extracts(turn, kept.meeting, 0)
    return _with_file(screen, _named(turn, name, kept.meeting), made)


@router.callback_query(callbacks.GetDocument.filter())
@policy(Action.PREPARE_MEETINGS)
async def get_document(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.GetDocument
) -> Screen:
    """The final document as a file."""
    of = callback_data
    doc = await turn.read(document.whole, turn.actor, of.id)
    made = await asyncio.to_thread(
        document_docx.document, of.language.value, doc, turn.zone, turn.now
    )
    name = translator(of.language.value).plain("Final document")
    screen = document_screens.document(turn, doc)
    return _with_file(screen, _named(turn, name, doc.meeting), made)


# Signing


@router.callback_query(callbacks.AskNumber.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_number(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskNumber
) -> Screen:
    """Under which number."""
    kept = await _kept(turn, callback_data.id)
    entering.open_step(turn, "number", about=callback_data.id)
    return screens.number_step(turn, kept.meeting)


@router.message(StateFilter(NUMBER, SIGN), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def number_written(message: Message, turn: Turn) -> Screen:
    """The number, to be looked at once more."""
    with entering.closing(turn):
        meeting = (await _kept(turn, int(turn.conversation.data["about"]))).meeting
    number = texts.typed(message.text, NUMBER_LIMIT)
    if isinstance(number, texts.Mistake):
        told = texts.told(turn.t, number, NUMBER_LIMIT)
        return screens.number_step(turn, meeting, told)
    number = " ".join(number.removeprefix("№").split())
    if not texts.has_words(number):
        told = turn.t("A number is needed here, for example: 12")
        return screens.number_step(turn, meeting, told)
    turn.conversation.to(SIGN, number=number)
    return screens.sign_step(turn, meeting, number)


@router.callback_query(callbacks.SignMinutes.filter())
@policy(Action.PREPARE_MEETINGS)
async def sign(query: CallbackQuery, turn: Turn, callback_data: callbacks.SignMinutes) -> Screen:
    """The minutes are signed under the number that was shown."""
    of, data = callback_data, dict(turn.conversation.data)
    if turn.conversation.state != SIGN or data.get("about") != of.id:
        return toast(turn.t.plain("Enter the number once more."), alert=True)
    number = str(data["number"])
    turn.conversation.clear()
    done = await tried(turn, signing.sign, of.id, of.version, number, turn.now)
    kept = await _kept(turn, of.id)
    if done.reason == "number_taken" and done.word:
        turn.conversation.to(NUMBER, about=of.id)
        return screens.number_step(turn, kept.meeting, escape(done.word))
    if done.word is None:
        word = turn.t.plain("The minutes are signed.")
        return replace(screens.papers(turn, kept), toast=word)
    entering.leave(turn)
    return done.on(screens.papers(turn, kept))


async def again(turn: Turn) -> Screen:
    """The step of signing that was left."""
    data = turn.conversation.data
    with entering.closing(turn):
        meeting = (await _kept(turn, int(data["about"]))).meeting
    if turn.conversation.state == SIGN:
        return screens.sign_step(turn, meeting, str(data["number"]))
    return screens.number_step(turn, meeting)


async def _kept(turn: Turn, meeting_id: int) -> Minutes:
    return await turn.read(minutes.read, turn.actor, meeting_id, turn.zone, turn.today)


def _named(turn: Turn, name: str, meeting: Meeting) -> str:
    moment = meeting.began_at or meeting.starts_at
    day = f" {moment.astimezone(turn.zone):%Y-%m-%d}" if moment else ""
    return f"{name}{day}.docx"


def _with_file(screen: Screen, name: str, content: bytes) -> Screen:
    return replace(screen, attachments=(Attachment("document", content=content, name=name),))
