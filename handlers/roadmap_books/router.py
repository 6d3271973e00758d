"""Roadmaps in workbooks: brought after a look at columns and lines, sent in our own form."""

import asyncio
from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.papers import sent_forms
from handlers.papers.sent_forms import UnusableError
from handlers.roadmap.callbacks import BranchRoadmap
from handlers.roadmap_books import callbacks, form, reading, said
from handlers.roadmap_books.headings import NAMES
from handlers.roadmap_books.reading import Opened
from handlers.turn import FILLED, Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen, lines, toast
from handlers.ui.wizard import Renderer
from storage import branches
from storage.branches import Branch
from storage.errors import NotFound, NotPossible
from storage.roadmap_books import bringing, checking, exporting
from storage.roadmap_books.rows import ROWS, Checked, GivenItem, Problem
from storage.rules.access import Action

router = Router(name="roadmap_books")

CAPABILITY = "roadmap_books"
FILE, COLUMNS, CHECK = (f"{CAPABILITY}:{step}" for step in ("file", "columns", "check"))


@router.message(Command("books"))
@policy(Action.MANAGE_ROADMAP)
async def command(message: Message, turn: Turn) -> Screen:
    """/books: what can be done with workbooks."""
    return said.books(turn)


@router.callback_query(callbacks.Books.filter())
@policy(Action.MANAGE_ROADMAP)
async def books(query: CallbackQuery, turn: Turn) -> Screen:
    """What can be done with workbooks."""
    _leave(turn)
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
    _leave(turn)
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
        book = await _opened(turn, sent.file_id)
    except UnusableError as error:
        return said.file_step(turn, error.why)
    if not book.tables:
        return said.file_step(turn, turn.t("No headings of a roadmap were found in this file."))
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    year = turn.today.year
    turn.conversation.to(
        COLUMNS, file=sent.file_id, year=year, branch=reach[0].id, set={}, **{FILLED: True}
    )
    return await _columns(turn, 0)


@router.callback_query(callbacks.Columns.filter(), StateFilter(COLUMNS, CHECK))
@policy(Action.MANAGE_ROADMAP)
async def columns(query: CallbackQuery, turn: Turn, callback_data: callbacks.Columns) -> Screen:
    """A page of the columns."""
    turn.conversation.to(COLUMNS)
    return await _columns(turn, callback_data.page)


