"""Announcing a meeting: body, day, time, place, agenda, and a look at it before it goes out."""

from dataclasses import replace
from datetime import time

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.announcing import callbacks, check, screens
from handlers.meetings.announcing.callbacks import PURPOSE, NewMeeting
from handlers.meetings.announcing.draft import (
    CAPABILITY,
    CHECK,
    STEPS,
    AgendaMistake,
    Draft,
    agenda_of,
    wake,
)
from handlers.meetings.announcing.steps import RESUME, ask, show, take, take_date, take_time, whole
from handlers.turn import Turn
from handlers.ui import calendar, texts
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.policy import policy
from handlers.ui.screen import MAX_TEXT, Screen, toast
from handlers.ui.typed_dates import DateMistake, Kind, TypedDate
from handlers.ui.typed_days import day_in, hour_in, told
from storage import branches, working_days
from storage.errors import NotPossible
from storage.meetings import announcements, calling
from storage.meetings.announcements import PLACE_LIMIT, Announcement
from storage.rules.access import Action

__all__ = ["RESUME", "NewMeeting", "router"]

router = Router(name="meetings.announce")


# Beginning and going on


@router.message(Command("newmeeting"))
@router.callback_query(NewMeeting.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin(
    event: Message | CallbackQuery, turn: Turn, callback_data: NewMeeting | None = None
) -> Screen:
    """The first step; an unfinished draft is offered first."""
    turn.conversation.pause()
    if CAPABILITY in turn.conversation.paused and not (callback_data and callback_data.anew):
        return screens.unfinished(turn.t)
    if turn.conversation.resume(CAPABILITY):
        turn.conversation.clear()
    turn.conversation.to(f"{CAPABILITY}:body", token=_token(turn))
    return await show(turn)


@router.callback_query(callbacks.GoOn.filter())
@policy(Action.PREPARE_MEETINGS)
async def go_on(query: CallbackQuery, turn: Turn) -> Screen:
    """Go on where the draft was left."""
    return await show(turn) if wake(turn) else _no_draft(turn)


@router.callback_query(callbacks.ToStep.filter())
@policy(Action.PREPARE_MEETINGS)
async def to_step(query: CallbackQuery, turn: Turn, callback_data: callbacks.ToStep) -> Screen:
    """Back to a step; what the others hold is kept."""
    if not wake(turn) or callback_data.step not in STEPS:
        return _no_draft(turn)
    return await ask(turn, callback_data.step)


# Tapped answers


@router.callback_query(callbacks.ChooseBody.filter())
@policy(Action.PREPARE_MEETINGS)
async def body_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChooseBody
) -> Screen:
    """Whose meeting it is."""
    if not wake(turn):
        return _no_draft(turn)
    branch_id, body = callback_data.branch_id, callback_data.body
    await turn.read(calling.called, turn.actor, branch_id, body, turn.today)
    return await take(turn, branch_id=branch_id, body=body)


@router.callback_query(MonthFor(PURPOSE))
@policy(Action.PREPARE_MEETINGS)
async def month_turned(query: CallbackQuery, turn: Turn, callback_data: TurnMonth) -> Screen:
    """Another month of the calendar."""
    if not wake(turn):
        return _no_draft(turn)
    turn.conversation.to(f"{CAPABILITY}:day")
    working = await turn.read(working_days.load)
    return screens.day_step(turn, working, calendar.turned(callback_data, turn.today))


@router.callback_query(DayFor(PURPOSE))
@policy(Action.PREPARE_MEETINGS)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: PickDay) -> Screen:
    """A day of the calendar."""
    if not wake(turn):
        return _no_draft(turn)
    try:
        day = calendar.picked(callback_data, turn.today)
    except DateMistake as mistake:
        return await ask(turn, "day", told(turn, mistake))
    return await take_date(turn, TypedDate(day))


@router.callback_query(callbacks.ChooseTime.filter())
@policy(Action.PREPARE_MEETINGS)
async def time_tapped(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChooseTime
) -> Screen:
    """One of the usual times."""
    if not wake(turn):
        return _no_draft(turn)
    hour, minute = divmod(callback_data.minutes, 60)
    try:
        at = time(hour, minute)
    except ValueError:
        return await ask(turn, "time", told(turn, DateMistake(Kind.NO_SUCH_TIME)))
    return await take_time(turn, at)


@router.callback_query(callbacks.SkipStep.filter())
@policy(Action.PREPARE_MEETINGS)
async def skipped(query: CallbackQuery, turn: Turn, callback_data: callbacks.SkipStep) -> Screen:
    """No place, or no agenda."""
    if not wake(turn) or callback_data.step not in ("place", "agenda"):
        return _no_draft(turn)
    return await take(turn, **{callback_data.step: None})


# Typed answers


