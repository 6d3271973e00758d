"""The list of an agenda: its items with their times, and the ways to put more on it."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.agenda import words
from handlers.meetings.agenda.callbacks import (
    AddItems,
    Agenda,
    EditItem,
    OpenDecisions,
)
from handlers.meetings.manage import Manage
from handlers.meetings.texts import clipped, title
from handlers.meetings.topics.callbacks import Topics
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import meetings
from storage.meetings import AgendaItem, Meeting, agenda, carrying, topics
from storage.meetings.preparing import prepared

TITLE = 60  # characters of a title in the list
NAME = 24  # of a speaker's name there
IN_A_ROW = 4


@dataclass(frozen=True)
class Whole:
    """A meeting whose agenda is made, and what could be put on it."""

    meeting: Meeting
    decisions: int  # under control since former meetings
    topics: int  # proposed for the body


def whole(tx: Connection, turn: Turn, meeting_id: int) -> Whole:
    """What the list shows. Raises NotFound and NotAllowed."""
    row = prepared(tx, turn.actor, meeting_id, hold=False)
    meeting = meetings.get(tx, turn.actor, meeting_id)
    if meeting.state not in agenda.EDITABLE:
        return Whole(meeting, 0, 0)
    of = (row["branch_id"], row["body"])
    decisions = carrying.open_decisions(tx, turn.actor, meeting_id)
    return Whole(meeting, len(decisions), topics.waiting(tx, turn.actor, of=of).total)


def listed(turn: Turn, found: Whole, page: int = 0, *, word: Markup | None = None) -> Screen:
    """A page of the agenda with the times, and the ways to put more on it."""
    t, meeting = turn.t, found.meeting
    total = len(meeting.items)
    page = paging.clamp(page, total)
    shown = meeting.items[page * paging.PAGE : (page + 1) * paging.PAGE]
    numbers = [Button(str(item.number), EditItem(id=item.id)) for item in shown]
    return Screen(
        lines(
            word,
            title(turn, meeting),
            t("<b>Agenda:</b> {n} of {limit} items", n=total, limit=agenda.ITEMS_LIMIT)
            if total
            else t("The agenda is empty. Add the first items."),
            words.together(t, meeting) if total else None,
            *(_line(turn, item) for item in shown),
        ),
        rows=(
            *_in_rows(numbers),
            *paging.rows(t, (), page, total, lambda n: Agenda(id=meeting.id, page=n)),
            *_sources(turn, found),
            nav.exits(t, Manage(id=meeting.id)),
        ),
    )


def _line(turn: Turn, item: AgendaItem) -> Markup:
    t = turn.t
    name = shortened(t.pick(item.speaker_kk, item.speaker_ru), NAME)
    state = words.STATES.get(item.state)
    parts = (
        t(state) if state else None,
        words.planned(turn, item.begins_at, item.minutes) or None,
        name or None,
    )
    text = clipped(t.pick(item.title_kk, item.title_ru), TITLE)
    tail = Markup(" · ").join(part for part in parts if part)
    return Markup("{}. {}{}").format(
        item.number, text, Markup(" — {}").format(tail) if tail else ""
    )


def _sources(turn: Turn, found: Whole) -> tuple[Row, ...]:
    t, id_ = turn.t, found.meeting.id
    if found.meeting.state not in agenda.EDITABLE:
        return ()
    rows: list[Row] = []
    if len(found.meeting.items) < agenda.ITEMS_LIMIT:
        rows.append((Button(t.plain("➕ Add items"), AddItems(id=id_)),))
    if found.decisions:
        label = t.plain("Under control since earlier: {n}", n=found.decisions)
        rows.append((Button(label, OpenDecisions(id=id_)),))
    if found.topics:
        label = t.plain("Proposed topics: {n}", n=found.topics)
        rows.append((Button(label, Topics(meeting=id_)),))
    return tuple(rows)


def _in_rows(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(
        tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)
    )
