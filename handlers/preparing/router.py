"""Preparing a question: which, what stands on it, and the papers; private chats only."""

import asyncio
from dataclasses import replace
from functools import partial

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.preparing import books, papers, screens, words
from handlers.preparing.callbacks import Prepare, Question, QuestionFile, Territories
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen
from storage import branches, preparing
from storage.preparing import Gathered
from storage.rules.access import Action

router = Router(name="preparing")

# What makes the file, its ending, and what it is called.
FORMS = {
    "question": (papers.question, "docx", N_("Reference (file)")),
    "report": (papers.report, "docx", N_("Report on the roadmap (file)")),
    "book": (books.workbook, "xlsx", N_("Report on the roadmap (file)")),
}


@router.message(Command("prepare"))
@policy(Action.SEE_BRANCH_ROADMAP)
async def command(message: Message, turn: Turn) -> Screen:
    """/prepare: which question."""
    return screens.choose(turn, await turn.read(preparing.directions, turn.actor), 0)


@router.callback_query(Prepare.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def choose(query: CallbackQuery, turn: Turn, callback_data: Prepare) -> Screen:
    """Which question: a page of directions."""
    known = await turn.read(preparing.directions, turn.actor)
    return screens.choose(turn, known, callback_data.page)


@router.callback_query(Territories.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def territories(query: CallbackQuery, turn: Turn, callback_data: Territories) -> Screen:
    """Which territory."""
    reach = await turn.read(branches.within, turn.actor, Action.SEE_BRANCH_ROADMAP)
    return screens.territories(turn, reach, callback_data.direction)


@router.callback_query(Question.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def question(query: CallbackQuery, turn: Turn, callback_data: Question) -> Screen:
    """What stands on it, in short."""
    return screens.question(turn, await _gathered(turn, callback_data))


@router.callback_query(QuestionFile.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def file(query: CallbackQuery, turn: Turn, callback_data: QuestionFile) -> Screen:
    """The reference or the report as a file."""
    found = await _gathered(turn, callback_data)
    make, ending, called = FORMS[callback_data.form]
    content = await asyncio.to_thread(partial(make, turn.t.language, found, turn.today, turn.now))
    subject = words.subject(turn.t, found).replace("/", "-")[:60]
    name = f"{turn.t.plain(called)} – {subject} {turn.today:%Y-%m-%d}.{ending}"
    sent = Attachment("document", content=content, name=name)
    return replace(screens.question(turn, found), attachments=(sent,))


async def _gathered(turn: Turn, of: Question | QuestionFile) -> Gathered:
    return await turn.read(
        preparing.gather,
        turn.actor,
        turn.today,
        direction=of.direction or None,
        branch_id=of.branch or None,
    )