@router.callback_query(callbacks.ColumnOf.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def column_of(query: CallbackQuery, turn: Turn, callback_data: callbacks.ColumnOf) -> Screen:
    """What a column holds."""
    of = callback_data
    book = await _book(turn)
    if isinstance(book, Screen):
        return book
    if not _is_there(book, of.table, of.place):
        return await _columns(turn, 0)
    return said.column_step(turn, book, of.table, of.place)


@router.callback_query(callbacks.SetColumn.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def set_column(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetColumn
) -> Screen:
    """It holds this; another column that was taken for the same is not read any more."""
    of = callback_data
    book = await _book(turn)
    if isinstance(book, Screen):
        return book
    if _is_there(book, of.table, of.place) and (not of.field or of.field in NAMES):
        chosen = dict(turn.conversation.data["set"])
        for place, name in reading.columns_of(book, chosen)[of.table].items():
            if of.field and name == of.field:
                chosen[f"{of.table}:{place}"] = ""
        chosen[f"{of.table}:{of.place}"] = of.field
        turn.conversation.to(COLUMNS, set=chosen)
    return await _columns(turn, 0)


@router.callback_query(callbacks.PlanYear.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def plan_year(query: CallbackQuery, turn: Turn, callback_data: callbacks.PlanYear) -> Screen:
    """The year of the plan."""
    turn.conversation.to(COLUMNS, year=callback_data.year)
    return await _columns(turn, 0)


@router.callback_query(callbacks.ChooseBranch.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def choose_branch(query: CallbackQuery, turn: Turn) -> Screen:
    """Which branch the lines without a territory are of."""
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    return said.branch_step(turn, reach)


@router.callback_query(callbacks.SetBranch.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def set_branch(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetBranch
) -> Screen:
    """This one."""
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    if all(one.id != callback_data.branch for one in reach):
        raise NotFound("branch")
    turn.conversation.to(COLUMNS, branch=callback_data.branch)
    return await _columns(turn, 0)


@router.callback_query(callbacks.Look.filter(), StateFilter(COLUMNS, CHECK))
@policy(Action.MANAGE_ROADMAP)
async def look(query: CallbackQuery, turn: Turn, callback_data: callbacks.Look) -> Screen:
    """What the workbook would do, line by line."""
    turn.conversation.to(CHECK)
    return await _look(turn, callback_data.page)


@router.callback_query(callbacks.BringAll.filter())
@policy(Action.MANAGE_ROADMAP)
async def bring(query: CallbackQuery, turn: Turn, callback_data: callbacks.BringAll) -> Screen:
    """Bring all of it, if it still is what was shown."""
    t = turn.t
    if turn.conversation.state != CHECK:
        return toast(t.plain("This was brought or cancelled already."), alert=True)
    try:
        rows, checked, problems = await _checked(turn)
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)
    if problems or checked.seal != callback_data.seal:
        return await _look(turn, 0)
    before = turn.conversation.state, dict(turn.conversation.data)
    branch_id = int(turn.conversation.data["branch"])
    turn.conversation.clear()
    try:
        brought = await turn.write(
            bringing.bring, turn.actor, rows, branch_id, checked.seal, turn.now, turn.zone
        )
    except NotPossible:
        turn.conversation.state, turn.conversation.data = before
        return await _look(turn, 0)
    return Screen(
        t("✅ Brought: new {new}, changed {changed}", new=brought.new, changed=brought.changed),
        rows=(nav.exits(t, BranchRoadmap()),),
    )


async def again(turn: Turn) -> Screen:
    """The step as it stands."""
    if turn.conversation.state == COLUMNS:
        return await _columns(turn, 0)
    return said.file_step(turn) if turn.conversation.state == FILE else await _look(turn, 0)


RESUME: dict[str, Renderer] = {FILE: again, COLUMNS: again, CHECK: again}


async def _columns(turn: Turn, page: int) -> Screen:
    book = await _book(turn)
    if isinstance(book, Screen):
        return book
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    wanted = int(turn.conversation.data["branch"])
    branch = next((one for one in reach if one.id == wanted), None)
    return said.columns_step(turn, book, branch, len(reach) > 1, page)


async def _look(turn: Turn, page: int) -> Screen:
    try:
        _, checked, problems = await _checked(turn)
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)
    reach: list[Branch] = await turn.read(branches.every)
    return said.look(turn, checked, problems, reach, page)


async def _checked(
    turn: Turn,
) -> tuple[tuple[GivenItem, ...], Checked, tuple[Problem, ...]]:
    """The lines, what they would do, and everything that is wrong. Raises UnusableError."""
    data: dict[str, Any] = turn.conversation.data
    book = await _opened(turn, str(data["file"]))
    read = await asyncio.to_thread(reading.read, book, data["set"], int(data["year"]))
    checked = await turn.read(
        checking.check, turn.actor, read.rows, int(data["branch"]), turn.today
    )
    return read.rows, checked, (*read.problems, *checked.problems)


async def _book(turn: Turn) -> Opened | Screen:
    """The workbook that is being looked at; the step that asks for one when it is gone."""
    try:
        return await _opened(turn, str(turn.conversation.data["file"]))
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)


async def _opened(turn: Turn, file_id: str) -> Opened:
    return await sent_forms.read(turn, CAPABILITY, file_id, reading.opened, ROWS)


def _is_there(book: Opened, table: int, place: int) -> bool:
    return table < len(book.tables) and place in book.tables[table].columns


def _leave(turn: Turn) -> None:
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()
