"""When a draft goes: a day tapped or typed, then the hour; or at once."""

from datetime import date, datetime, time

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.broadcasts import screens, showing, wizard
from handlers.broadcasts.timing import screens as timing_screens
from handlers.broadcasts.timing.callbacks import AskMoment, AtOnce, PickClock
from handlers.turn import Turn
from handlers.ui import calendar
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.typed_dates import DateMistake, Kind, TypedDate
from handlers.ui.typed_days import day_in, hour_in, told
from storage import working_days
from storage.broadcasts import timing
from storage.broadcasts.reading import get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts.timing")

PURPOSE = timing_screens.PURPOSE
LAST_MINUTE = 24 * 60 - 1


@router.callback_query(AskMoment.filter())
@policy(Action.BROADCAST)
async def ask(query: CallbackQuery, turn: Turn, callback_data: AskMoment) -> Screen:
    """On which day?"""
    draft = await turn.read(get, turn.actor, callback_data.id)
    if (draft.state, draft.version) != ("draft", callback_data.version):
        return await showing.stands_otherwise(turn, draft.id)
    given = {"broadcast_id": draft.id, "version": draft.version}
    showing.ask_of_draft(turn, wizard.DAY, **given)
    return await ask_day(turn)


@router.callback_query(AtOnce.filter())
@policy(Action.BROADCAST)
async def at_once(query: CallbackQuery, turn: Turn, callback_data: AtOnce) -> Screen:
    """As soon as it is confirmed."""
    showing.leave_draft(turn, callback_data.id)
    return await _keep(turn, callback_data.id, callback_data.version, None)


@router.callback_query(MonthFor(PURPOSE))
@policy(Action.BROADCAST)
async def month_turned(query: CallbackQuery, turn: Turn, callback_data: TurnMonth) -> Screen:
    """Another month."""
    if turn.conversation.state not in (wizard.DAY, wizard.HOUR):
        return _closed(turn)
    return await ask_day(turn, month=calendar.turned(callback_data, turn.today))


@router.callback_query(DayFor(PURPOSE))
@policy(Action.BROADCAST)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: PickDay) -> Screen:
    """A day of the calendar."""
    if turn.conversation.state not in (wizard.DAY, wizard.HOUR):
        return _closed(turn)
    try:
        day = calendar.picked(callback_data, turn.today)
    except DateMistake as mistake:
        return await ask_day(turn, told(turn, mistake))
    return await _take_day(turn, day)


@router.message(StateFilter(wizard.DAY))
@policy(Action.BROADCAST)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A day, perhaps with its hour."""
    typed = day_in(turn, message.text)
    return await ask_day(turn, typed) if isinstance(typed, Markup) else await _typed(turn, typed)


@router.callback_query(PickClock.filter())
@policy(Action.BROADCAST)
async def clock_tapped(query: CallbackQuery, turn: Turn, callback_data: PickClock) -> Screen:
    """One of the usual hours."""
    if turn.conversation.state != wizard.HOUR or callback_data.minutes > LAST_MINUTE:
        return _closed(turn)
    return await _take(turn, _day(turn), time(*divmod(callback_data.minutes, 60)))


@router.message(StateFilter(wizard.HOUR))
@policy(Action.BROADCAST)
async def hour_typed(message: Message, turn: Turn) -> Screen:
    """A time of day; a day with its time is understood too."""
    typed = hour_in(turn, message.text)
    if isinstance(typed, Markup):
        return await ask_hour(turn, typed)
    if isinstance(typed, time):
        return await _take(turn, _day(turn), typed)
    return await _typed(turn, typed)


async def ask_day(
    turn: Turn, mistake: Markup | None = None, *, month: date | None = None
) -> Screen:
    """The day, on a calendar."""
    working = await turn.read(working_days.load)
    turn.conversation.to(wizard.DAY)
    return timing_screens.day(turn, working, month or turn.today, mistake)


async def ask_hour(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The time of day."""
    return timing_screens.hour(turn, _day(turn), mistake)


async def _typed(turn: Turn, typed: TypedDate) -> Screen:
    if typed.time is None:
        return await _take_day(turn, typed.day)
    return await _take(turn, typed.day, typed.time)


async def _take_day(turn: Turn, day: date) -> Screen:
    turn.conversation.to(wizard.HOUR, day=day.isoformat())
    return await ask_hour(turn)


async def _take(turn: Turn, day: date, at: time) -> Screen:
    moment = datetime.combine(day, at, turn.zone)
    if moment <= turn.now:
        turn.conversation.to(wizard.HOUR, day=day.isoformat())
        return await ask_hour(turn, told(turn, DateMistake(Kind.IN_THE_PAST, day)))
    if moment > turn.now + timing.FARTHEST:
        farthest = (turn.local + timing.FARTHEST).date()
        return await ask_day(turn, told(turn, DateMistake(Kind.TOO_FAR, farthest)))
    data = turn.conversation.data
    number, version = data["broadcast_id"], data["version"]
    turn.conversation.clear()
    return await _keep(turn, number, version, moment)


async def _keep(turn: Turn, number: int, version: int, moment: datetime | None) -> Screen:
    given = (number, version, moment, turn.now, turn.today)
    try:
        shown = await turn.write(timing.schedule, turn.actor, *given)
    except (AlreadyChanged, NotPossible):
        return await showing.stands_otherwise(turn, number)
    return screens.preview(turn.t, shown, now=turn.local)


def _day(turn: Turn) -> date:
    return date.fromisoformat(turn.conversation.data["day"])


def _closed(turn: Turn) -> Screen:
    word = turn.t.plain("This is finished already. Open your broadcasts: /broadcasts")
    return toast(word, alert=True)


wizard.RESUME[wizard.DAY] = ask_day
wizard.RESUME[wizard.HOUR] = ask_hour
