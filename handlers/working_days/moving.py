"""The taps and words of moving a day."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.turn import Turn
from handlers.ui import calendar, texts
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.policy import policy
from handlers.ui.screen import MAX_TEXT, Screen, toast
from handlers.ui.typed_dates import DateMistake
from handlers.ui.typed_days import told, typed_day
from handlers.working_days import wizard
from handlers.working_days.callbacks import (
    PURPOSE,
    ChooseKind,
    MoveDay,
    SaveDay,
    SkipNote,
    ToStep,
)
from handlers.working_days.draft import (
    CAPABILITY,
    CHECK,
    DAY,
    KIND,
    NOTE,
    STEPS,
    Draft,
    wake,
)
from handlers.working_days.router import changed, day_of, show_year
from storage import calendar_keeping
from storage.calendar_keeping import MAX_NOTE
from storage.errors import AlreadyChanged
from storage.rules.access import Action

router = Router(name="working_days.moving")


@router.callback_query(MoveDay.filter())
@policy(Action.KEEP_CALENDAR)
async def begin(query: CallbackQuery, turn: Turn, callback_data: MoveDay) -> Screen:
    """The first step, or the second when the day is known."""
    turn.conversation.pause()
    if turn.conversation.resume(CAPABILITY):
        turn.conversation.clear()
    if not callback_data.day:
        return await wizard.ask(turn, DAY)
    turn.conversation.to(KIND, day=day_of(callback_data.day).isoformat())
    return await wizard.show(turn)


@router.callback_query(ToStep.filter())
@policy(Action.KEEP_CALENDAR)
async def to_step(query: CallbackQuery, turn: Turn, callback_data: ToStep) -> Screen:
    """Back to a step; what the others hold is kept."""
    if callback_data.step not in STEPS or not wake(turn):
        return _no_draft(turn)
    return await wizard.ask(turn, STEPS[callback_data.step])


@router.callback_query(MonthFor(PURPOSE))
@policy(Action.KEEP_CALENDAR)
async def month_turned(query: CallbackQuery, turn: Turn, callback_data: TurnMonth) -> Screen:
    """Another month."""
    if not wake(turn):
        return _no_draft(turn)
    turn.conversation.to(DAY)
    return await wizard.day_step(turn, calendar.turned(callback_data, turn.today))


@router.callback_query(DayFor(PURPOSE))
@policy(Action.KEEP_CALENDAR)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: PickDay) -> Screen:
    """A day of the month."""
    if not wake(turn):
        return _no_draft(turn)
    try:
        day = calendar.picked(callback_data, turn.today)
    except DateMistake as mistake:
        return await _wrong_day(turn, mistake)
    return await wizard.take(turn, day=day.isoformat(), is_working=None)


@router.message(StateFilter(DAY))
@policy(Action.KEEP_CALENDAR)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A day; a time beside it means nothing here."""
    text = texts.typed(message.text, MAX_TEXT)
    if isinstance(text, texts.Mistake):
        return await wizard.show(turn, texts.told(turn.t, text, MAX_TEXT))
    try:
        typed = typed_day(turn, text)
    except DateMistake as mistake:
        return await _wrong_day(turn, mistake)
    return await wizard.take(turn, day=typed.day.isoformat(), is_working=None)


@router.callback_query(ChooseKind.filter())
@policy(Action.KEEP_CALENDAR)
async def kind_chosen(query: CallbackQuery, turn: Turn, callback_data: ChooseKind) -> Screen:
    """Worked or off; what the day is anyway needs no word."""
    if not wake(turn):
        return _no_draft(turn)
    draft = Draft.of(turn.conversation)
    if draft.day is None:
        return await wizard.ask(turn, DAY)
    outlook = await wizard.look(turn, draft)
    known = outlook.override is None and outlook.calendar.is_certain(draft.day)
    if known and outlook.calendar.is_working(draft.day) is callback_data.is_working:
        same = turn.t("The day is that already. Choose the other one, or go back to another day.")
        return await wizard.ask(turn, KIND, same)
    return await wizard.take(turn, is_working=callback_data.is_working)


@router.callback_query(SkipNote.filter())
@policy(Action.KEEP_CALENDAR)
async def note_skipped(query: CallbackQuery, turn: Turn) -> Screen:
    """No note."""
    return await wizard.take(turn, note=None) if wake(turn) else _no_draft(turn)


@router.message(StateFilter(NOTE))
@policy(Action.KEEP_CALENDAR)
async def note_typed(message: Message, turn: Turn) -> Screen:
    """Why the day is moved."""
    note = texts.typed(message.text, MAX_NOTE)
    if note is texts.Mistake.TOO_LONG:
        length = len((message.text or "").strip())
        told = turn.t(
            "The note has {length} characters, at most {limit} are possible.",
            length=length,
            limit=MAX_NOTE,
        )
        return await wizard.show(turn, told)
    if isinstance(note, texts.Mistake):
        return await wizard.show(turn, texts.told(turn.t, note, MAX_NOTE))
    return await wizard.take(turn, note=" ".join(note.split()))


@router.message(StateFilter(KIND, CHECK))
@policy(Action.KEEP_CALENDAR)
async def typed_at_buttons(message: Message, turn: Turn) -> Screen:
    """Here is nothing to type."""
    return await wizard.show(turn, turn.t("Nothing is typed at this step: tap a button, please."))


@router.callback_query(SaveDay.filter())
@policy(Action.KEEP_CALENDAR)
async def save(query: CallbackQuery, turn: Turn, callback_data: SaveDay) -> Screen:
    """Keep the day, if it still is what was shown."""
    if not wake(turn):
        return _no_draft(turn)
    draft = Draft.of(turn.conversation)
    if draft.day is None or draft.is_working is None or draft.day < turn.today:
        return await wizard.ask(turn, draft.next_step)
    outlook = await wizard.look(turn, draft)
    version = outlook.override.version if outlook.override else 0
    if draft.seal(version) != callback_data.seal:
        return await _look_again(turn, AlreadyChanged())
    state, data = turn.conversation.state, dict(turn.conversation.data)
    turn.conversation.clear()
    try:
        moved = await turn.write(
            calendar_keeping.set_day,
            turn.actor,
            draft.day,
            draft.is_working,
            draft.note,
            turn.now,
            turn.zone,
            version=version,
        )
    except AlreadyChanged as change:
        turn.conversation.state, turn.conversation.data = state, data
        return await _look_again(turn, change)
    word = turn.t.plain("The day is kept. Reminders that moved: {n}", n=moved)
    return await show_year(turn, draft.day.year, day=draft.day, toast=word)


async def _look_again(turn: Turn, change: AlreadyChanged) -> Screen:
    """The check as things stand now, with a word on who was faster."""
    return replace(await wizard.ask(turn, CHECK), toast=changed(turn, change), alert=True)


async def _wrong_day(turn: Turn, mistake: DateMistake) -> Screen:
    return await wizard.ask(turn, DAY, told(turn, mistake))


def _no_draft(turn: Turn) -> Screen:
    word = turn.t.plain("This day is no longer being moved. Begin anew: /calendar")
    return toast(word, alert=True)
