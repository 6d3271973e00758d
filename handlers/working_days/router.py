"""/calendar: the year, its moved days, and the word that it is right; private chats only."""

from datetime import date

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.working_days import screens
from handlers.working_days.callbacks import ConfirmYear, ForgetDay, OpenDay, OpenYear
from storage import calendar_keeping
from storage.errors import AlreadyChanged, NotFound
from storage.rules.access import Action

router = Router(name="working_days")


@router.message(Command("calendar"))
@policy(Action.KEEP_CALENDAR)
async def open_calendar(message: Message, turn: Turn) -> Screen:
    """This year's calendar."""
    turn.conversation.pause()
    return await show_year(turn, turn.today.year)


@router.callback_query(OpenYear.filter())
@policy(Action.KEEP_CALENDAR)
async def open_year(query: CallbackQuery, turn: Turn, callback_data: OpenYear) -> Screen:
    """A page of a year."""
    turn.conversation.pause()
    return await show_year(turn, callback_data.year or turn.today.year, page=callback_data.page)


@router.callback_query(ConfirmYear.filter())
@policy(Action.KEEP_CALENDAR)
async def confirm_year(query: CallbackQuery, turn: Turn, callback_data: ConfirmYear) -> Screen:
    """The calendar is right, if it still is the one that was shown."""
    t, number = turn.t, _kept(turn, callback_data.year)
    try:
        await turn.write(
            calendar_keeping.confirm_year, turn.actor, number, callback_data.seal, turn.now
        )
    except AlreadyChanged:
        word = t.plain("A day was moved meanwhile. Look at the calendar once more.")
        return await show_year(turn, number, toast=word)
    return await show_year(turn, number, toast=t.plain("Thank you, the calendar is confirmed."))


@router.callback_query(OpenDay.filter())
@policy(Action.KEEP_CALENDAR)
async def open_day(query: CallbackQuery, turn: Turn, callback_data: OpenDay) -> Screen:
    """A day that was moved."""
    day = day_of(callback_data.day)
    outlook = await turn.read(calendar_keeping.outlook, turn.actor, day, None, turn.zone)
    return screens.moved_day(turn, day, outlook)


@router.callback_query(ForgetDay.filter())
@policy(Action.KEEP_CALENDAR)
async def forget_day(query: CallbackQuery, turn: Turn, callback_data: ForgetDay) -> Screen:
    """The day is as published again."""
    day = day_of(callback_data.day)
    try:
        moved = await turn.write(
            calendar_keeping.forget_day,
            turn.actor,
            day,
            callback_data.version,
            turn.now,
            turn.zone,
        )
    except AlreadyChanged as change:
        return await show_year(turn, day.year, day=day, toast=changed(turn, change))
    word = turn.t.plain("The day is as published again. Reminders that moved: {n}", n=moved)
    return await show_year(turn, day.year, day=day, toast=word)


async def show_year(
    turn: Turn, number: int, *, page: int = -1, day: date | None = None, toast: str | None = None
) -> Screen:
    """A year, at ``page``, else at the page of ``day``, else of today."""
    year = await turn.read(calendar_keeping.year, turn.actor, _kept(turn, number))
    if page < 0:
        page = screens.page_of(turn, year, day or turn.today)
    return screens.of_year(turn, year, page, toast=toast)


def day_of(iso: str) -> date:
    """The day of a button. Raises NotFound: it may be forged."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise NotFound(calendar_keeping.SUBJECT) from None


def changed(turn: Turn, change: AlreadyChanged) -> str:
    """Who was faster."""
    if change.by is None or change.at is None:
        return turn.t.plain("It was changed meanwhile. Here is how it stands now.")
    at = change.at.astimezone(turn.zone)
    return turn.t.plain("{name} changed it at {time}.", name=change.by, time=f"{at:%H:%M}")


def _kept(turn: Turn, number: int) -> int:
    """The year that is nearest to ``number`` among those that are kept."""
    return min(max(number, turn.today.year), calendar_keeping.last_year(turn.today))
