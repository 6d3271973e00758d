"""Keeping indicators: a new one in one message, another value of a field, the plans of a year."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers import failures
from handlers.indicators import facts, keeping_screens, screens
from handlers.indicators.callbacks import (
    AddIndicator,
    EditIndicator,
    KeepIndicator,
    PlanOf,
    Plans,
    SetIndicator,
)
from handlers.indicators.showing import seen
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import amounts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage import branches, indicators, people
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.indicators import FIELDS, Indicator, NewIndicator, keeping
from storage.indicators.keeping import CHOICES
from storage.rules.access import Action
from storage.rules.reporting_periods import Period

router = Router(name="indicators.keeping")

ADDING, EDITING, PLANNING = (f"{facts.CAPABILITY}:{step}" for step in ("add", "edit", "plan"))
NUMBERS = ("base_value", "base_year", "due_days")
NONE = "-"  # typed where a value is taken away
OPTIONAL = ("source", "base_value", "base_year")


@router.callback_query(AddIndicator.filter())
@policy(Action.MANAGE_ROADMAP)
async def add(query: CallbackQuery, turn: Turn, callback_data: AddIndicator) -> Screen:
    """In which branch, then its words."""
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    facts.leave(turn)
    if not callback_data.branch and len(reach) != 1:
        return keeping_screens.branch_step(turn, reach)
    wanted = callback_data.branch or reach[0].id
    if all(one.id != wanted for one in reach):
        raise NotFound("branch")
    turn.conversation.pause()
    turn.conversation.to(ADDING, branch=wanted)
    return await show(turn)


@router.message(StateFilter(ADDING), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def added(message: Message, turn: Turn) -> Screen:
    """Its words, a line each."""
    said = [line.strip() for line in (message.text or "").splitlines() if line.strip()]
    if len(said) != keeping_screens.LINES:
        return await show(turn, turn.t("Five lines are needed, as in the example."))
    name_kk, name_ru, direction_kk, direction_ru, unit = said
    branch = int(turn.conversation.data["branch"])
    turn.conversation.to(ADDING, **{FILLED: True})
    new = NewIndicator(branch, direction_kk, direction_ru, name_kk, name_ru, unit, unit)
    return await _write(turn, indicators.add, new, turn.now, turn.zone)


@router.callback_query(KeepIndicator.filter())
@policy(Action.MANAGE_ROADMAP)
async def keep(query: CallbackQuery, turn: Turn, callback_data: KeepIndicator) -> Screen:
    """What can be changed."""
    facts.leave(turn)
    one = await turn.read(keeping.managed, turn.actor, callback_data.id)
    return keeping_screens.fields(turn, one)


@router.callback_query(EditIndicator.filter())
@policy(Action.MANAGE_ROADMAP)
async def edit(query: CallbackQuery, turn: Turn, callback_data: EditIndicator) -> Screen:
    """A field is chosen among its values, or typed next."""
    of = callback_data
    one = await turn.read(keeping.managed, turn.actor, of.id)
    if one.version != of.version or of.field not in FIELDS:
        return _stale(turn, one, AlreadyChanged())
    facts.leave(turn)
    if of.field in CHOICES:
        return keeping_screens.choice(turn, one, of.field)
    if of.field == "reporter_id":
        able = (Action.REPORT_ROADMAP, one.branch_id, turn.today)
        return keeping_screens.reporter(turn, one, await turn.read(people.able, *able), of.page)
    turn.conversation.pause()
    turn.conversation.to(EDITING, id=one.id, version=one.version, field=of.field)
    return await show(turn)


@router.callback_query(SetIndicator.filter())
@policy(Action.MANAGE_ROADMAP)
async def chosen(query: CallbackQuery, turn: Turn, callback_data: SetIndicator) -> Screen:
    """A value of a field that has few."""
    of = callback_data
    value: Any = of.value
    if of.field == "reporter_id":
        value = int(value) if value.isdecimal() and len(value) < 19 else 0
    elif of.field not in CHOICES:
        raise NotPossible("field")
    return await _change(turn, of.id, of.version, of.field, value)


@router.message(StateFilter(EDITING), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def typed(message: Message, turn: Turn) -> Screen:
    """A field as it was typed."""
    data, said = turn.conversation.data, (message.text or "").strip()
    field = str(data["field"])
    value: str | float | None = said
    if said == NONE and field in OPTIONAL:
        value = None
    elif field in NUMBERS:
        value = amounts.read(said)
        if value is None:
            return await show(turn, turn.t("This is no number: {value}", value=said[:60]))
    return await _change(turn, int(data["id"]), int(data["version"]), field, value)


@router.callback_query(Plans.filter())
@policy(Action.MANAGE_ROADMAP)
async def plans(query: CallbackQuery, turn: Turn, callback_data: Plans) -> Screen:
    """The plans of a year."""
    facts.leave(turn)
    one = await turn.read(keeping.managed, turn.actor, callback_data.id)
    return keeping_screens.plans(turn, one, callback_data.year or turn.today.year)


@router.callback_query(PlanOf.filter())
@policy(Action.MANAGE_ROADMAP)
async def plan(query: CallbackQuery, turn: Turn, callback_data: PlanOf) -> Screen:
    """The plan of a period is typed next."""
    of = callback_data
    one = await turn.read(keeping.managed, turn.actor, of.id)
    if one.version != of.version:
        return _stale(turn, one, AlreadyChanged())
    facts.leave(turn)
    turn.conversation.pause()
    turn.conversation.to(PLANNING, id=one.id, version=one.version, year=of.year, month=of.month)
    return await show(turn)


@router.message(StateFilter(PLANNING), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def planned(message: Message, turn: Turn) -> Screen:
    """The plan as it was typed; a dash takes it away."""
    data, said = turn.conversation.data, (message.text or "").strip()
    one = await turn.read(keeping.managed, turn.actor, int(data["id"]))
    value = None if said == NONE else amounts.read(said, one.unit_kk, one.unit_ru)
    if value is None and said != NONE:
        return await show(turn, turn.t("This is no number: {value}", value=said[:60]))
    period = Period(int(data["year"]), int(data["month"]))
    given = (one.id, int(data["version"]), period, value, turn.now, turn.zone)
    return await _write(
        turn,
        indicators.set_plan,
        *given,
        then=lambda kept: keeping_screens.plans(turn, kept, period.year),
    )


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    state, data = turn.conversation.state, turn.conversation.data
    if state == ADDING:
        return keeping_screens.add_step(turn, mistake)
    one = await turn.read(keeping.managed, turn.actor, int(data["id"]))
    if state == PLANNING:
        period = Period(int(data["year"]), int(data["month"]))
        return keeping_screens.plan_step(turn, one, period, mistake)
    return keeping_screens.edit_step(turn, one, str(data["field"]), mistake)


RESUME: dict[str, Renderer] = dict.fromkeys((ADDING, EDITING, PLANNING), show)


async def _change(turn: Turn, indicator_id: int, version: int, field: str, value: Any) -> Screen:
    return await _write(
        turn,
        indicators.change,
        *(indicator_id, version, field, value, turn.now, turn.zone),
        then=lambda kept: keeping_screens.fields(turn, kept),
    )


async def _write(
    turn: Turn,
    fn: Callable[..., Indicator],
    *given: Any,
    then: Callable[[Indicator], Screen] | None = None,
) -> Screen:
    """Do it; what does not fit is told at the step that is open, else on the card."""
    try:
        kept = await turn.write_then(lambda _: turn.conversation.clear(), fn, turn.actor, *given)
    except NotPossible as error:
        why = keeping_screens.why(turn, error)
        if turn.conversation.state in RESUME:
            return await show(turn, why)
        one = await turn.read(keeping.managed, turn.actor, int(given[0]))
        return keeping_screens.fields(turn, one, why)
    except AlreadyChanged as error:
        turn.conversation.clear()
        return _stale(turn, await turn.read(keeping.managed, turn.actor, int(given[0])), error)
    if then is not None:
        return then(kept)
    return screens.card(turn, seen(kept, turn.today))


def _stale(turn: Turn, one: Indicator, error: AlreadyChanged) -> Screen:
    said = failures.changed(turn, error)
    return replace(keeping_screens.fields(turn, one), toast=said[:200], alert=True)
