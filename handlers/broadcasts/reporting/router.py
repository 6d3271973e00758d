"""After the sending: the report as a workbook, phones for calling, reminding, sending again."""

import asyncio

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import showing
from handlers.broadcasts.reporting import books as report_books
from handlers.broadcasts.reporting import screens as report_screens
from handlers.broadcasts.reporting.callbacks import (
    Again,
    AskAgain,
    AskNudge,
    Book,
    Nudge,
    Phones,
    Report,
)
from handlers.broadcasts.steering import boards
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen, lines
from storage import deliveries
from storage.broadcasts import nudging, repeating, reporting
from storage.deliveries import Those
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts.reporting")


@router.callback_query(AskNudge.filter())
@policy(Action.BROADCAST)
async def ask_nudge(query: CallbackQuery, turn: Turn, callback_data: AskNudge) -> Screen:
    """How many would be asked again."""
    return await _before_nudge(turn, callback_data.id)


@router.callback_query(Nudge.filter())
@policy(Action.BROADCAST)
async def nudge(query: CallbackQuery, turn: Turn, callback_data: Nudge) -> Screen:
    """Ask those who were counted; others are counted anew."""
    number = callback_data.id
    try:
        many = await turn.write(nudging.nudge, turn.actor, number, callback_data.people, turn.now)
    except (AlreadyChanged, NotPossible):
        return await _before_nudge(turn, number)
    word = turn.t.plain("They are asked once more: {n}", n=many)
    return await showing.shown(turn, number, word)


@router.callback_query(AskAgain.filter())
@policy(Action.BROADCAST)
async def ask_again(query: CallbackQuery, turn: Turn, callback_data: AskAgain) -> Screen:
    """How many copies are uncertain, and what a second one means."""
    seen = await turn.read(deliveries.progress, turn.actor, callback_data.id)
    if not seen.unsure:
        return await showing.stands_otherwise(turn, callback_data.id)
    return report_screens.before_again(turn.t, seen)


@router.callback_query(Again.filter())
@policy(Action.BROADCAST)
async def again(query: CallbackQuery, turn: Turn, callback_data: Again) -> Screen:
    """Send the uncertain ones again."""
    number = callback_data.id
    try:
        await turn.write(
            repeating.again,
            turn.actor,
            number,
            callback_data.people,
            turn.now,
            board=boards.tapped(query),
        )
    except (AlreadyChanged, NotPossible):
        return await showing.stands_otherwise(turn, number)
    return await showing.followed(turn, query, number, turn.t.plain("On its way"))


@router.callback_query(Report.filter())
@policy(Action.BROADCAST)
async def report(query: CallbackQuery, turn: Turn, callback_data: Report) -> Screen:
    """What the report may be had as."""
    seen = await turn.read(deliveries.progress, turn.actor, callback_data.id)
    return report_screens.report(turn.t, seen)


@router.callback_query(Book.filter())
@policy(Action.BROADCAST)
async def book(query: CallbackQuery, turn: Turn, callback_data: Book) -> Screen:
    """The workbook as a file; its name says nothing about anybody."""
    t, number = turn.t, callback_data.id
    found = await turn.write(
        reporting.report, turn.actor, number, turn.now, with_phones=callback_data.phones
    )
    content = await asyncio.to_thread(
        report_books.workbook, t.language, found, turn.zone, turn.now, phones=callback_data.phones
    )
    name = f"{t.plain('Broadcast (sheet)')} {number} {turn.today:%Y-%m-%d}.xlsx"
    return Screen(
        lines(
            t("✅ Recipients in the file: {n}", n=len(found.rows)),
            t("👥 Groups in the file: {n}", n=len(found.groups)) if found.groups else None,
        ),
        rows=(nav.exits(t, Report(id=number)),),
        attachments=(Attachment("document", content=content, name=name),),
    )


@router.callback_query(Phones.filter())
@policy(Action.BROADCAST)
async def phones(query: CallbackQuery, turn: Turn, callback_data: Phones) -> Screen:
    """Whom to call: the tap is recorded."""
    number = callback_data.id
    total = await turn.read(deliveries.count_named, turn.actor, number, Those.FAILED)
    page = paging.clamp(callback_data.page, total)
    found = await turn.write(
        reporting.phones, turn.actor, number, turn.now, page * paging.PAGE, paging.PAGE
    )
    return report_screens.phones(turn.t, number, found, page, total)


async def _before_nudge(turn: Turn, number: int) -> Screen:
    try:
        many = await turn.read(nudging.to_nudge, turn.actor, number, turn.now)
    except NotPossible:
        return await showing.stands_otherwise(turn, number)
    return report_screens.before_nudge(turn.t, number, many)
