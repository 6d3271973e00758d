"""The list of requests: a page behind a filter, with what it is narrowed to."""

from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Connection

from handlers.requests import callbacks, lists
from handlers.requests.bulk import doors
from handlers.requests.cards import leave_step
from handlers.requests.finding import router as find
from handlers.requests.narrowing import kept
from handlers.requests.narrowing import screens as narrowing_screens
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.requests import Filters, ListedRequest, narrowing
from storage.requests.filters import FILTERS, OPEN
from storage.requests.lists import DEEPEST, MANY
from storage.rules.access import Action, Actor

router = Router(name="requests.listing")


@router.message(Command("requests"))
@policy(Action.WORK_ON_REQUESTS)
async def listed(message: Message, turn: Turn, command: CommandObject) -> Screen:
    """/requests: the open ones; with words behind it, what they find."""
    if command.args:
        return await find.search(turn, command.args)
    leave_step(turn)
    return await _list(turn, OPEN, 0)


@router.callback_query(callbacks.RequestList.filter())
@policy(Action.WORK_ON_REQUESTS)
async def list_page(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestList
) -> Screen:
    """A filter and page of the list."""
    leave_step(turn)
    which = callback_data.which if callback_data.which in FILTERS else OPEN
    return await _list(turn, which, callback_data.page)


async def _list(turn: Turn, which: str, page: int) -> Screen:
    chosen = kept.kept(turn)
    filters = kept.filters(turn, chosen)
    counts = await turn.read(requests.counts, turn.actor, turn.today, filters)
    total = counts.of(which)
    # Beyond MANY nobody has counted: an old button may name a page that is no more.
    page = paging.clamp(page, total if total < MANY else DEEPEST)
    shown = await turn.read(_page, turn.actor, which, turn.today, page, filters)
    if not shown and page:
        page = paging.clamp(page, total)
        shown = await turn.read(_page, turn.actor, which, turn.today, page, filters)
    named = await turn.read(narrowing.names, filters) if filters.many else {}
    said = narrowing_screens.said(turn, chosen, named)
    more = len(shown) > paging.PAGE
    found = lists.Page(shown[: paging.PAGE], page, more, counts, said, filters.many)
    shown_list = lists.listing(turn.t, found, which, turn.today)
    *rows, exits = shown_list.rows
    return replace(shown_list, rows=(*rows, *doors.rows(turn, which), exits))


def _page(
    tx: Connection, actor: Actor, which: str, today: date, page: int, filters: Filters
) -> list[ListedRequest]:
    """A page, and one request more when there is another page."""
    offset, limit = page * paging.PAGE, paging.PAGE + 1
    return requests.listing(tx, actor, which, today, offset, limit, filters)
