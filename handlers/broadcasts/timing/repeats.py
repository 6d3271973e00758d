"""A broadcast comes again each week or month until a day, or no more."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import screens, showing
from handlers.broadcasts.timing import repeat_screens
from handlers.broadcasts.timing.callbacks import AskRepeats, Repeat, StopRepeats
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.broadcasts import recurring
from storage.broadcasts.reading import get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action
from storage.rules.gate import COUNTRY
from storage.rules.recurrence import months_later

router = Router(name="broadcasts.repeats")


@router.callback_query(AskRepeats.filter())
@policy(Action.BROADCAST)
async def ask(query: CallbackQuery, turn: Turn, callback_data: AskRepeats) -> Screen:
    """How often?"""
    showing.leave_draft(turn, callback_data.id)
    draft = await turn.read(get, turn.actor, callback_data.id)
    if draft.state != "draft" or draft.send_at is None:
        return await showing.stands_otherwise(turn, draft.id)
    return repeat_screens.ask(turn.t, draft, draft.send_at, turn.zone)


@router.callback_query(Repeat.filter())
@policy(Action.BROADCAST)
async def repeat(query: CallbackQuery, turn: Turn, callback_data: Repeat) -> Screen:
    """So often, for so many months; or once."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    every, until = None, None
    if tapped.months in repeat_screens.FOR_MONTHS and draft.send_at is not None:
        every = tapped.every
        until = months_later(draft.send_at, tapped.months, COUNTRY).astimezone(COUNTRY).date()
    given = (tapped.id, tapped.version, every, until, turn.now, turn.today)
    try:
        shown = await turn.write(recurring.repeat, turn.actor, *given)
    except (AlreadyChanged, NotPossible):
        return await showing.stands_otherwise(turn, tapped.id)
    return screens.preview(turn.t, shown, now=turn.local)


@router.callback_query(StopRepeats.filter())
@policy(Action.BROADCAST)
async def stop(query: CallbackQuery, turn: Turn, callback_data: StopRepeats) -> Screen:
    """What waits is the last one."""
    number = callback_data.id
    try:
        await turn.write(recurring.stop, turn.actor, number, callback_data.version, turn.now)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, number)
    return await showing.shown(turn, number, turn.t.plain("It goes once more, then never again."))