@router.message(StateFilter(f"{CAPABILITY}:body", f"{CAPABILITY}:{CHECK}"))
@policy(Action.PREPARE_MEETINGS)
async def typed_at_buttons(message: Message, turn: Turn) -> Screen:
    """Here is nothing to type."""
    return await show(turn, turn.t("Nothing is typed at this step: tap a button, please."))


@router.message(StateFilter(f"{CAPABILITY}:day"))
@policy(Action.PREPARE_MEETINGS)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A day, perhaps with its time."""
    typed = day_in(turn, message.text)
    return await show(turn, typed) if isinstance(typed, Markup) else await take_date(turn, typed)


@router.message(StateFilter(f"{CAPABILITY}:time"))
@policy(Action.PREPARE_MEETINGS)
async def time_typed(message: Message, turn: Turn) -> Screen:
    """A time of day; a day with its time is understood too."""
    typed = hour_in(turn, message.text)
    if isinstance(typed, Markup):
        return await show(turn, typed)
    if isinstance(typed, time):
        return await take_time(turn, typed)
    if typed.time is None:
        return await show(turn, told(turn, DateMistake(Kind.NOT_UNDERSTOOD), at=True))
    return await take_date(turn, typed)


@router.message(StateFilter(f"{CAPABILITY}:place"))
@policy(Action.PREPARE_MEETINGS)
async def place_typed(message: Message, turn: Turn) -> Screen:
    """Where it takes place."""
    place = texts.typed(message.text, PLACE_LIMIT)
    if isinstance(place, texts.Mistake):
        return await show(turn, texts.told(turn.t, place, PLACE_LIMIT))
    return await take(turn, place=" ".join(place.split()))


@router.message(StateFilter(f"{CAPABILITY}:agenda"))
@policy(Action.PREPARE_MEETINGS)
async def agenda_typed(message: Message, turn: Turn) -> Screen:
    """The agenda, an item a line."""
    text = texts.typed(message.text, MAX_TEXT)
    if isinstance(text, texts.Mistake):
        return await show(turn, texts.told(turn.t, text, MAX_TEXT))
    try:
        return await take(turn, agenda=agenda_of(text))
    except AgendaMistake as mistake:
        return await show(turn, screens.agenda_mistake(turn.t, mistake))


# The end


@router.callback_query(callbacks.Confirm.filter())
@policy(Action.PREPARE_MEETINGS)
async def confirm(query: CallbackQuery, turn: Turn, callback_data: callbacks.Confirm) -> Screen:
    """Announce it, if it still is what was shown."""
    before = await turn.read(announcements.announced, turn.actor, callback_data.token)
    if before is not None:
        return check.done(turn, before)
    draft = Draft.of(turn.conversation) if wake(turn) else None
    if draft is None or draft.token != callback_data.token:
        return _no_draft(turn)
    if draft.next_step != CHECK or draft.starts_at(turn.zone) <= turn.now:
        return await ask(turn, CHECK)
    found = await turn.read(whole, turn, draft)
    if draft.seal(found.called.total) != callback_data.seal:
        return await _changed(turn)
    return await _announce(turn, draft.ready(found.branch, turn.zone), found.called.total)


@router.callback_query(callbacks.KeepDraft.filter())
@policy(Action.PREPARE_MEETINGS)
async def keep_draft(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.KeepDraft
) -> Screen:
    """Keep it as a draft; it is announced later, from its own screen."""
    draft = Draft.of(turn.conversation) if wake(turn) else None
    if draft is None or draft.token != callback_data.token:
        return _no_draft(turn)
    if draft.next_step != CHECK or draft.starts_at(turn.zone) <= turn.now:
        return await ask(turn, CHECK)
    branch = await turn.read(branches.get, int(draft.branch_id or 0))
    turn.conversation.clear()
    meeting = draft.ready(branch, turn.zone)
    return check.kept(turn, await turn.write(announcements.save, turn.actor, meeting, turn.now))


async def _announce(turn: Turn, meeting: Announcement, expected: int) -> Screen:
    state, data = turn.conversation.state, dict(turn.conversation.data)
    turn.conversation.clear()
    try:
        result = await turn.write(
            announcements.announce, turn.actor, meeting, expected, turn.now, turn.zone
        )
    except NotPossible:
        # Somebody came or went between the look and the word: the draft is looked at again.
        turn.conversation.state, turn.conversation.data = state, data
        return await _changed(turn)
    return check.done(turn, result)


async def _changed(turn: Turn) -> Screen:
    word = turn.t.plain("The draft or the number of people has changed. Look at it once more.")
    return replace(await ask(turn, CHECK), toast=word, alert=True)


def _token(turn: Turn) -> str:
    """Of the update that began the draft; its number alone may come again after years."""
    return f"{turn.update_id:x}.{int(turn.now.timestamp()):x}"


def _no_draft(turn: Turn) -> Screen:
    return toast(
        turn.t.plain("This draft is closed. A new meeting begins with /newmeeting"), alert=True
    )
