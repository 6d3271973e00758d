"""The own clock stands and goes on; a later day is asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import asking, words
from handlers.requests.cards import overtaken, show_card
from handlers.requests.clocks import deciding, explaining, screens
from handlers.requests.clocks.callbacks import (
    Extend,
    ExtendTo,
    GoOn,
    Pause,
)
from handlers.requests.clocks.screens import DAY, FAULTS, PAUSE, REASON, WHY
from handlers.requests.filters import NoCommand
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing, texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.typed_dates import DateMistake
from handlers.ui.typed_days import told, typed_day
from storage import requests, working_days
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import VoterRequest, asked_extensions, extending, pausing
from storage.requests.asked_extensions import CLOCKS, LEGAL, OWN
from storage.rules import extensions
from storage.rules.access import Action

router = Router(name="requests.clocks")
router.include_routers(explaining.router, deciding.router)

STATE = asking.CAPABILITY
PLACE = "request_clock"


@router.callback_query(Pause.filter())
@policy(Action.WORK_ON_REQUESTS)
async def pause(_query: CallbackQuery, turn: Turn, callback_data: Pause) -> Screen:
    """Ask for the reason."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version:
        return await overtaken(turn, request.id, AlreadyChanged())
    return await asking.begin(turn, PAUSE, request, screens.pause_step)


@router.message(StateFilter(f"{STATE}:{PAUSE}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def pause_reason(message: Message, turn: Turn) -> Screen:
    """The reason was typed: the clock stands."""
    reason = _words(turn, message)
    if isinstance(reason, Markup):
        return await screens.pause_step(turn, reason)
    request_id, version = asking.asked_about(turn)
    said = turn.t("⏸ The clock stands; nobody is reminded.")
    return await _done(turn, request_id, said, pausing.start, version, reason)


@router.callback_query(GoOn.filter())
@policy(Action.WORK_ON_REQUESTS)
async def go_on(_query: CallbackQuery, turn: Turn, callback_data: GoOn) -> Screen:
    """The clock runs again."""
    said = turn.t("▶️ The clock goes on; the term has moved by the working days it stood.")
    return await _done(turn, callback_data.id, said, pausing.end, callback_data.version)


@router.callback_query(Extend.filter())
@policy(Action.WORK_ON_REQUESTS)
async def extend(_query: CallbackQuery, turn: Turn, callback_data: Extend) -> Screen:
    """Which clock, where two run; then to which day."""
    of = callback_data
    request = await turn.read(requests.get, turn.actor, of.id)
    if request.version != of.version or request.answered:
        return await overtaken(turn, request.id, AlreadyChanged())
    if of.clock not in CLOCKS and screens.with_two(request):
        return _clocks(turn, request)
    clock = of.clock if of.clock in CLOCKS else OWN
    return await asking.begin(turn, DAY, request, screens.day_step, clock=clock)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def clock_named(message: Message, turn: Turn) -> Screen:
    """Which clock was typed, or a part of its name."""
    data = turn.conversation.data
    request = await turn.read(requests.get, turn.actor, int(data["id"]))
    if request.version != data["version"] or not screens.with_two(request):
        return await overtaken(turn, request.id, AlreadyChanged())
    labels = [(turn.t.plain(name), clock) for clock, name in screens.CLOCKS.items()]
    clock = choosing.meant(message.text, labels)
    if clock is None:
        return _clocks(turn, request, choosing.below(turn.t))
    return await asking.begin(turn, DAY, request, screens.day_step, clock=clock)


@router.callback_query(ExtendTo.filter(), StateFilter(f"{STATE}:{DAY}"))
@policy(Action.WORK_ON_REQUESTS)
async def day_tapped(_query: CallbackQuery, turn: Turn, callback_data: ExtendTo) -> Screen:
    """A day was tapped."""
    if asking.asked_about(turn)[0] != callback_data.id:
        return await show_card(turn, callback_data.id)
    try:
        day = date.fromordinal(callback_data.day)
    except (ValueError, OverflowError):
        day = date.max
    return await _take(turn, day)


@router.message(StateFilter(f"{STATE}:{DAY}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A day was typed."""
    try:
        day = typed_day(turn, message.text or "").day
    except DateMistake as mistake:
        return await screens.day_step(turn, told(turn, mistake))
    return await _take(turn, day)


@router.message(StateFilter(f"{STATE}:{WHY}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def why_typed(message: Message, turn: Turn) -> Screen:
    """The reason was typed: it is asked for."""
    reason = _words(turn, message)
    if isinstance(reason, Markup):
        return await screens.why_step(turn, reason)
    request_id, version = asking.asked_about(turn)
    data = turn.conversation.data
    day = date.fromisoformat(data["day"])
    said = turn.t("📅 The extension is asked for: a secretary decides.")
    return await _done(turn, request_id, said, extending.ask, version, data["clock"], day, reason)


def _clocks(turn: Turn, request: VoterRequest, mistake: Markup | None = None) -> Screen:
    choosing.wait(turn, PLACE, id=request.id, version=request.version)
    return screens.clocks(turn.t, request, mistake)


async def _take(turn: Turn, day: date) -> Screen:
    """Look at the day before the reason is asked for."""
    request_id, _ = asking.asked_about(turn)
    request = await turn.read(requests.get, turn.actor, request_id)
    calendar = await turn.read(working_days.load)
    clock = str(turn.conversation.data["clock"])
    due_on = asked_extensions.due_of(request, clock) or request.due_on
    legal = clock == LEGAL
    first = request.first_legal_due_on or due_on
    latest = extensions.latest(turn.today, first, calendar, legal=legal)
    why = extensions.fault(due_on, day, turn.today, latest, calendar)
    if why is not None:
        named = "law" if why == "far" and legal else why
        return await screens.day_step(turn, turn.t(FAULTS[named]))
    turn.conversation.to(f"{STATE}:{WHY}", day=day.isoformat())
    return await screens.why_step(turn)


def _words(turn: Turn, message: Message) -> str | Markup:
    """The typed words, or what is wrong with them."""
    typed = texts.typed(message.text, REASON)
    if isinstance(typed, texts.Mistake):
        return texts.told(turn.t, typed, REASON)
    return typed if texts.has_words(typed) else words.none(turn.t)


async def _done(
    turn: Turn, request_id: int, said: Markup, fn: Callable[..., VoterRequest], *given: Any
) -> Screen:
    """Do ``fn`` and show the card; what stood in the way is said above it."""
    turn.conversation.clear()
    try:
        await turn.write(fn, turn.actor, request_id, *given, turn.now, turn.zone)
    except AlreadyChanged as error:
        turn.conversation.clear()
        return await overtaken(turn, request_id, error)
    except NotPossible as error:
        return await show_card(turn, request_id, said=screens.fault(turn.t, error.reason))
    return await show_card(turn, request_id, said=said)
