"""Giving a meeting another day or hour: day, hour, reason, and a look before it is told."""

from datetime import datetime, time

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.life import callbacks, looks, words
from handlers.meetings.life.callbacks import PURPOSE, Move
from handlers.meetings.life.doing import CAPABILITY, Refused, begin, do, wake
from handlers.meetings.life.editing import fields
from handlers.meetings.life.looks import NewDay, Plan
from handlers.meetings.life.plain import managing
from handlers.turn import Turn
from handlers.ui import calendar, texts, wizard
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.typed_dates import DateMistake, Kind, TypedDate
from handlers.ui.typed_days import day_in, hour_in, told
from storage.errors import NotAllowed, NotFound
from storage.meetings import moving, steps
from storage.meetings.moving import REASON_LIMIT
from storage.rules.access import Action
from storage.rules.meeting_states import AHEAD, DRAFT

router = Router(name="meetings.life.moving")

DAY, HOUR, REASON, CHECK = "day", "hour", "reason", "check"


@router.callback_query(Move.filter())
@policy(Action.PREPARE_MEETINGS)
async def move(query: CallbackQuery, turn: Turn, callback_data: Move) -> Screen:
    """The first step: the day."""
    meeting = await turn.read(steps.managed, turn.actor, callback_data.id)
    if meeting.state not in (DRAFT, *AHEAD):
        return fields(turn, meeting)
    begin(turn, DAY, meeting.id, meeting.version)
    return await show(turn)


@router.callback_query(callbacks.ToStep.filter())
@policy(Action.PREPARE_MEETINGS)
async def to_step(query: CallbackQuery, turn: Turn, callback_data: callbacks.ToStep) -> Screen:
    """Back to a step; what the others hold is kept."""
    if not _wake(turn) or callback_data.step not in (DAY, HOUR, REASON):
        return closed(turn)
    return await _to(turn, callback_data.step)


@router.callback_query(MonthFor(PURPOSE))
@policy(Action.PREPARE_MEETINGS)
async def month_turned(query: CallbackQuery, turn: Turn, callback_data: TurnMonth) -> Screen:
    """Another month of the calendar."""
    if not _wake(turn):
        return closed(turn)
    turn.conversation.to(f"{CAPABILITY}:{DAY}")
    return await show(turn, month=calendar.turned(callback_data, turn.today).isoformat())


@router.callback_query(DayFor(PURPOSE))
@policy(Action.PREPARE_MEETINGS)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: PickDay) -> Screen:
    """A day of the calendar."""
    if not _wake(turn):
        return closed(turn)
    try:
        day = calendar.picked(callback_data, turn.today)
    except DateMistake as mistake:
        return await _to(turn, DAY, told(turn, mistake))
    return await _take_day(turn, TypedDate(day))


