"""Announcing a draft: exactly what goes out, to how many, and the word on that very content."""

from dataclasses import dataclass
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings import venue
from handlers.meetings.announcing import check
from handlers.meetings.life import words
from handlers.meetings.life.callbacks import Announce, AskAnnounce, Edit, Move
from handlers.meetings.life.doing import Refused, do
from handlers.meetings.life.looks import seal
from handlers.meetings.manage import Manage
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import working_days
from storage.meetings import Meeting, announcements, calling, steps, times
from storage.meetings.calling import Called
from storage.meetings.times import Clash
from storage.rules.access import Action
from storage.rules.meeting_states import DRAFT
from storage.rules.working_days import WorkingCalendar

router = Router(name="meetings.life.drafts")

ITEMS, ITEM = 6, 120  # of the agenda as the notice shows it, and characters of one


@dataclass(frozen=True)
class Whole:
    """A draft, who is called, and what else there is on its day."""

    meeting: Meeting
    called: Called
    working: WorkingCalendar
    others: list[datetime]
    clash: Clash | None

    @property
    def seal(self) -> str:
        """A mark of this very content, told to this number of people."""
        shown = {**vars(self.meeting), "items": [vars(item) for item in self.meeting.items]}
        return seal(shown, self.called.total)


@router.callback_query(AskAnnounce.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask(query: CallbackQuery, turn: Turn, callback_data: AskAnnounce) -> Screen:
    """A look at the draft before people are told."""
    return await _look(turn, callback_data.id)


@router.callback_query(Announce.filter())
@policy(Action.PREPARE_MEETINGS)
async def announce(query: CallbackQuery, turn: Turn, callback_data: Announce) -> Screen:
    """Announce it, if it still is what was shown."""
    found = await turn.read(_whole, turn, callback_data.id)
    if found.meeting.state == DRAFT and found.seal != callback_data.seal:
        word = turn.t("It has changed meanwhile. Look at it once more.")
        return await _look(turn, callback_data.id, alert=word.unescape())
    seen = callback_data.id, callback_data.version
    try:
        result = await do(
            turn, announcements.announce_draft, *seen, found.called.total, turn.now, turn.zone
        )
    except Refused as refused:
        return await _look(turn, callback_data.id, alert=refused.word)
    return check.done(turn, result)


def _whole(tx: Connection, turn: Turn, meeting_id: int) -> Whole:
    meeting = steps.managed(tx, turn.actor, meeting_id)
    of = meeting.branch_id, meeting.body
    called = calling.called(tx, turn.actor, *of, turn.today, meeting_id)
    working = working_days.load(tx)
    if meeting.starts_at is None:
        return Whole(meeting, called, working, [], None)
    day = check.day_of(meeting.starts_at, turn.zone)
    others = times.others_of_day(tx, *of, *day, besides=meeting_id)
    clash = times.clash(tx, *of, meeting.starts_at, besides=meeting_id)
    return Whole(meeting, called, working, others, clash)


async def _look(turn: Turn, meeting_id: int, *, alert: str | None = None) -> Screen:
    found = await turn.read(_whole, turn, meeting_id)
    t, meeting, called = turn.t, found.meeting, found.called
    problem = _problem(turn, found)
    confirm = Announce(id=meeting.id, version=meeting.version, seal=found.seal)
    yes: Row = (Button(t.plain("✅ Announce to {n} people", n=called.total), confirm),)
    unreachable = called.total - called.reachable
    return Screen(
        lines(
            t("🗓 <b>Check the meeting before it is announced</b>"),
            Markup("⚠️ {}").format(problem) if problem else None,
            title(turn, meeting),
            *_day(turn, found),
            *venue.of(turn, meeting),
            *_agenda(turn, meeting),
            "",
            check.recipients(t, meeting.body, called),
            t("Of them the bot cannot reach {n}.", n=unreachable) if unreachable else None,
        ),
        rows=(
            *(() if problem else (yes,)),
            (
                Button(t.plain("Day and hour"), Move(id=meeting.id)),
                Button(t.plain("Other changes"), Edit(id=meeting.id)),
            ),
            nav.exits(t, Manage(id=meeting.id)),
        ),
        toast=alert,
        alert=alert is not None,
    )


def _problem(turn: Turn, found: Whole) -> Markup | None:
    """Why it cannot be announced; None when it can."""
    meeting = found.meeting
    if meeting.state != DRAFT:
        return words.refused(turn, meeting.state)
    if meeting.starts_at is None:
        return words.refused(turn, "no_day")
    if meeting.starts_at <= turn.now:
        return words.refused(turn, "in_the_past")
    return words.overlaps(turn, found.clash) if found.clash else None


def _day(turn: Turn, found: Whole) -> tuple[Markup | None, ...]:
    t, starts_at = turn.t, found.meeting.starts_at
    if starts_at is None:
        return (when(turn, found.meeting),)
    day = starts_at.astimezone(turn.zone).date()
    return (
        Markup("<b>{}</b>").format(words.moment(turn, starts_at)),
        check.far(t, day, turn.today),
        check.day_off(t, day, found.working),
        None if found.clash else check.others(t, found.others, turn.zone),
    )


def _agenda(turn: Turn, meeting: Meeting) -> list[Markup]:
    titles = [shortened(turn.t.pick(i.title_kk, i.title_ru), ITEM) for i in meeting.items]
    shown = check.agenda(turn.t, titles)
    hidden = len(titles) - ITEMS
    more = [turn.t("… and {n} more items", n=hidden)] if hidden > 0 else []
    return [*shown[: ITEMS + 1], *more]
