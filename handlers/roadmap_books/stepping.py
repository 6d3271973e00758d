"""The steps of bringing a workbook: how each is shown, as things stand."""

import asyncio
from typing import Any

from handlers.papers import sent_forms
from handlers.papers.sent_forms import UnusableError
from handlers.roadmap_books import looking, reading, said
from handlers.roadmap_books.reading import Opened
from handlers.turn import Turn
from handlers.ui.screen import Screen
from storage import branches
from storage.branches import Branch
from storage.roadmap_books import checking
from storage.roadmap_books.rows import ROWS, Checked, GivenItem, Problem
from storage.rules.access import Action

CAPABILITY = "roadmap_books"
FILE, COLUMNS, CHECK = (f"{CAPABILITY}:{step}" for step in ("file", "columns", "check"))


async def show_columns(turn: Turn, page: int) -> Screen:
    """A page of the columns."""
    book = await book_of(turn)
    if isinstance(book, Screen):
        return book
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    wanted = int(turn.conversation.data["branch"])
    branch = next((one for one in reach if one.id == wanted), None)
    return said.columns_step(turn, book, branch, len(reach) > 1, page)


async def show_look(turn: Turn, page: int) -> Screen:
    """A page of what the workbook would do."""
    try:
        _, checked, problems = await checked_lines(turn)
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)
    reach: list[Branch] = await turn.read(branches.every)
    return looking.look(turn, checked, problems, reach, page)


async def checked_lines(
    turn: Turn,
) -> tuple[tuple[GivenItem, ...], Checked, tuple[Problem, ...]]:
    """The lines, what they would do, and everything that is wrong. Raises UnusableError."""
    data: dict[str, Any] = turn.conversation.data
    book = await opened(turn, str(data["file"]))
    read = await asyncio.to_thread(reading.read, book, data["set"], int(data["year"]))
    checked = await turn.read(
        checking.check, turn.actor, read.rows, int(data["branch"]), turn.today
    )
    return read.rows, checked, (*read.problems, *checked.problems)


async def book_of(turn: Turn) -> Opened | Screen:
    """The workbook that is being looked at; the step that asks for one when it is gone."""
    try:
        return await opened(turn, str(turn.conversation.data["file"]))
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)


async def opened(turn: Turn, file_id: str) -> Opened:
    """The workbook with that id. Raises UnusableError."""
    return await sent_forms.read(turn, CAPABILITY, file_id, reading.opened, ROWS)


def leave(turn: Turn) -> None:
    """Whoever goes elsewhere brings nothing any more."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()
