"""The monthly report: a month's figures, turned by arrows, sent as a workbook or as charts."""

import asyncio
from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Connection

from handlers.requests.report import books, screens
from handlers.requests.report.callbacks import (
    ChooseBranch,
    OpenReport,
    ReportBook,
    ReportCharts,
    ReportOverdue,
)
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen
from storage import requests
from storage.branches import Branch
from storage.errors import NotFound
from storage.requests import report
from storage.requests.report import Report
from storage.rules.access import Action

router = Router(name="requests.report")


@router.message(Command("report"))
@policy(Action.WORK_ON_REQUESTS)
async def command(message: Message, turn: Turn) -> Screen:
    """/report: this month, all that the person sees."""
    return await _screen(turn, 0, 0)


@router.callback_query(OpenReport.filter())
@policy(Action.WORK_ON_REQUESTS)
async def show(query: CallbackQuery, turn: Turn, callback_data: OpenReport) -> Screen:
    """A month, of a branch or of all."""
    return await _screen(turn, callback_data.month, callback_data.branch)


@router.callback_query(ChooseBranch.filter())
@policy(Action.WORK_ON_REQUESTS)
async def choose(query: CallbackQuery, turn: Turn, callback_data: ChooseBranch) -> Screen:
    """Which branch."""
    listed = await turn.read(requests.log_branches, turn.actor)
    return screens.branches(turn.t, listed, callback_data.month)


@router.callback_query(ReportBook.filter())
@policy(Action.WORK_ON_REQUESTS)
async def book(query: CallbackQuery, turn: Turn, callback_data: ReportBook) -> Screen:
    """The workbook as a file."""
    made, branch, several = await _read(turn, callback_data.month, callback_data.branch)
    content = await asyncio.to_thread(books.workbook, turn.t.language, made, turn.now)
    name = turn.t.plain("Report on requests (file)")
    sent = Attachment("document", content=content, name=f"{name} {made.month:%Y-%m}.xlsx")
    shown = screens.report(turn.t, made, branch, several, turn.today)
    return replace(shown, attachments=(sent,))


@router.callback_query(ReportCharts.filter())
@policy(Action.WORK_ON_REQUESTS)
async def pictures(query: CallbackQuery, turn: Turn, callback_data: ReportCharts) -> Screen:
    """The charts as pictures."""
    made, branch, several = await _read(turn, callback_data.month, callback_data.branch)
    drawn = await asyncio.to_thread(books.pictures, turn.t.language, made)
    shown = screens.report(turn.t, made, branch, several, turn.today)
    sent = tuple(
        Attachment("photo", content=content, name=f"{n}.png") for n, content in enumerate(drawn, 1)
    )
    return replace(shown, attachments=sent)


@router.callback_query(ReportOverdue.filter())
@policy(Action.WORK_ON_REQUESTS)
async def overdue(query: CallbackQuery, turn: Turn, callback_data: ReportOverdue) -> Screen:
    """What is overdue, each a way to its card."""
    made, branch, _ = await _read(turn, callback_data.month, callback_data.branch)
    return screens.overdue(turn.t, made, branch, callback_data.page, turn.today)


async def _screen(turn: Turn, month: int, branch_id: int) -> Screen:
    return screens.report(turn.t, *await _read(turn, month, branch_id), turn.today)


async def _read(turn: Turn, month: int, branch_id: int) -> tuple[Report, Branch | None, bool]:
    """The report, its branch (None: all), and whether there are several to choose from."""
    earliest = 2000 * 12
    day = screens.first_day(month) if month >= earliest else turn.today

    def whole(tx: Connection) -> tuple[Report, Branch | None, bool]:
        reach = requests.log_branches(tx, turn.actor)
        branch = next((one for one in reach if one.id == branch_id), None)
        if branch_id and branch is None:
            raise NotFound("branch")
        made = report.monthly(tx, turn.actor, day, branch_id or None, turn.today, turn.zone)
        return made, branch, len(reach) > 1

    return await turn.read(whole)
