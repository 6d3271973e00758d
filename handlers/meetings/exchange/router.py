"""Workbooks of meetings: sent out, taken in, looked at, and added on that very content."""

import asyncio
from dataclasses import replace
from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.exchange import archiving, reading, screens, workbook
from handlers.meetings.exchange.callbacks import (
    AddAll,
    Exchange,
    Export,
    LookAt,
    SendBook,
    Template,
)
from handlers.meetings.exchange.reading import Read
from handlers.papers import sent_forms
from handlers.papers.sent_forms import UnusableError
from handlers.turn import FILLED, Turn
from handlers.ui.i18n import translator
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen, shortened, toast
from handlers.ui.wizard import Renderer
from storage.errors import NotPossible
from storage.meetings.exchange import adding, checking, exporting
from storage.meetings.exchange.limits import ROWS
from storage.rules.access import Action

router = Router(name="meetings.exchange")
router.include_router(archiving.router)

CAPABILITY = "exchange"
FILE, CHECK = f"{CAPABILITY}:file", f"{CAPABILITY}:check"
NAME = 60  # characters of a file's name


@router.callback_query(Exchange.filter())
@policy(Action.PREPARE_MEETINGS)
async def show(query: CallbackQuery, turn: Turn) -> Screen:
    """What can be done; whoever was sending a workbook is done."""
    if turn.conversation.state in (FILE, CHECK):
        turn.conversation.clear()
    return screens.entry(turn)


@router.callback_query(Template.filter())
@policy(Action.PREPARE_MEETINGS)
async def template(query: CallbackQuery, turn: Turn, callback_data: Template) -> Screen:
    """The empty form as a file."""
    language = callback_data.language.value
    codes = await turn.read(exporting.codes, turn.actor)
    made = await asyncio.to_thread(workbook.template, language, codes, turn.now)
    name = translator(language).plain("Form of meetings")
    return _with_file(screens.entry(turn), f"{name}.xlsx", made)


@router.callback_query(Export.filter())
@policy(Action.PREPARE_MEETINGS)
async def export(query: CallbackQuery, turn: Turn, callback_data: Export) -> Screen:
    """The meetings that the person prepares, as a file."""
    language = callback_data.language.value
    codes = await turn.read(exporting.codes, turn.actor)
    whole = await turn.read(exporting.export, turn.actor)
    made = await asyncio.to_thread(
        workbook.filled, language, codes, whole.given, turn.zone, turn.now
    )
    name = translator(language).plain("Meetings")
    screen = screens.entry(turn, screens.exported(turn, whole))
    return _with_file(screen, f"{name} {turn.today:%Y-%m-%d}.xlsx", made)


@router.callback_query(SendBook.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin(query: CallbackQuery, turn: Turn) -> Screen:
    """A workbook is awaited from now on."""
    if turn.conversation.state in (FILE, CHECK):
        turn.conversation.clear()
    turn.conversation.pause()
    turn.conversation.to(FILE)
    return screens.file_step(turn)


@router.message(StateFilter(FILE, CHECK))
@policy(Action.PREPARE_MEETINGS)
async def received(message: Message, turn: Turn) -> Screen:
    """A workbook; what is anything else is told, and a workbook that was there before stays."""
    sent = message.document
    refusal = sent_forms.refusal(turn, sent)
    if sent is None or refusal is not None:
        return await again(turn, refusal)
    try:
        read = await _read(turn, sent.file_id)
    except UnusableError as error:
        return await again(turn, error.why)
    name = shortened(sent.file_name or "", NAME)
    turn.conversation.to(CHECK, file=sent.file_id, name=name, **{FILLED: True})
    return await _look(turn, read, 0)


@router.callback_query(LookAt.filter())
@policy(Action.PREPARE_MEETINGS)
async def turn_page(query: CallbackQuery, turn: Turn, callback_data: LookAt) -> Screen:
    """Another page of what would be added."""
    if turn.conversation.state != CHECK:
        return _past(turn)
    return await _shown(turn, callback_data.page)


@router.callback_query(AddAll.filter())
@policy(Action.PREPARE_MEETINGS)
async def add(query: CallbackQuery, turn: Turn, callback_data: AddAll) -> Screen:
    """Add all of it, if it still is what was shown."""
    if turn.conversation.state != CHECK:
        return _past(turn)
    before = turn.conversation.state, dict(turn.conversation.data)
    try:
        read = await _read(turn, str(before[1]["file"]))
        turn.conversation.clear()
        done = await turn.write(adding.add, turn.actor, read.given, callback_data.seal, turn.now)
    except UnusableError as error:
        turn.conversation.to(FILE)
        return screens.file_step(turn, error.why)
    except NotPossible:
        turn.conversation.state, turn.conversation.data = before
        word = turn.t.plain("It has changed meanwhile. Look at it once more.")
        return await _look(turn, read, 0, alert=word)
    return screens.added(turn, done)


async def again(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step as it stands, with what is wrong with what came."""
    if turn.conversation.state != CHECK or mistake is not None:
        return screens.file_step(turn, mistake)
    return await _shown(turn, 0)


RESUME: dict[str, Renderer] = {FILE: again, CHECK: again}


async def _shown(turn: Turn, page: int) -> Screen:
    try:
        read = await _read(turn, str(turn.conversation.data["file"]))
    except UnusableError as error:
        turn.conversation.to(FILE)
        return screens.file_step(turn, error.why)
    return await _look(turn, read, page)


async def _look(turn: Turn, read: Read, page: int, *, alert: str | None = None) -> Screen:
    checked = await turn.read(checking.check, turn.actor, read.given, turn.now)
    name = str(turn.conversation.data.get("name") or "")
    return screens.look(turn, name, read, checked, page, alert=alert)


async def _read(turn: Turn, file_id: str) -> Read:
    reader = partial(reading.read, zone=turn.zone)
    return await sent_forms.read(turn, CAPABILITY, file_id, reader, ROWS)


def _past(turn: Turn) -> Screen:
    return toast(turn.t.plain("This was added or cancelled already."), alert=True)


def _with_file(screen: Screen, name: str, content: bytes) -> Screen:
    return replace(screen, attachments=(Attachment("document", content=content, name=name),))
