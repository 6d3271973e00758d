"""A new item under control in three steps: what, who, until when; the rest comes on its card."""

from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.papers.trying import tried_then
from handlers.papers.cells import Cell, CellError
from handlers.requests.filters import NoCommand
from handlers.roadmap import adding_screens as screens
from handlers.roadmap import card
from handlers.roadmap.adding_screens import DAYS, DEADLINE, EXECUTOR, TITLE
from handlers.roadmap.asking import REASONS
from handlers.roadmap.item_callbacks import (
    AddItem,
    NewItemBranch,
    NewItemDay,
    NewItemExecutor,
    NewItemTitle,
)
from handlers.roadmap_books import deadlines
from handlers.turn import FILLED, Turn
from handlers.ui import calendar, texts
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.typed_dates import DateMistake, Kind
from handlers.ui.typed_days import typed_day
from handlers.ui.wizard import Renderer
from storage import branches, working_days
from storage.errors import NotFound
from storage.roadmap import Kind as ItemKind
from storage.roadmap import Term, adding, carrying
from storage.roadmap.adding import SERIES, Wanted
from storage.roadmap.editing import SHORT_LIMIT, TITLE_LIMIT
from storage.rules.access import Action

router = Router(name="roadmap.adding")


@router.callback_query(AddItem.filter())
@policy(Action.MANAGE_ROADMAP)
async def add(query: CallbackQuery, turn: Turn, callback_data: AddItem) -> Screen:
    """What is to be done; of which kind it is may be chosen beside."""
    if callback_data.kind not in SERIES:
        raise NotFound("kind")
    if turn.conversation.state == TITLE:
        turn.conversation.to(TITLE, kind=callback_data.kind.value)
        return await show(turn)
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    turn.conversation.pause()
    turn.conversation.to(TITLE, kind=callback_data.kind.value, branch=reach[0].id)
    return await show(turn)


@router.callback_query(NewItemBranch.filter(), StateFilter(TITLE))
@policy(Action.MANAGE_ROADMAP)
async def choose_branch(query: CallbackQuery, turn: Turn, callback_data: NewItemBranch) -> Screen:
    """In which branch."""
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    if not callback_data.branch:
        return screens.branch_step(turn, reach, callback_data.page)
    if all(one.id != callback_data.branch for one in reach):
        raise NotFound("branch")
    turn.conversation.to(TITLE, branch=callback_data.branch)
    return await show(turn)


