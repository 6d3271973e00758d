"""Who is in the room: the roll call, arrivals and departures, and whether there is a quorum."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    delete,
    exists,
    insert,
    select,
    update,
)

from storage import audit
from storage.errors import NotFound, NotPossible
from storage.meetings import answers, ballot_notices, bodies
from storage.meetings.convened import convened
from storage.meetings.quorums import Quorum, quorum
from storage.rules.access import Actor
from storage.rules.meeting_states import AHEAD, IN_PROGRESS
from storage.tables import invitees, presence, votes

GATHERING = timedelta(hours=2)  # before the start the roll may be called already
SLIP = timedelta(minutes=2)  # a mark taken back so soon was a slip of the finger


@dataclass(frozen=True)
class Marked:
    """What a mark came to: the quorum now, and whether it was there before."""

    name: str
    quorum: Quorum
    held_before: bool


def mark(
    tx: Connection, actor: Actor, invitee_id: int, now: datetime, today: date, *, there: bool
) -> Marked:
    """Write down that somebody is there, or is not (any more), on the item under discussion.

    What stands already is left as it stands, so two who call the roll do no harm. A slip of the
    finger leaves no trace: see ``SLIP``. Raises NotFound, NotAllowed, NotPossible (see
    ``roll_of``).
    """
    query = select(invitees).where(invitees.c.id == invitee_id)
    invitee = tx.execute(query.with_for_update()).mappings().first()
    if invitee is None:
        raise NotFound("invitee")
    meeting = roll_of(tx, actor, invitee["meeting_id"], now)
    before = quorum(tx, meeting["id"], today)
    if there:
        _arrives(tx, meeting, [invitee_id], now)
    else:
        _leaves(tx, meeting, invitee_id, now)
    audit.record(tx, actor, now, "meetings.mark", "invitee", invitee_id, there=there)
    if there:
        ballot_notices.offer(tx, meeting["id"], [invitee["person_id"]], now)
    return Marked(invitee["name"], quorum(tx, meeting["id"], today), before.holds)


def mark_coming(
    tx: Connection, actor: Actor, meeting_id: int, now: datetime, today: date
) -> tuple[int, Quorum]:
    """Mark everybody present who said that they come (or send somebody, where that counts).

    Only in a roll call: whoever was marked once, even as gone, is left as they are. Returns how
    many were marked and the quorum. Raises as ``mark``.
    """
    meeting = roll_of(tx, actor, meeting_id, now, lock=True)
    waiting = _coming(tx, meeting)
    _arrives(tx, meeting, list(waiting), now)
    ballot_notices.offer(tx, meeting_id, waiting.values(), now)
    audit.record(tx, actor, now, "meetings.mark_coming", "meeting", meeting_id, people=len(waiting))
    return len(waiting), quorum(tx, meeting_id, today)


def coming(tx: Connection, actor: Actor, meeting_id: int) -> int:
    """How many ``mark_coming`` would mark now. Raises NotFound, NotAllowed."""
    return len(_coming(tx, convened(tx, actor, meeting_id)))


def roll_of(
    tx: Connection, actor: Actor, meeting_id: int, now: datetime, *, lock: bool = False
) -> RowMapping:
    """The meeting whose roll ``actor`` may call now.

    Raises NotFound, NotAllowed, NotPossible: too_early until two hours before its start,
    not_going_on once it is over, or cancelled.
    """
    meeting = convened(tx, actor, meeting_id, lock=lock)
    if meeting["state"] == IN_PROGRESS:
        return meeting
    if meeting["state"] not in AHEAD:
        raise NotPossible("not_going_on")
    if meeting["starts_at"] is None or now < meeting["starts_at"] - GATHERING:
        raise NotPossible("too_early")
    return meeting


def _coming(tx: Connection, meeting: RowMapping) -> dict[int, int | None]:
    """Who said that they come and was never marked: invitee → person."""
    deputies = bodies.rule(tx, meeting["branch_id"], meeting["body"]).deputies
    said = [answers.WILL, answers.DEPUTY] if deputies else [answers.WILL]
    query = select(invitees.c.id, invitees.c.person_id).where(
        invitees.c.meeting_id == meeting["id"],
        invitees.c.answer.in_(said),
        ~exists().where(presence.c.invitee_id == invitees.c.id),
    )
    return {row.id: row.person_id for row in tx.execute(query)}


def _arrives(tx: Connection, meeting: RowMapping, ids: list[int], now: datetime) -> None:
    kept = select(presence.c.invitee_id).where(
        presence.c.invitee_id.in_(ids), presence.c.left_at.is_(None)
    )
    fresh = sorted(set(ids) - set(tx.execute(kept).scalars()))
    slipped = tx.execute(
        update(presence)
        .where(presence.c.invitee_id.in_(fresh), presence.c.left_at > now - SLIP)
        .values(left_at=None, left_on=None)
        .returning(presence.c.invitee_id)
    )
    back = set(slipped.scalars())
    rows = [
        {"invitee_id": id_, "came_at": now, "came_on": meeting["item_id"]}
        for id_ in fresh
        if id_ not in back
    ]
    if rows:
        tx.execute(insert(presence), rows)


def _leaves(tx: Connection, meeting: RowMapping, invitee_id: int, now: datetime) -> None:
    open_ = and_(presence.c.invitee_id == invitee_id, presence.c.left_at.is_(None))
    voted = exists().where(votes.c.invitee_id == invitee_id)
    # Before the first item there is nothing to leave: the mark itself was wrong.
    slip = ~voted if meeting["item_id"] is None else and_(~voted, presence.c.came_at > now - SLIP)
    tx.execute(delete(presence).where(open_, slip))
    tx.execute(update(presence).where(open_).values(left_at=now, left_on=meeting["item_id"]))
