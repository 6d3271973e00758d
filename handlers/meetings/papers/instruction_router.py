"""Instructions: filled in while the document is made, read by whoever carries them out."""

from datetime import date

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.meetings.papers import callbacks, entering
from handlers.meetings.papers import instruction_screens as screens
from handlers.meetings.papers.callbacks import DEADLINE, OpenInstruction
from handlers.meetings.papers.entering import Present
from handlers.meetings.papers.instruction_screens import opened
from handlers.meetings.papers.trying import tried
from handlers.turn import Turn
from handlers.ui import calendar
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.filters import AnyMessage
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.typed_dates import DateMistake, Kind
from handlers.ui.typed_days import told, typed_day
from storage import branches, meetings, working_days
from storage.meetings import instructions, tasks
from storage.meetings.instructions import NAME_LIMIT
from storage.meetings.wording import TEXT_LIMIT
from storage.rules.access import Action

router = Router(name="meeting_instructions")

STEP = "deadline"
STATE = f"{entering.CAPABILITY}:{STEP}"


# Reading


@router.message(Command("instructions"))
@policy(Action.READ_MEETINGS)
async def show_mine(message: Message, turn: Turn) -> Screen:
    """What one carries out."""
    return screens.mine(turn, await turn.read(tasks.mine, turn.actor))


@router.callback_query(callbacks.MyTasks.filter())
@policy(Action.READ_MEETINGS)
async def list_mine(query: CallbackQuery, turn: Turn, callback_data: callbacks.MyTasks) -> Screen:
    """A page of what one carries out."""
    return screens.mine(turn, await turn.read(tasks.mine, turn.actor, callback_data.page))


@router.callback_query(callbacks.MeetingTasks.filter())
@policy(Action.READ_MEETINGS)
async def list_of_meeting(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.MeetingTasks
) -> Screen:
    """The instructions of a meeting."""
    of = callback_data
    meeting = await turn.read(meetings.get, turn.actor, of.id)
    return screens.of_meeting(
        turn, meeting, await turn.read(tasks.of_meeting, turn.actor, of.id, of.page)
    )


@router.callback_query(OpenInstruction.filter())
@policy(Action.READ_MEETINGS)
async def open_instruction(
    query: CallbackQuery, turn: Turn, callback_data: OpenInstruction
) -> Screen:
    """One instruction."""
    entering.leave(turn)
    return await opened(turn, callback_data.id, own=callback_data.own)


# Filling in


@router.callback_query(callbacks.AskDeadline.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_deadline(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskDeadline
) -> Screen:
    """Until when."""
    of = callback_data
    entering.open_step(turn, STEP, about=of.id, version=of.version)
    return await _deadline(turn)


@router.callback_query(MonthFor(DEADLINE))
@policy(Action.PREPARE_MEETINGS)
async def month_turned(query: CallbackQuery, turn: Turn, callback_data: TurnMonth) -> Screen:
    """Another month of the calendar."""
    if turn.conversation.state != STATE:
        return _closed(turn)
    return await _deadline(turn, month=calendar.turned(callback_data, turn.today))


@router.callback_query(DayFor(DEADLINE))
@policy(Action.PREPARE_MEETINGS)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: PickDay) -> Screen:
    """A day of the calendar."""
    if turn.conversation.state != STATE:
        return _closed(turn)
    try:
        day = calendar.picked(callback_data, turn.today)
    except DateMistake as mistake:
        return await _deadline(turn, mistake)
    return await _set_deadline(turn, day)


