"""The filters of the list of requests: each chosen in two taps at most, all of them combined."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Connection

from handlers.requests.filters import NoCommand
from handlers.requests.narrowing import kept, period, screens
from handlers.requests.narrowing.callbacks import (
    Choose,
    ClearFilters,
    Narrow,
    OpenFilters,
    TypePeriod,
)
from handlers.requests.narrowing.kept import DAYS, PERIOD, PERIODS, PLACE, STEPS, Kept
from handlers.requests.narrowing.period import NoPeriod
from handlers.turn import Turn
from handlers.ui import date_mistakes, texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.typed_dates import DateMistake
from storage import requests
from storage.requests import categories, narrowing
from storage.requests.filters import FILTERS, OPEN
from storage.rules.access import Action, Actor, may
from storage.rules.terms import terms
from storage.rules.waiting import WaitsFor

router = Router(name="requests.narrowing")

LONGEST = 60  # characters of a typed place or period
NUMBER_DIGITS = 18


@router.callback_query(OpenFilters.filter())
@policy(Action.WORK_ON_REQUESTS)
async def open_filters(query: CallbackQuery, turn: Turn, callback_data: OpenFilters) -> Screen:
    """All filters."""
    _leave(turn)
    return await _show(turn, callback_data.which)


@router.callback_query(Narrow.filter())
@policy(Action.WORK_ON_REQUESTS)
async def narrow(query: CallbackQuery, turn: Turn, callback_data: Narrow) -> Screen:
    """One of them is chosen, or taken back."""
    _leave(turn)
    chosen = await _chosen(turn, kept.kept(turn), callback_data.part, callback_data.value)
    kept.keep(turn, chosen)
    return await _show(turn, callback_data.which, chosen)


@router.callback_query(Choose.filter())
@policy(Action.WORK_ON_REQUESTS)
async def choose(query: CallbackQuery, turn: Turn, callback_data: Choose) -> Screen:
    """What may be chosen; a place may be typed, too."""
    which, part = _known(callback_data.which), callback_data.part
    if part not in screens.CHOICES:
        return await _show(turn, which)
    _leave(turn)
    found = await turn.read(_values, turn.actor, part, kept.kept(turn).branch, turn.t.language)
    if part == "place":
        turn.conversation.pause()
        turn.conversation.to(PLACE, which=which)
    return screens.choose(turn, which, part, found, callback_data.page)


@router.message(StateFilter(PLACE), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def place_typed(message: Message, turn: Turn) -> Screen:
    """The settlement of that name, else the words."""
    which = str(turn.conversation.data.get("which"))
    typed = texts.typed(message.text, LONGEST)
    if isinstance(typed, texts.Mistake) or not terms(typed):
        found = await turn.read(_values, turn.actor, "place", None, turn.t.language)
        return screens.choose(turn, which, "place", found, 0)
    now = kept.kept(turn)
    known = await turn.read(narrowing.places, turn.actor, now.branch)
    one = narrowing.place_named(known, typed)
    words = None if one else " ".join(typed.split())
    turn.conversation.clear()
    chosen = replace(now, settlement=one.id if one else None, place=words)
    kept.keep(turn, chosen)
    return await _show(turn, which, chosen)


@router.callback_query(TypePeriod.filter())
@policy(Action.WORK_ON_REQUESTS)
async def type_period(query: CallbackQuery, turn: Turn, callback_data: TypePeriod) -> Screen:
    """Ask for the days."""
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(PERIOD, which=_known(callback_data.which))
    return screens.period_step(turn)


@router.message(StateFilter(PERIOD), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def period_typed(message: Message, turn: Turn) -> Screen:
    """The days came."""
    typed = texts.typed(message.text, LONGEST)
    if isinstance(typed, texts.Mistake):
        return screens.period_step(turn, texts.told(turn.t, typed, LONGEST))
    try:
        first, last = period.read(turn, typed)
    except DateMistake as mistake:
        return screens.period_step(turn, date_mistakes.told(turn.t, mistake, turn.local))
    except NoPeriod:
        return screens.period_step(turn, turn.t("The first day comes first, and not after today."))
    which = str(turn.conversation.data.get("which"))
    turn.conversation.clear()
    since, until = first.isoformat(), last.isoformat()
    chosen = replace(kept.kept(turn), period=DAYS, since=since, until=until)
    kept.keep(turn, chosen)
    return await _show(turn, which, chosen)


@router.callback_query(ClearFilters.filter())
@policy(Action.WORK_ON_REQUESTS)
async def clear(query: CallbackQuery, turn: Turn, callback_data: ClearFilters) -> Screen:
    """Narrow by nothing."""
    kept.keep(turn, Kept())
    return await _show(turn, callback_data.which, Kept())


async def _show(turn: Turn, which: str, chosen: Kept | None = None) -> Screen:
    chosen = kept.kept(turn) if chosen is None else chosen
    filters = kept.filters(turn, chosen)
    counts = await turn.read(requests.counts, turn.actor, turn.today, filters)
    named = await turn.read(narrowing.names, filters)
    return screens.show(turn, _known(which), chosen, named, counts)


async def _chosen(turn: Turn, now: Kept, part: str, value: str) -> Kept:
    """``now`` with a value that a button gave; a forged one changes nothing."""
    if part == "mine":
        return replace(now, mine=not now.mine)
    if part == "waits" and value in set(WaitsFor):
        return now.toggled("waits", value)
    if part == "period" and value in PERIODS:
        return replace(now, since=None, until=None).toggled("period", value)
    if part == "category":
        known = {one.code for one in await turn.read(categories.every)}
        return replace(now, category=value if value in known else None)
    if part == "place":
        places = {one.id for one in await turn.read(narrowing.places, turn.actor, now.branch)}
        one = _id(value)
        return replace(now, settlement=one if one in places else None, place=None)
    if part == "branch":
        branch = _id(value)
        seen = branch is not None and may(turn.actor, Action.WORK_ON_REQUESTS, branch)
        # A settlement is of one branch: that of another finds nothing there.
        return replace(now, branch=branch if seen else None, settlement=None)
    return now


def _values(
    tx: Connection, actor: Actor, part: str, branch: int | None, language: str
) -> list[tuple[str, str]]:
    """The values of a part with their names in ``language``."""
    russian = language == "ru"
    if part == "branch":
        return [(str(b.id), b.named(language)) for b in narrowing.within_reach(tx, actor)]
    if part == "category":
        return [(c.code, c.name_ru if russian else c.name_kk) for c in categories.every(tx)]
    found = narrowing.places(tx, actor, branch)
    return [(str(one.id), one.name_ru if russian else one.name_kk) for one in found]


def _id(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) <= NUMBER_DIGITS else None


def _known(which: str) -> str:
    return which if which in FILTERS else OPEN


def _leave(turn: Turn) -> None:
    """A place or a period that is waited for is not waited for any more."""
    if turn.conversation.state in STEPS:
        turn.conversation.clear()
