"""When people are reminded of a meeting."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.meetings.manage import Manage
from handlers.meetings.meeting_reminders.callbacks import Choose, Reminders
from handlers.meetings.refusals import refused
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines, toast
from storage import meetings
from storage.errors import NotPossible
from storage.meetings import meeting_reminders
from storage.rules.access import Action
from storage.rules.meeting_ladder import CHOICES, DAY

router = Router(name="meetings.reminders")


@router.callback_query(Reminders.filter())
@policy(Action.PREPARE_MEETINGS)
async def show(query: CallbackQuery, turn: Turn, callback_data: Reminders) -> Screen:
    """What is set."""
    return await _screen(turn, callback_data.id)


@router.callback_query(Choose.filter())
@policy(Action.PREPARE_MEETINGS)
async def choose(query: CallbackQuery, turn: Turn, callback_data: Choose) -> Screen:
    """Set one, or leave it out."""
    if callback_data.minutes not in CHOICES:
        return toast(turn.t.plain("This is no longer here, or is not for you."), alert=True)
    given = (callback_data.id, callback_data.minutes, turn.now, turn.zone)
    try:
        await turn.write(meeting_reminders.choose, turn.actor, *given, wanted=callback_data.wanted)
    except NotPossible as no:
        return refused(turn.t, no, await _screen(turn, callback_data.id))
    return await _screen(turn, callback_data.id)


async def _screen(turn: Turn, meeting_id: int) -> Screen:
    t = turn.t
    chosen = await turn.read(meeting_reminders.of_meeting, turn.actor, meeting_id)
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    buttons = column(
        Button(
            f"{'✅' if minutes in chosen else '—'} {_before(t, minutes)}",
            Choose(id=meeting_id, minutes=minutes, wanted=minutes not in chosen),
        )
        for minutes in CHOICES
    )
    return Screen(
        lines(
            title(turn, meeting),
            when(turn, meeting),
            t("When are people reminded of it?"),
            t("<i>Not those who cannot attend; in the daytime only.</i>"),
        ),
        rows=(*buttons, nav.exits(t, Manage(id=meeting_id))),
    )


def _before(t: Translator, minutes: int) -> str:
    if minutes >= DAY:
        return t.plain("{n} d before", n=minutes // DAY)
    return t.plain("{n} h before", n=minutes // 60)
