"""Asking those once more who have not answered."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.meetings import screens
from handlers.meetings.answers.callbacks import AskNudge, Nudge
from handlers.meetings.invitees.callbacks import Answers
from handlers.meetings.refusals import refused
from handlers.meetings.texts import title
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage import meetings
from storage.errors import NotPossible
from storage.meetings import answers
from storage.rules.access import Action

router = Router(name="meetings.answers.nudging")


@router.callback_query(AskNudge.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_nudge(query: CallbackQuery, turn: Turn, callback_data: AskNudge) -> Screen:
    """How many would be nudged."""
    return await _before_nudge(turn, callback_data.id)


@router.callback_query(Nudge.filter())
@policy(Action.PREPARE_MEETINGS)
async def nudge(query: CallbackQuery, turn: Turn, callback_data: Nudge) -> Screen:
    """Nudge those who were counted."""
    given = (callback_data.id, callback_data.people, turn.now, turn.zone)
    try:
        many = await turn.write(answers.nudge, turn.actor, *given)
    except NotPossible as no:
        return refused(turn.t, no, await _before_nudge(turn, callback_data.id))
    t = turn.t
    return Screen(
        t("✅ Sent to those who have not answered: {n}", n=many),
        rows=(nav.exits(t, Answers(id=callback_data.id)),),
    )


async def _before_nudge(turn: Turn, meeting_id: int) -> Screen:
    t = turn.t
    try:
        who = await turn.read(answers.to_nudge, turn.actor, meeting_id, turn.now, turn.zone)
    except NotPossible as no:
        meeting = await turn.read(meetings.get, turn.actor, meeting_id)
        return refused(t, no, screens.card(turn, meeting))
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    n = len(who)
    send = Button(t.plain("Remind them: {n}", n=n), Nudge(id=meeting_id, people=n))
    return Screen(
        lines(
            title(turn, meeting),
            t("Those who have not answered are asked once more: {n}", n=n)
            if n
            else t("There is nobody to remind: everybody has answered or was asked today."),
            t("<i>Each gets it at most once a day.</i>") if n else None,
        ),
        rows=(*(((send,),) if n else ()), nav.exits(t, Answers(id=meeting_id))),
    )
