"""Everything that is kept of one meeting, for whoever prepares it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage.meetings import document, minutes, papers, telling
from storage.meetings.document import Document
from storage.meetings.minutes import Minutes
from storage.meetings.papers import Material
from storage.meetings.telling import Told
from storage.rules.access import Actor
from storage.rules.alphabet import order
from storage.tables import agenda_items, ballots, invitees, presence, votes


@dataclass(frozen=True)
class Attendance:
    """Somebody who was called: what they answered, and one stay in the room (None: none)."""

    name: str
    post: str | None
    capacity: str
    answer: str | None
    reason: str | None
    stand_in: str | None
    came_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True)
class Vote:
    """How one person voted on an item."""

    number: int
    question: str | None
    name: str
    choice: str
    at: datetime
    outcome: str | None


@dataclass(frozen=True)
class Archived:
    """A meeting with its papers, its people and their votes."""

    minutes: Minutes
    document: Document
    told: Told
    materials: tuple[Material, ...]
    attendance: tuple[Attendance, ...]
    votes: tuple[Vote, ...]


def whole(tx: Connection, actor: Actor, meeting_id: int, zone: ZoneInfo, today: date) -> Archived:
    """All of it. Raises NotFound, and NotAllowed for whoever does not prepare the meeting."""
    kept = minutes.read(tx, actor, meeting_id, zone, today)
    _, files = papers.every_material(tx, actor, meeting_id)
    return Archived(
        minutes=kept,
        document=document.whole(tx, actor, meeting_id),
        told=telling.told(tx, kept.meeting),
        materials=tuple(files),
        attendance=_attendance(tx, meeting_id),
        votes=_votes(tx, meeting_id),
    )


def _attendance(tx: Connection, meeting_id: int) -> tuple[Attendance, ...]:
    """By name; whoever left and came back has two lines."""
    columns = ("name", "post", "capacity", "answer", "reason", "stand_in")
    query = (
        select(*(invitees.c[name] for name in columns), presence.c.came_at, presence.c.left_at)
        .outerjoin(presence, presence.c.invitee_id == invitees.c.id)
        .where(invitees.c.meeting_id == meeting_id)
        .order_by(invitees.c.id, presence.c.came_at)
    )
    found = [Attendance(**row) for row in tx.execute(query).mappings()]
    return tuple(sorted(found, key=lambda one: (one.capacity != "member", order(one.name))))


def _votes(tx: Connection, meeting_id: int) -> tuple[Vote, ...]:
    query = (
        select(
            agenda_items.c.number,
            ballots.c.question,
            invitees.c.name,
            votes.c.choice,
            votes.c.at,
            ballots.c.outcome,
        )
        .join(ballots, ballots.c.id == votes.c.ballot_id)
        .join(agenda_items, agenda_items.c.id == ballots.c.item_id)
        .join(invitees, invitees.c.id == votes.c.invitee_id)
        .where(ballots.c.meeting_id == meeting_id)
        .order_by(agenda_items.c.number, ballots.c.id, votes.c.id)
    )
    return tuple(Vote(*row) for row in tx.execute(query))