@router.message(StateFilter(STATE), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def day_written(message: Message, turn: Turn) -> Screen:
    """A day in words or figures."""
    try:
        if not message.text:
            raise DateMistake(Kind.NOT_UNDERSTOOD)
        typed = typed_day(turn, message.text)
    except DateMistake as mistake:
        return await _deadline(turn, mistake)
    return await _set_deadline(turn, typed.day)


@router.callback_query(callbacks.AskBranch.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_branch(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskBranch
) -> Screen:
    """Which branch it is about."""
    found = await turn.read(tasks.get, turn.actor, callback_data.id)
    every = await turn.read(branches.every)
    return screens.branch_step(turn, found, list(every), callback_data.page)


@router.callback_query(callbacks.PickBranch.filter())
@policy(Action.PREPARE_MEETINGS)
async def branch_picked(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.PickBranch
) -> Screen:
    """The branch is chosen."""
    of = callback_data
    done = await tried(turn, instructions.set_branch, of.id, of.version, of.branch, turn.now)
    return done.on(await opened(turn, of.id))


@router.callback_query(callbacks.AskObject.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_object(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskObject
) -> Screen:
    """What it is about: a school, a road."""
    return await entering.begin(turn, "object", callback_data.id)


@router.callback_query(callbacks.RewordInstruction.filter())
@policy(Action.PREPARE_MEETINGS)
async def reword(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RewordInstruction
) -> Screen:
    """Edit its wording."""
    return await entering.begin(turn, "instruction", callback_data.id)


@router.callback_query(callbacks.RemoveInstruction.filter())
@policy(Action.PREPARE_MEETINGS)
async def remove(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RemoveInstruction
) -> Screen:
    """Drop it, once that is confirmed."""
    of = callback_data
    found = await turn.read(tasks.get, turn.actor, of.id)
    if not of.sure:
        return screens.removing(turn, found)
    done = await tried(turn, instructions.remove, of.id, of.version, turn.now)
    if done.word is not None:
        return done.on(await opened(turn, of.id))
    meeting = await turn.read(meetings.get, turn.actor, found.meeting_id)
    return screens.of_meeting(
        turn, meeting, await turn.read(tasks.of_meeting, turn.actor, found.meeting_id)
    )


async def again(turn: Turn) -> Screen:
    """The question for the last day, as things stand now."""
    about = int(turn.conversation.data["about"])
    with entering.closing(turn):
        found = await turn.read(tasks.get, turn.actor, about)
    turn.conversation.to(STATE, version=found.version)
    return await _deadline(turn)


async def _deadline(
    turn: Turn, mistake: DateMistake | None = None, *, month: date | None = None
) -> Screen:
    with entering.closing(turn):
        found = await turn.read(tasks.get, turn.actor, int(turn.conversation.data["about"]))
    working = await turn.read(working_days.load)
    word = told(turn, mistake) if mistake else None
    shown = month or max(found.deadline or turn.today, turn.today)
    return screens.deadline_step(turn, found, working, shown, word)


async def _set_deadline(turn: Turn, day: date) -> Screen:
    data = dict(turn.conversation.data)
    about, version = int(data["about"]), int(data["version"])
    turn.conversation.clear()
    done = await tried(turn, instructions.set_deadline, about, version, day, turn.now, turn.today)
    # What was chosen holds or is told; the card shows how the instruction stands either way.
    entering.leave(turn)
    return done.on(await opened(turn, about))


def _closed(turn: Turn) -> Screen:
    return toast(turn.t.plain("This choice is closed. Open the instruction again."), alert=True)


async def _object(turn: Turn, instruction_id: int) -> Present:
    found = await turn.read(tasks.get, turn.actor, instruction_id)
    return Present(found.object or "", found.version, OpenInstruction(id=instruction_id))


async def _wording(turn: Turn, instruction_id: int) -> Present:
    found = await turn.read(tasks.get, turn.actor, instruction_id)
    text = turn.t.pick(found.text_kk, found.text_ru)
    return Present(text, found.version, OpenInstruction(id=instruction_id))


entering.TEXTS["object"] = entering.Text(
    N_("Which object is it about?"), NAME_LIMIT, _object, instructions.set_object, opened
)
entering.TEXTS["instruction"] = entering.Text(
    N_("What is to be done?"), TEXT_LIMIT, _wording, instructions.reword, opened
)