@router.message(StateFilter(f"{CAPABILITY}:{DAY}"))
@policy(Action.PREPARE_MEETINGS)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A day, perhaps with its hour."""
    typed = day_in(turn, message.text)
    return await show(turn, typed) if isinstance(typed, Markup) else await _take_day(turn, typed)


@router.callback_query(callbacks.PickHour.filter())
@policy(Action.PREPARE_MEETINGS)
async def hour_tapped(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.PickHour
) -> Screen:
    """One of the usual times."""
    if not _wake(turn):
        return closed(turn)
    hour, minute = divmod(callback_data.minutes, 60)
    if hour > 23:
        return await _to(turn, HOUR, told(turn, DateMistake(Kind.NO_SUCH_TIME)))
    return await _take_hour(turn, time(hour, minute))


@router.message(StateFilter(f"{CAPABILITY}:{HOUR}"))
@policy(Action.PREPARE_MEETINGS)
async def hour_typed(message: Message, turn: Turn) -> Screen:
    """A time of day; a day with its time is understood too."""
    typed = hour_in(turn, message.text)
    if isinstance(typed, Markup):
        return await show(turn, typed)
    if isinstance(typed, time):
        return await _take_hour(turn, typed)
    return await _take_day(turn, typed)


@router.message(StateFilter(f"{CAPABILITY}:{REASON}"))
@policy(Action.PREPARE_MEETINGS)
async def reason_typed(message: Message, turn: Turn) -> Screen:
    """Why it is moved."""
    text = texts.typed(message.text, REASON_LIMIT)
    if isinstance(text, texts.Mistake):
        return await show(turn, texts.told(turn.t, text, REASON_LIMIT))
    turn.conversation.data["reason"] = " ".join(text.split())
    return await _to(turn, CHECK)


@router.callback_query(callbacks.NoReason.filter())
@policy(Action.PREPARE_MEETINGS)
async def no_reason(query: CallbackQuery, turn: Turn) -> Screen:
    """Nothing is said of it."""
    if not _wake(turn) or not turn.conversation.data.get("hour"):
        return closed(turn)
    turn.conversation.data.pop("reason", None)
    return await _to(turn, CHECK)


@router.message(StateFilter(f"{CAPABILITY}:{CHECK}"))
@policy(Action.PREPARE_MEETINGS)
async def typed_at_buttons(message: Message, turn: Turn) -> Screen:
    """Here is nothing to type."""
    return await show(turn, turn.t("Nothing is typed at this step: tap a button, please."))


@router.callback_query(callbacks.ConfirmMove.filter())
@policy(Action.PREPARE_MEETINGS)
async def confirm(query: CallbackQuery, turn: Turn, callback_data: callbacks.ConfirmMove) -> Screen:
    """Move it, if it still is what was shown."""
    data = turn.conversation.data if _wake(turn) else {}
    plan = Plan.of(data)
    moment = plan.starts_at(turn.zone)
    if data.get("meeting") != callback_data.id or moment is None:
        return closed(turn)
    found = await turn.read(looks.new_day, turn, callback_data.id, moment)
    if plan.seal(found.meeting, found.told) != callback_data.seal:
        word = turn.t("It has changed meanwhile. Look at it once more.")
        return await _to(turn, CHECK, alert=word.unescape())
    seen = callback_data.id, callback_data.version
    try:
        meeting = await do(
            turn, moving.reschedule, *seen, moment, plan.reason, found.told, turn.now, turn.zone
        )
    except Refused as refused:
        return await _to(turn, CHECK, refused.why, alert=refused.word)
    return looks.moved(turn, meeting, found.told)


async def show(
    turn: Turn, mistake: Markup | None = None, *, month: str | None = None, alert: str | None = None
) -> Screen:
    """The step where the person stands, about the meeting as it is now."""
    data = turn.conversation.data
    plan, step = Plan.of(data), str(turn.conversation.state).split(":")[1]
    try:
        found = await turn.read(
            looks.new_day, turn, int(data.get("meeting") or 0), plan.starts_at(turn.zone)
        )
    except (NotAllowed, NotFound):
        turn.conversation.clear()
        raise
    if found.meeting.state not in (DRAFT, *AHEAD):
        turn.conversation.clear()
        return fields(turn, found.meeting)
    turn.conversation.to(str(turn.conversation.state), version=found.meeting.version)
    return _shown(turn, step, plan, found, mistake, month, alert)


def _shown(
    turn: Turn,
    step: str,
    plan: Plan,
    found: NewDay,
    mistake: Markup | None,
    month: str | None,
    alert: str | None,
) -> Screen:
    if step == DAY or plan.day is None:
        return looks.day_step(turn, found, mistake, month)
    if step == HOUR or plan.hour is None:
        return looks.hour_step(turn, found, plan.day, mistake)
    if step == REASON:
        return looks.reason_step(turn, mistake)
    return looks.check_move(turn, found, plan, mistake, alert)


async def _to(
    turn: Turn, step: str, mistake: Markup | None = None, *, alert: str | None = None
) -> Screen:
    turn.conversation.to(f"{CAPABILITY}:{step}")
    return await show(turn, mistake, alert=alert)


async def _take_day(turn: Turn, typed: TypedDate) -> Screen:
    turn.conversation.data["day"] = typed.day.isoformat()
    if typed.time is None:
        return await _to(turn, HOUR)
    return await _take_hour(turn, typed.time)


async def _take_hour(turn: Turn, at: time) -> Screen:
    """Keep the hour, if it is ahead and no other meeting of the body is then."""
    data = turn.conversation.data
    plan = Plan.of({**data, "hour": f"{at:%H:%M}"})
    if plan.day is None:
        return await _to(turn, DAY)
    moment = datetime.combine(plan.day, at, turn.zone)
    if moment <= turn.now:
        return await _to(turn, HOUR, told(turn, DateMistake(Kind.IN_THE_PAST, plan.day)))
    found = await turn.read(looks.new_day, turn, int(data.get("meeting") or 0), moment)
    if found.clash is not None:
        return await _to(turn, HOUR, words.overlaps(turn, found.clash))
    if moment == found.meeting.starts_at:
        return await _to(turn, HOUR, words.refused(turn, "same_time"))
    data["hour"] = f"{at:%H:%M}"
    if found.meeting.state == DRAFT:
        return await _set(turn, found.meeting.id, int(data["version"]), moment)
    return await _to(turn, CHECK if "reason" in data else REASON)


async def _set(turn: Turn, meeting_id: int, version: int, moment: datetime) -> Screen:
    try:
        meeting = await do(turn, moving.set_day, meeting_id, version, moment, turn.now)
    except Refused as refused:
        turn.conversation.clear()
        return await managing(turn, meeting_id, refused)
    return fields(turn, meeting, done=True)


def _wake(turn: Turn) -> bool:
    """Take up the moving of a meeting again; something else of it may be open by now."""
    return wake(turn) and str(turn.conversation.state).split(":")[1] in (DAY, HOUR, REASON, CHECK)


def closed(turn: Turn) -> Screen:
    """The button belongs to something that was finished or left."""
    word = turn.t.plain("This is finished already. Open the meeting and begin once more.")
    return toast(word, alert=True)


RESUME: dict[str, wizard.Renderer] = {
    f"{CAPABILITY}:{step}": show for step in (DAY, HOUR, REASON, CHECK)
}
