"""What those who prepare a meeting can do with it: one button each, by its state."""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.meetings.agenda.callbacks import Agenda
from handlers.meetings.ballots.callbacks import Ballots
from handlers.meetings.bodies.callbacks import Body
from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.exchange.callbacks import Archive
from handlers.meetings.invitees.callbacks import Answers
from handlers.meetings.life import callbacks as life
from handlers.meetings.materials.callbacks import Materials
from handlers.meetings.meeting_reminders.callbacks import Reminders
from handlers.meetings.papers.callbacks import MeetingTasks, OpenDocument, Papers
from handlers.meetings.presence.callbacks import RollCall
from handlers.meetings.sitting.callbacks import Conduct
from handlers.meetings.summaries.callbacks import Desk
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.numbers import Id
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, lines
from storage import meetings
from storage.meetings import Meeting
from storage.meetings.life import EARLY
from storage.rules.access import Action, may
from storage.rules.meeting_states import (
    AHEAD,
    CALLED,
    DRAFT,
    EVERY_STATE,
    HELD,
    IN_PROGRESS,
    OVER,
    SIGNED,
)

router = Router(name="meeting_manage")

SHORT = 20  # characters of a button that has room beside another one


class Manage(CallbackData, prefix="mmanage"):
    """To what can be done with a meeting."""

    id: Id


@dataclass(frozen=True)
class Entry:
    """One thing that can be done: the button's text, where it goes, and in which states."""

    label: str  # a msgid
    goes: Callable[[Meeting], CallbackData]
    states: tuple[str, ...]
    on_the_day: bool = False  # of a meeting ahead: only when it is about to begin


# The capabilities of a meeting's life put theirs here, in the order of that life.
ENTRIES: tuple[Entry, ...] = (
    Entry(N_("📣 Announce the meeting"), lambda m: life.AskAnnounce(id=m.id), (DRAFT,)),
    Entry(N_("Agenda and speakers"), lambda m: Agenda(id=m.id), (DRAFT, *CALLED, HELD)),
    Entry(N_("📎 Materials of the meeting"), lambda m: Materials(meeting=m.id), EVERY_STATE),
    Entry(N_("✏️ Change the meeting"), lambda m: life.Edit(id=m.id), (DRAFT, *CALLED, HELD)),
    Entry(N_("Who is coming"), lambda m: Answers(id=m.id), (DRAFT, *CALLED)),
    Entry(N_("Reminders of the meeting"), lambda m: Reminders(id=m.id), (DRAFT, *AHEAD)),
    Entry(N_("Members and quorum"), lambda m: Body(id=m.id), (DRAFT, *CALLED)),
    Entry(N_("Move to another time"), lambda m: life.Move(id=m.id), AHEAD),
    Entry(N_("Cancel the meeting"), lambda m: life.Cancel(id=m.id), AHEAD),
    Entry(N_("Begin the meeting"), lambda m: life.AskStep(id=m.id, step="begin"), AHEAD, True),
    Entry(N_("Lead the meeting"), lambda m: Conduct(id=m.id), (IN_PROGRESS,)),
    Entry(N_("Roll call"), lambda m: RollCall(id=m.id), CALLED, True),
    Entry(N_("Votes"), lambda m: Ballots(id=m.id), (IN_PROGRESS, *OVER)),
    Entry(N_("Final document"), lambda m: OpenDocument(id=m.id), (IN_PROGRESS, *OVER)),
    Entry(N_("Minutes"), lambda m: Papers(id=m.id), (IN_PROGRESS, *OVER)),
    Entry(N_("Summary for members"), lambda m: Desk(id=m.id), OVER),
    Entry(N_("Instructions"), lambda m: MeetingTasks(id=m.id), OVER),
    Entry(N_("End the meeting"), lambda m: life.AskStep(id=m.id, step="end"), (IN_PROGRESS,)),
    Entry(N_("Into the archive"), lambda m: life.AskStep(id=m.id, step="archive"), (SIGNED,)),
    Entry(N_("Who was called"), lambda m: Answers(id=m.id), OVER),
    Entry(N_("📦 Everything in one file"), lambda m: Archive(id=m.id), (IN_PROGRESS, *OVER)),
    Entry(N_("Repeat the meeting"), lambda m: life.Repeat(id=m.id), (DRAFT, *CALLED, HELD)),
    Entry(N_("Copy this meeting"), lambda m: life.Copy(id=m.id), EVERY_STATE),
    Entry(N_("Delete the draft"), lambda m: life.AskStep(id=m.id, step="delete"), (DRAFT,)),
)


def prepares(turn: Turn, meeting: Meeting) -> bool:
    """Whether the person of this turn prepares the meetings of its branch (never in a group)."""
    return not turn.in_group and may(turn.actor, Action.PREPARE_MEETINGS, meeting.branch_id)


def button(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    """The row of a meeting's card that leads here, for those who prepare it."""
    if not prepares(turn, meeting) or not _open(turn, meeting):
        return ()
    return ((Button(turn.t.plain("Manage the meeting"), Manage(id=meeting.id)),),)


def screen(turn: Turn, meeting: Meeting, *, word: Markup | None = None) -> Screen:
    """Everything that can be done with the meeting now; ``word`` comes first."""
    t = turn.t
    return Screen(
        lines(word, title(turn, meeting), when(turn, meeting), t("What is to be done?")),
        rows=(
            *_in_rows([Button(t.plain(e.label), e.goes(meeting)) for e in _open(turn, meeting)]),
            nav.exits(t, OpenMeeting(id=meeting.id)),
        ),
    )


@router.callback_query(Manage.filter())
@policy(Action.PREPARE_MEETINGS)
async def manage(_query: CallbackQuery, turn: Turn, callback_data: Manage) -> Screen:
    """Show what can be done with a meeting."""
    meeting = await turn.read(meetings.get, turn.actor, callback_data.id)
    return screen(turn, meeting)


def _open(turn: Turn, meeting: Meeting) -> list[Entry]:
    """What can be done now; once it has begun, first what was not to be done before."""
    waits = meeting.state in AHEAD and not _is_near(turn, meeting)
    found = [
        entry
        for entry in ENTRIES
        if meeting.state in entry.states and not (waits and entry.on_the_day)
    ]
    if meeting.state in (DRAFT, *AHEAD):
        return found
    return sorted(found, key=lambda entry: DRAFT in entry.states)


def _is_near(turn: Turn, meeting: Meeting) -> bool:
    return meeting.starts_at is None or meeting.starts_at - turn.now <= EARLY


def _in_rows(buttons: list[Button]) -> list[Row]:
    """Short ones two by two: on a phone the list fits on the screen."""
    rows: list[Row] = []
    for button in buttons:
        beside = rows[-1] if rows else ()
        if len(beside) == 1 and len(button.label) <= SHORT >= len(beside[0].label):
            rows[-1] = (*beside, button)
        else:
            rows.append((button,))
    return rows
