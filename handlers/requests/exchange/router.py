"""Workbooks of requests: what is behind a filter is sent to whoever may see it."""

import asyncio

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.requests.callbacks import RequestList
from handlers.requests.exchange import books, importing
from handlers.requests.exchange.callbacks import Books, Export, SendBook, Template
from handlers.requests.narrowing import kept
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Button, Screen, column, lines
from storage.requests import exporting
from storage.requests.exporting import Exported
from storage.requests.filters import FILTERS, OPEN
from storage.rules.access import Action

router = Router(name="requests.exchange")
router.include_router(importing.router)


@router.callback_query(Books.filter())
@policy(Action.WORK_ON_REQUESTS)
async def show(query: CallbackQuery, turn: Turn, callback_data: Books) -> Screen:
    """Without or with contacts: a choice that is made each time."""
    t, which = turn.t, _known(callback_data.which)
    return Screen(
        lines(
            t("📊 <b>Requests in Excel</b>"),
            t("The requests of the list that you came from. Phones are masked."),
            t("🔒 With contacts: it is recorded who took them and how many. Keep the file safe."),
        ),
        rows=(
            *column(
                [
                    Button(t.plain("📤 Without contacts"), Export(which=which)),
                    Button(t.plain("🔒 With contacts"), Export(which=which, contacts=True)),
                    Button(t.plain("📄 Form to fill in"), Template()),
                    Button(t.plain("📥 Send a filled form (requests)"), SendBook()),
                ]
            ),
            nav.exits(t, RequestList(which=which)),
        ),
    )


@router.callback_query(Export.filter())
@policy(Action.WORK_ON_REQUESTS)
async def export(query: CallbackQuery, turn: Turn, callback_data: Export) -> Screen:
    """The workbook as a file; its name says nothing about anybody."""
    t, which, contacts = turn.t, _known(callback_data.which), callback_data.contacts
    found: Exported = await turn.write(
        exporting.export,
        turn.actor,
        which,
        turn.today,
        turn.now,
        filters=kept.filters(turn),
        with_contacts=contacts,
    )
    content = await asyncio.to_thread(
        books.workbook, t.language, found, turn.zone, turn.now, contacts=contacts
    )
    name = f"{t.plain('Requests (sheet)')} {turn.today:%Y-%m-%d}.xlsx"
    return Screen(
        lines(
            t("✅ Requests in the file: {n}", n=len(found.requests)),
            t("Did not fit: {n}", n=found.left_out) if found.left_out else None,
        ),
        rows=(nav.exits(t, Books(which=which)),),
        attachments=(Attachment("document", content=content, name=name),),
    )


def _known(which: str) -> str:
    return which if which in FILTERS else OPEN
