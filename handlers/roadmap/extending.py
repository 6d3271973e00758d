"""Another deadline: asked for by those who execute an item, decided, or set by a secretary."""

from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.papers.trying import tried_with
from handlers.roadmap import asking, card
from handlers.roadmap.asking import DAYS, EXTEND, MOVE, REASONS, REFUSE, WHY
from handlers.roadmap.callbacks import (
    ApproveExtension,
    AskExtension,
    MoveDeadline,
    RefuseExtension,
)
from handlers.turn import Turn
from handlers.ui import calendar
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.typed_dates import DateMistake, Kind
from handlers.ui.typed_days import typed_day
from storage import roadmap
from storage.roadmap import extending
from storage.rules.access import Action

NOT_LATER = REASONS["not_later"]

router = Router(name="roadmap.extending")


@router.callback_query(AskExtension.filter())
@policy(Action.CARRY_ITEMS)
async def ask_extension(query: CallbackQuery, turn: Turn, callback_data: AskExtension) -> Screen:
    """Until when."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    roadmap.require_report(turn.actor, item)
    if item.version != callback_data.version or item.is_closed:
        return await card.stale(turn, item.id)
    asking.open_step(turn, EXTEND, item)
    return await asking.ask(turn)


@router.callback_query(MoveDeadline.filter())
@policy(Action.MANAGE_ROADMAP)
async def move_deadline(query: CallbackQuery, turn: Turn, callback_data: MoveDeadline) -> Screen:
    """Which day it is from now on."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    if item.version != callback_data.version or item.is_closed:
        return await card.stale(turn, item.id)
    asking.open_step(turn, MOVE, item)
    return await asking.ask(turn)


@router.callback_query(MonthFor(DAYS[EXTEND]))
@router.callback_query(MonthFor(DAYS[MOVE]))
@policy(Action.CARRY_ITEMS)
async def month_turned(query: CallbackQuery, turn: Turn, callback_data: TurnMonth) -> Screen:
    """Another month of the calendar."""
    if turn.conversation.state not in DAYS:
        return _closed(turn)
    return await asking.ask(turn, month=calendar.turned(callback_data, turn.today))


@router.callback_query(DayFor(DAYS[EXTEND]))
@router.callback_query(DayFor(DAYS[MOVE]))
@policy(Action.CARRY_ITEMS)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: PickDay) -> Screen:
    """A day of the calendar."""
    if DAYS.get(str(turn.conversation.state)) != callback_data.purpose:
        return _closed(turn)
    try:
        return await _day(turn, calendar.picked(callback_data, turn.today))
    except DateMistake as mistake:
        return await asking.ask(turn, mistake)


@router.message(StateFilter(EXTEND, MOVE), AnyMessage())
@policy(Action.CARRY_ITEMS)
async def day_written(message: Message, turn: Turn) -> Screen:
    """A day in words or figures."""
    try:
        if not message.text:
            raise DateMistake(Kind.NOT_UNDERSTOOD)
        return await _day(turn, typed_day(turn, message.text).day)
    except DateMistake as mistake:
        return await asking.ask(turn, mistake)


@router.message(StateFilter(WHY), AnyMessage())
@policy(Action.CARRY_ITEMS)
async def why_given(message: Message, turn: Turn) -> Screen:
    """The reason: it is asked for."""
    reason = asking.typed(turn, message.text)
    if isinstance(reason, Markup):
        return await asking.ask(turn, reason)
    item_id, version = asking.about(turn)
    day = date.fromisoformat(str(turn.conversation.data["day"]))
    turn.conversation.clear()
    given = (item_id, version, day, reason, turn.now, turn.today)
    done = await tried_with(turn, REASONS, extending.ask, *given)
    word = turn.t.plain("It is asked for. You will be told of the decision.")
    return await asking.after(turn, item_id, done, word)


@router.callback_query(ApproveExtension.filter())
@policy(Action.MANAGE_ROADMAP)
async def approve(query: CallbackQuery, turn: Turn, callback_data: ApproveExtension) -> Screen:
    """The deadline is extended."""
    of = callback_data
    given = (of.id, of.version, turn.now, turn.zone)
    done = await tried_with(turn, REASONS, extending.approve, *given)
    return await asking.after(turn, of.id, done, turn.t.plain("The deadline is extended."))


@router.callback_query(RefuseExtension.filter())
@policy(Action.MANAGE_ROADMAP)
async def refuse(query: CallbackQuery, turn: Turn, callback_data: RefuseExtension) -> Screen:
    """Ask why not."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    if item.version != callback_data.version:
        return await card.stale(turn, item.id)
    asking.open_step(turn, REFUSE, item)
    return await asking.ask(turn)


@router.message(StateFilter(REFUSE), AnyMessage())
@policy(Action.MANAGE_ROADMAP)
async def refusal_given(message: Message, turn: Turn) -> Screen:
    """Why not: it is refused."""
    word = asking.typed(turn, message.text)
    if isinstance(word, Markup):
        return await asking.ask(turn, word)
    item_id, version = asking.about(turn)
    turn.conversation.clear()
    given = (item_id, version, word, turn.now)
    done = await tried_with(turn, REASONS, extending.refuse, *given)
    return await asking.after(turn, item_id, done, turn.t.plain("The deadline stays."))


async def _day(turn: Turn, day: date) -> Screen:
    item_id, version = asking.about(turn)
    if turn.conversation.state == MOVE:
        turn.conversation.clear()
        given = (item_id, version, day, "", turn.now, turn.zone)
        done = await tried_with(turn, REASONS, roadmap.move_deadline, *given)
        return await asking.after(turn, item_id, done, turn.t.plain("The deadline is set."))
    item = await turn.read(roadmap.get, turn.actor, item_id)
    if day <= item.deadline:
        return await asking.ask(turn, turn.t(NOT_LATER))
    turn.conversation.to(WHY, day=day.isoformat())
    return await asking.ask(turn)


def _closed(turn: Turn) -> Screen:
    return toast(turn.t.plain("This choice is closed. Open the item again."), alert=True)
