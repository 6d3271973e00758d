"""The final document: clauses are written, ordered, looked at as a whole, and approved."""

from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy import Connection

from handlers.meetings.papers import callbacks, entering
from handlers.meetings.papers import document_screens as screens
from handlers.meetings.papers.callbacks import OpenClause, OpenDocument
from handlers.meetings.papers.entering import Present
from handlers.meetings.papers.trying import tried
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.meetings import clauses, document
from storage.meetings.wording import TEXT_LIMIT
from storage.rules.access import Action, Actor

router = Router(name="meeting_document")


@router.callback_query(OpenDocument.filter())
@policy(Action.PREPARE_MEETINGS)
async def open_document(query: CallbackQuery, turn: Turn, callback_data: OpenDocument) -> Screen:
    """The clauses as they are prepared."""
    entering.leave(turn)
    return await _document(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.AddDecisions.filter())
@policy(Action.PREPARE_MEETINGS)
async def add_decisions(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AddDecisions
) -> Screen:
    """The decisions of the items become clauses."""
    done = await tried(turn, clauses.add_decisions, callback_data.id, turn.now)
    return done.on(await _document(turn, callback_data.id))


@router.callback_query(callbacks.AddClause.filter())
@policy(Action.PREPARE_MEETINGS)
async def add_clause(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AddClause
) -> Screen:
    """Write a clause."""
    return await entering.begin(turn, "add", callback_data.id)


@router.callback_query(OpenClause.filter())
@policy(Action.PREPARE_MEETINGS)
async def open_clause(query: CallbackQuery, turn: Turn, callback_data: OpenClause) -> Screen:
    """One clause."""
    entering.leave(turn)
    return await _clause(turn, callback_data.id)


@router.callback_query(callbacks.RewordClause.filter())
@policy(Action.PREPARE_MEETINGS)
async def reword_clause(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RewordClause
) -> Screen:
    """Edit its wording."""
    return await entering.begin(turn, "clause", callback_data.id)


@router.callback_query(callbacks.MoveClause.filter())
@policy(Action.PREPARE_MEETINGS)
async def move_clause(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.MoveClause
) -> Screen:
    """One place up or down."""
    of = callback_data
    by = 1 if of.down else -1
    done = await tried(turn, clauses.move, of.id, of.version, by, turn.now)
    return done.on(await _clause(turn, of.id))


@router.callback_query(callbacks.RemoveClause.filter())
@policy(Action.PREPARE_MEETINGS)
async def remove_clause(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RemoveClause
) -> Screen:
    """Delete it, once that is confirmed."""
    of = callback_data
    one, doc = await _one(turn, of.id)
    if not of.sure:
        return screens.removing(turn, doc, one)
    done = await tried(turn, clauses.remove, of.id, of.version, turn.now)
    if done.word is not None:
        return done.on(await _clause(turn, of.id))
    return await _document(turn, one.meeting_id)


@router.callback_query(callbacks.Preview.filter())
@policy(Action.PREPARE_MEETINGS)
async def preview(query: CallbackQuery, turn: Turn, callback_data: callbacks.Preview) -> Screen:
    """The whole document before it is approved."""
    entering.leave(turn)
    doc = await turn.read(document.whole, turn.actor, callback_data.id)
    return screens.preview(turn, doc, callback_data.page)


@router.callback_query(callbacks.Approve.filter())
@policy(Action.PREPARE_MEETINGS)
async def approve(query: CallbackQuery, turn: Turn, callback_data: callbacks.Approve) -> Screen:
    """Approve it, if it still is what was shown."""
    of = callback_data
    done = await tried(turn, document.approve, of.id, of.seal, turn.now, turn.today)
    if done.reason in ("changed", "unfinished", "empty"):
        doc = await turn.read(document.whole, turn.actor, of.id)
        return done.on(screens.preview(turn, doc))
    screen = done.on(await _document(turn, of.id))
    if done.word is not None:
        return screen
    return replace(screen, toast=turn.t.plain("Approved. Under control: {n}", n=done.result))


@router.callback_query(callbacks.FinalDocument.filter())
@policy(Action.READ_MEETINGS)
async def final_document(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.FinalDocument
) -> Screen:
    """The approved document, for whoever reads the meeting."""
    doc = await turn.read(document.approved, turn.actor, callback_data.id)
    return screens.final(turn, doc, callback_data.page)


async def _document(turn: Turn, meeting_id: int, page: int = 0) -> Screen:
    return screens.document(turn, await turn.read(document.whole, turn.actor, meeting_id), page)


async def _one(turn: Turn, clause_id: int) -> tuple[clauses.Clause, document.Document]:
    one = await turn.read(clauses.get, turn.actor, clause_id)
    return one, await turn.read(document.whole, turn.actor, one.meeting_id)


async def _clause(turn: Turn, clause_id: int) -> Screen:
    one, doc = await _one(turn, clause_id)
    return screens.clause(turn, doc, one)


async def _wording(turn: Turn, clause_id: int) -> Present:
    one = await turn.read(clauses.get, turn.actor, clause_id)
    return Present(turn.t.pick(one.text_kk, one.text_ru), one.version, OpenClause(id=clause_id))


async def _nothing_yet(turn: Turn, meeting_id: int) -> Present:
    await turn.read(clauses.listed, turn.actor, meeting_id)
    return Present("", 1, OpenDocument(id=meeting_id))


def _add(
    tx: Connection, actor: Actor, meeting_id: int, _version: int, text: str, now: datetime
) -> int:
    return clauses.add(tx, actor, meeting_id, None, text, now)


entering.TEXTS["clause"] = entering.Text(
    N_("The wording of the clause"), TEXT_LIMIT, _wording, clauses.reword, _clause
)
entering.TEXTS["add"] = entering.Text(
    N_("The new clause"), TEXT_LIMIT, _nothing_yet, _add, _document
)
