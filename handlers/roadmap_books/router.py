"""Roadmaps in workbooks: brought after a look at columns and lines, sent in our own form."""

import asyncio

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.papers import sent_forms
from handlers.papers.sent_forms import UnusableError
from handlers.roadmap.callbacks import BranchRoadmap
from handlers.roadmap_books import callbacks, columns, form, said, stepping
from handlers.roadmap_books.stepping import CHECK, COLUMNS, FILE
from handlers.turn import FILLED, Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen, lines, toast
from handlers.ui.wizard import Renderer
from storage import branches
from storage.errors import NotPossible
from storage.roadmap_books import bringing, exporting
from storage.rules.access import Action

router = Router(name="roadmap_books")
router.include_router(columns.router)


@router.message(Command("books"))
@policy(Action.MANAGE_ROADMAP)
async def command(message: Message, turn: Turn) -> Screen:
    """/books: what can be done with workbooks."""
    return said.books(turn)


@router.callback_query(callbacks.Books.filter())
@policy(Action.MANAGE_ROADMAP)
async def books(query: CallbackQuery, turn: Turn) -> Screen:
    """What can be done with workbooks."""
    stepping.leave(turn)
    return said.books(turn)


@router.callback_query(callbacks.ExportRoadmap.filter())
@policy(Action.MANAGE_ROADMAP)
async def export(query: CallbackQuery, turn: Turn) -> Screen:
    """The roadmap as a file, in the form that is read back."""
    t = turn.t
    found = await turn.read(exporting.export, turn.actor)
    content = await asyncio.to_thread(form.workbook, t.language, found.rows, turn.now)
    name = f"{t.plain(form.SHEET)} {turn.today:%Y-%m-%d}.xlsx"
    return Screen(
        lines(
            t("✅ Items in the file: {n}", n=len(found.rows)),
            t("Did not fit: {n}", n=found.left_out) if found.left_out else None,
        ),
        rows=(nav.exits(t, callbacks.Books()),),
        attachments=(Attachment("document", content=content, name=name),),
    )


@router.callback_query(callbacks.SendRoadmap.filter())
@policy(Action.MANAGE_ROADMAP)
async def begin(query: CallbackQuery, turn: Turn) -> Screen:
    """A workbook is awaited from now on."""
    stepping.leave(turn)
    turn.conversation.pause()
    turn.conversation.to(FILE)
    return said.file_step(turn)


@router.message(StateFilter(FILE, COLUMNS, CHECK))
@policy(Action.MANAGE_ROADMAP)
async def received(message: Message, turn: Turn) -> Screen:
    """A workbook; what is anything else is told, and one that was there before stays."""
    sent = message.document
    refusal = sent_forms.refusal(turn, sent)
    if sent is None or refusal is not None:
        return said.file_step(turn, refusal)
    try:
        book = await stepping.opened(turn, sent.file_id)
    except UnusableError as error:
        return said.file_step(turn, error.why)
    if not book.tables:
        return said.file_step(turn, turn.t("No headings of a roadmap were found in this file."))
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    year = turn.today.year
    turn.conversation.to(
        COLUMNS, file=sent.file_id, year=year, branch=reach[0].id, set={}, **{FILLED: True}
    )
    return await stepping.show_columns(turn, 0)


@router.callback_query(callbacks.Look.filter(), StateFilter(COLUMNS, CHECK))
@policy(Action.MANAGE_ROADMAP)
async def look(query: CallbackQuery, turn: Turn, callback_data: callbacks.Look) -> Screen:
    """What the workbook would do, line by line."""
    turn.conversation.to(CHECK)
    return await stepping.show_look(turn, callback_data.page)


@router.callback_query(callbacks.BringAll.filter())
@policy(Action.MANAGE_ROADMAP)
async def bring(query: CallbackQuery, turn: Turn, callback_data: callbacks.BringAll) -> Screen:
    """Bring all of it, if it still is what was shown."""
    t = turn.t
    if turn.conversation.state != CHECK:
        return toast(t.plain("This was brought or cancelled already."), alert=True)
    try:
        rows, checked, problems = await stepping.checked_lines(turn)
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)
    if problems or checked.seal != callback_data.seal:
        return await stepping.show_look(turn, 0)
    before = turn.conversation.state, dict(turn.conversation.data)
    branch_id = int(turn.conversation.data["branch"])
    turn.conversation.clear()
    try:
        brought = await turn.write(
            bringing.bring, turn.actor, rows, branch_id, checked.seal, turn.now, turn.zone
        )
    except NotPossible:
        turn.conversation.state, turn.conversation.data = before
        return await stepping.show_look(turn, 0)
    return Screen(
        t("✅ Brought: new {new}, changed {changed}", new=brought.new, changed=brought.changed),
        rows=(nav.exits(t, BranchRoadmap()),),
    )


async def again(turn: Turn) -> Screen:
    """The step as it stands."""
    if turn.conversation.state == COLUMNS:
        return await stepping.show_columns(turn, 0)
    return (
        said.file_step(turn)
        if turn.conversation.state == FILE
        else await stepping.show_look(turn, 0)
    )


RESUME: dict[str, Renderer] = {FILE: again, COLUMNS: again, CHECK: again}