@router.message(StateFilter(TITLE), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def title_written(message: Message, turn: Turn) -> Screen:
    """What is to be done, in one's own language."""
    title = texts.typed(message.text, TITLE_LIMIT)
    if isinstance(title, texts.Mistake):
        return await show(turn, texts.told(turn.t, title, TITLE_LIMIT))
    turn.conversation.to(EXECUTOR, title=title, **{FILLED: True})
    return await show(turn)


@router.callback_query(NewItemTitle.filter(), StateFilter(EXECUTOR))
@policy(Action.MANAGE_ROADMAP)
async def back_to_title(query: CallbackQuery, turn: Turn) -> Screen:
    """The step before."""
    turn.conversation.to(TITLE)
    return await show(turn)


@router.callback_query(NewItemExecutor.filter(), StateFilter(EXECUTOR, DEADLINE))
@policy(Action.MANAGE_ROADMAP)
async def choose_executor(
    query: CallbackQuery, turn: Turn, callback_data: NewItemExecutor
) -> Screen:
    """Who: somebody the bot knows, or who was written."""
    of = callback_data
    written = turn.conversation.data.get("sought")
    if of.person and all(one.id != of.person for one in await _able(turn)):
        raise NotFound("person")
    if of.person or (of.written and written):
        named = None if of.person else written
        turn.conversation.to(DEADLINE, executor=of.person, executor_name=named)
        return await show(turn)
    turn.conversation.to(EXECUTOR, page=of.page)
    return await show(turn)


@router.message(StateFilter(EXECUTOR), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def executor_written(message: Message, turn: Turn) -> Screen:
    """A name: of those whom the bot knows, or of somebody else."""
    name = texts.typed(message.text, SHORT_LIMIT)
    if isinstance(name, texts.Mistake):
        return await show(turn, texts.told(turn.t, name, SHORT_LIMIT))
    turn.conversation.to(EXECUTOR, sought=" ".join(name.split()), page=0)
    return await show(turn)


@router.callback_query(MonthFor(DAYS))
@policy(Action.MANAGE_ROADMAP)
async def month_turned(query: CallbackQuery, turn: Turn, callback_data: TurnMonth) -> Screen:
    """Another month of the calendar."""
    if turn.conversation.state != DEADLINE:
        return _closed(turn)
    return await show(turn, month=calendar.turned(callback_data, turn.today))


@router.callback_query(DayFor(DAYS))
@policy(Action.MANAGE_ROADMAP)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: PickDay) -> Screen:
    """A day of the calendar."""
    if turn.conversation.state != DEADLINE:
        return _closed(turn)
    try:
        return await _day(turn, calendar.picked(callback_data, turn.today))
    except DateMistake as mistake:
        return await show(turn, mistake)


@router.message(StateFilter(DEADLINE), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def day_written(message: Message, turn: Turn) -> Screen:
    """A day, a quarter, a year: as plans have it."""
    try:
        return await _written(turn, message.text or "")
    except DateMistake as mistake:
        return await show(turn, mistake)


@router.callback_query(NewItemDay.filter())
@policy(Action.MANAGE_ROADMAP)
async def day_chosen(query: CallbackQuery, turn: Turn, callback_data: NewItemDay) -> Screen:
    """A quarter, each year, or a day off all the same."""
    if turn.conversation.state != DEADLINE:
        return _closed(turn)
    try:
        day, term = date.fromisoformat(callback_data.day), Term(callback_data.term)
    except ValueError:
        return await show(turn, DateMistake(Kind.NO_SUCH_DAY))
    return await _put(turn, day, term)


async def show(
    turn: Turn, mistake: Markup | DateMistake | None = None, *, month: date | None = None
) -> Screen:
    """The step that is open, as things stand now."""
    state, data = turn.conversation.state, turn.conversation.data
    if state == TITLE:
        branch = await turn.read(branches.get, int(data["branch"]))
        reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
        return screens.title_step(turn, branch, len(reach) > 1, mistake)
    if state == EXECUTOR:
        return screens.executor_step(turn, await _able(turn), mistake)
    working = await turn.read(working_days.load)
    return screens.deadline_step(turn, working, month or turn.today, mistake)


RESUME: dict[str, Renderer] = dict.fromkeys((TITLE, EXECUTOR, DEADLINE), show)


async def _able(turn: Turn) -> list[carrying.Carrier]:
    data = turn.conversation.data
    kind = ItemKind(data["kind"])
    return await turn.read(carrying.able, kind, int(data["branch"]), turn.today)


async def _written(turn: Turn, text: str) -> Screen:
    try:
        return await _day(turn, typed_day(turn, text).day)
    except DateMistake as mistake:
        if mistake.kind is not Kind.NOT_UNDERSTOOD:
            raise
    try:
        found = deadlines.read(Cell("", text), turn.today.year)
    except CellError:
        found = None
    if found is None:
        raise DateMistake(Kind.NOT_UNDERSTOOD)
    if found.day < turn.today:
        raise DateMistake(Kind.IN_THE_PAST, found.day)
    return await _put(turn, found.day, Term(found.term))


async def _day(turn: Turn, day: date) -> Screen:
    """A single day: one that is a day off is asked about first."""
    working = await turn.read(working_days.load)
    if working.is_working(day):
        return await _put(turn, day, Term.DATE)
    return screens.day_off_step(turn, day, working)


async def _put(turn: Turn, day: date, term: Term) -> Screen:
    data = turn.conversation.data
    wanted = Wanted(
        ItemKind(data["kind"]),
        int(data["branch"]),
        str(data["title"]),
        turn.t.language,
        day,
        term,
        data.get("executor") or None,
        data.get("executor_name"),
    )
    told = {one.id for one in await _able(turn) if one.reachable}
    done = await tried_then(
        turn,
        REASONS,
        lambda _: turn.conversation.clear(),
        adding.put,
        *(wanted, turn.now, turn.zone),
    )
    if done.result is None:
        return done.on(await show(turn))
    word = turn.t.plain("It is under control.")
    if wanted.executor_id not in told:
        word += " " + turn.t.plain("No reminder reaches its executor: tell them yourself.")
    return await card.show(turn, done.result.id, branch=True, toast=word)


def _closed(turn: Turn) -> Screen:
    return toast(turn.t.plain("This choice is closed. Open the item again."), alert=True)
