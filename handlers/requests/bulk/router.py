"""Requests are marked in the list, what would be done is shown, and then it is done."""

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.requests.bulk import callbacks, kept, screens
from handlers.requests.narrowing.kept import filters as kept_filters
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.wizard import Renderer
from storage import people, requests
from storage.errors import NotFound, NotPossible
from storage.requests import ListedRequest, bulk, categories, deputies
from storage.requests.filters import FILTERS, OPEN
from storage.requests.lists import DEEPEST
from storage.requests.orders import MOST, Deed, Order
from storage.rules.access import Action

router = Router(name="requests.bulk")


@router.callback_query(callbacks.Selecting.filter())
@policy(Action.REASSIGN_REQUESTS)
async def selecting(query: CallbackQuery, turn: Turn, callback_data: callbacks.Selecting) -> Screen:
    """A page of the list on which requests are marked."""
    if callback_data.anew:
        kept.leave(turn)
    return await _page(turn, callback_data.which, callback_data.page)


@router.callback_query(callbacks.Mark.filter())
@policy(Action.REASSIGN_REQUESTS)
async def mark(query: CallbackQuery, turn: Turn, callback_data: callbacks.Mark) -> Screen:
    """Mark one, as it is now, or take its mark away."""
    of, marked = callback_data, kept.marks(turn)
    if marked.pop(of.id, None) is None:
        marked |= await turn.read(bulk.versions, turn.actor, [of.id])
    return await _marked(turn, marked, of.which, of.page)


@router.callback_query(callbacks.MarkPage.filter())
@policy(Action.REASSIGN_REQUESTS)
async def mark_page(query: CallbackQuery, turn: Turn, callback_data: callbacks.MarkPage) -> Screen:
    """Mark all of a page, as they are now."""
    of = callback_data
    shown, _ = await _listed(turn, of.which, of.page)
    fresh = await turn.read(bulk.versions, turn.actor, [one.id for one in shown])
    return await _marked(turn, {**fresh, **kept.marks(turn)}, of.which, of.page)


@router.callback_query(callbacks.WhatToDo.filter())
@policy(Action.REASSIGN_REQUESTS)
async def what_to_do(query: CallbackQuery, turn: Turn, callback_data: callbacks.WhatToDo) -> Screen:
    """What can be done with the marked ones."""
    return screens.deeds(turn) if kept.marks(turn) else await _page(turn, OPEN, 0)


@router.callback_query(callbacks.ManyTo.filter())
@policy(Action.REASSIGN_REQUESTS)
async def many_to(query: CallbackQuery, turn: Turn, callback_data: callbacks.ManyTo) -> Screen:
    """To whom they are handed over."""
    ids = list(kept.marks(turn))
    found = await turn.read(bulk.to_whom, turn.actor, ids, turn.today)
    return screens.to_whom(turn, found, callback_data.page)


@router.callback_query(callbacks.ManyCategory.filter())
@policy(Action.ARRANGE_REQUESTS)
async def many_category(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ManyCategory
) -> Screen:
    """Which category they get."""
    return screens.categories(turn, await turn.read(categories.offered))


@router.callback_query(callbacks.Look.filter())
@policy(Action.REASSIGN_REQUESTS)
async def look(query: CallbackQuery, turn: Turn, callback_data: callbacks.Look) -> Screen:
    """What would be done."""
    of = callback_data
    if of.deed not in set(Deed) or (of.deed == Deed.HAND and not of.to.isdecimal()):
        raise NotFound("deed")
    return await _look(turn, kept.wish(turn, Deed(of.deed), of.to or None))


@router.callback_query(callbacks.DoMany.filter())
@policy(Action.REASSIGN_REQUESTS)
async def do_many(query: CallbackQuery, turn: Turn, callback_data: callbacks.DoMany) -> Screen:
    """Do what was looked at; anything else is looked at first."""
    order = kept.wished(turn, callback_data.seal)
    if order is None:
        return toast(turn.t.plain("This was done or cancelled already (requests)."), alert=True)
    kept.leave(turn)
    result = await turn.write(bulk.do, turn.actor, order, turn.now, turn.today)
    return screens.done(turn, result)


@router.callback_query(callbacks.LeftBehind.filter())
@policy(Action.REASSIGN_REQUESTS)
async def left_behind(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.LeftBehind
) -> Screen:
    """Whose mandate has ended."""
    return screens.left_behind(turn, await turn.read(deputies.left, turn.actor, turn.today))


@router.callback_query(callbacks.LeftBy.filter())
@policy(Action.REASSIGN_REQUESTS)
async def left_by(query: CallbackQuery, turn: Turn, callback_data: callbacks.LeftBy) -> Screen:
    """What one of them left is marked, and handed over next."""
    given = (callback_data.deputy, callback_data.branch, turn.today, MOST)
    found = await turn.read(deputies.left_by, turn.actor, *given)
    if not found:
        raise NotFound("deputy")
    kept.mark(turn, found)
    to = await turn.read(bulk.to_whom, turn.actor, list(found), turn.today)
    return screens.to_whom(turn, to, 0)


@router.callback_query(callbacks.HandedOn.filter())
@policy(Action.LOG_REQUESTS)
async def handed_on(query: CallbackQuery, turn: Turn, callback_data: callbacks.HandedOn) -> Screen:
    """The requests that one had before."""
    page = min(callback_data.page, DEEPEST)
    found, total = await turn.read(deputies.past, turn.actor, page * paging.PAGE, paging.PAGE)
    if not found and total:
        page = paging.clamp(page, total)
        found, _ = await turn.read(deputies.past, turn.actor, page * paging.PAGE, paging.PAGE)
    return screens.handed_on(turn, found, page, total, lambda to: callbacks.HandedOn(page=to))


async def again(turn: Turn) -> Screen:
    """The marks as they stand."""
    return await _page(turn, OPEN, 0)


RESUME: dict[str, Renderer] = {kept.STATE: again}


async def _look(turn: Turn, order: Order) -> Screen:
    try:
        result = await turn.read(bulk.look, turn.actor, order, turn.today)
    except NotPossible:  # nothing is marked, or the category is closed by now
        return screens.deeds(turn, turn.t("This is not possible any more: it has changed."))
    return screens.look(turn, order, await _target(turn, order), result)


async def _target(turn: Turn, order: Order) -> str:
    if order.deed is Deed.HAND:
        return (await turn.read(people.get, int(order.to or 0))).name
    if order.deed is Deed.CATEGORY:
        category = await turn.read(categories.get, order.to or "")
        return turn.t.pick(category.name_kk, category.name_ru)
    return ""


async def _marked(turn: Turn, marked: dict[int, int], which: str, page: int) -> Screen:
    fits = kept.mark(turn, marked)
    mistake = None if fits else turn.t("At most {n} requests at once.", n=MOST)
    return await _page(turn, which, page, mistake)


async def _page(turn: Turn, which: str, page: int, mistake: Markup | None = None) -> Screen:
    which = which if which in FILTERS else OPEN
    shown, more = await _listed(turn, which, page)
    return screens.marking(turn, shown, which, page, mistake, more=more)


async def _listed(turn: Turn, which: str, page: int) -> tuple[list[ListedRequest], bool]:
    """A page of the list as it is narrowed, and whether another one follows."""
    which = which if which in FILTERS else OPEN
    window = (page * paging.PAGE, paging.PAGE + 1, kept_filters(turn))
    found = await turn.read(requests.listing, turn.actor, which, turn.today, *window)
    return found[: paging.PAGE], len(found) > paging.PAGE
