"""What those who are called answer: they come, cannot, or send somebody in their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, update

from storage import audit, outbox
from storage.errors import NotFound, NotPossible
from storage.meetings.bodies import MEMBER, OBSERVER
from storage.meetings.convened import convened
from storage.meetings.rows import row_of
from storage.rules.access import Actor
from storage.rules.meeting_states import AHEAD, CANCELLED, DRAFT, OVER
from storage.tables import body_rules, invitees, people

WILL, CANNOT, DEPUTY = "will", "cannot", "deputy"
REASON_LIMIT = 300  # characters
NAME_LIMIT = 120  # of a stand-in

NUDGE = "meeting_nudge"  # of the outbox


@dataclass(frozen=True)
class Invitation:
    """How a person is called to a meeting, and what they answered."""

    id: int
    capacity: str  # member, invited, observer
    answer: str | None  # will, cannot, deputy; None: nothing yet
    reason: str | None
    stand_in: str | None
    version: int
    may_send: bool  # whether they may send somebody in their place


# Built once: it is asked with every card of a meeting ahead.
_INVITATION = (
    select(invitees, body_rules.c.deputies)
    .select_from(
        invitees.outerjoin(
            body_rules,
            and_(
                body_rules.c.branch_id == bindparam("branch_id"),
                body_rules.c.body == bindparam("body"),
            ),
        )
    )
    .where(
        invitees.c.meeting_id == bindparam("meeting_id"),
        invitees.c.person_id == bindparam("person_id"),
    )
)


def invitation(
    tx: Connection, person_id: int, meeting_id: int, branch_id: int, body: str
) -> Invitation | None:
    """How the person is called to the meeting of ``body``; None when not at all."""
    row = tx.execute(
        _INVITATION,
        {"meeting_id": meeting_id, "person_id": person_id, "branch_id": branch_id, "body": body},
    ).first()
    if row is None:
        return None
    may_send = row.capacity == MEMBER and bool(row.deputies)
    return Invitation(
        row.id, row.capacity, row.answer, row.reason, row.stand_in, row.version, may_send
    )


def answer(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    said: str,
    now: datetime,
    *,
    reason: str | None = None,
    stand_in: str | None = None,
) -> Invitation:
    """Keep what ``actor`` answers; the last answer holds, until the meeting begins.

    ``stand_in`` is the name of whoever is sent (DEPUTY only), ``reason`` why not (CANNOT only).
    Raises NotFound for whoever is not called, NotPossible (see ``check_open``; no_deputies where
    the body's rule allows none), and ValueError for a text that is too long or a missing name.
    """
    _check_texts(said, reason, stand_in)
    meeting = row_of(tx, meeting_id)
    found = invitation(tx, actor.person_id, meeting_id, meeting["branch_id"], meeting["body"])
    if found is None or meeting["state"] == DRAFT:
        raise NotFound("meeting")
    check_open(meeting["state"], meeting["starts_at"], now)
    if said == DEPUTY and not found.may_send:
        raise NotPossible("no_deputies")
    put(tx, found.id, said, now, reason=reason, stand_in=stand_in)
    audit.record(tx, actor, now, "meetings.answer", "meeting", meeting_id, answer=said)
    kept = invitation(tx, actor.person_id, meeting_id, meeting["branch_id"], meeting["body"])
    if kept is None:
        raise NotFound("meeting")
    return kept


def put(
    tx: Connection,
    invitee_id: int,
    said: str | None,
    now: datetime,
    *,
    reason: str | None = None,
    stand_in: str | None = None,
) -> None:
    """Write an answer down (None takes it back); who may is the caller's to check."""
    tx.execute(
        update(invitees)
        .where(invitees.c.id == invitee_id)
        .values(
            answer=said,
            reason=reason if said == CANNOT else None,
            stand_in=stand_in if said == DEPUTY else None,
            answered_at=now if said else None,
            version=invitees.c.version + 1,
        )
    )


def check_open(state: str, starts_at: datetime | None, now: datetime) -> None:
    """Raise NotPossible when there is nothing to answer any more.

    The reasons: meeting_cancelled, meeting_over, meeting_begun.
    """
    if state == CANCELLED:
        raise NotPossible("meeting_cancelled")
    if state in OVER:
        raise NotPossible("meeting_over")
    if state not in AHEAD or (starts_at is not None and starts_at <= now):
        raise NotPossible("meeting_begun")


def _check_texts(said: str, reason: str | None, stand_in: str | None) -> None:
    if said not in (WILL, CANNOT, DEPUTY) or (said == DEPUTY and not stand_in):
        raise ValueError(f"no answer: {said}")
    if len(reason or "") > REASON_LIMIT or len(stand_in or "") > NAME_LIMIT:
        raise ValueError("the text is too long")


# Whoever has not answered


def to_nudge(
    tx: Connection, actor: Actor, meeting_id: int, now: datetime, zone: ZoneInfo
) -> list[int]:
    """Whom a nudge would reach now: the ids of people.

    They were told of the meeting, have not answered, can be reached, and were not nudged today.
    Raises NotFound, NotAllowed, NotPossible (see ``check_open``).
    """
    meeting = convened(tx, actor, meeting_id)
    check_open(meeting["state"], meeting["starts_at"], now)
    query = select(people.c.id).join(invitees, invitees.c.person_id == people.c.id)
    query = query.where(
        silent(meeting_id), _not_nudged_since(_midnight(now, zone)), people.c.reachable
    )
    return list(tx.execute(query.order_by(people.c.id)).scalars())


def nudge(
    tx: Connection, actor: Actor, meeting_id: int, expected: int, now: datetime, zone: ZoneInfo
) -> int:
    """Ask those who have not answered once more, each at most once a day; return how many.

    ``expected`` is the number that was confirmed. Raises as ``to_nudge``, and
    NotPossible("others_silent") when the number is another one now.
    """
    convened(tx, actor, meeting_id, lock=True)
    who = to_nudge(tx, actor, meeting_id, now, zone)
    if len(who) != expected:
        raise NotPossible("others_silent")
    tx.execute(
        update(invitees)
        .where(invitees.c.meeting_id == meeting_id, invitees.c.person_id.in_(who))
        .values(nudged_at=now)
    )
    outbox.put_all(tx, _nudges(meeting_id, who, now, zone), now, priority=outbox.Priority.NOTICE)
    audit.record(tx, actor, now, "meetings.nudge", "meeting", meeting_id, people=len(who))
    return len(who)


def _nudges(
    meeting_id: int, who: Iterable[int], now: datetime, zone: ZoneInfo
) -> list[outbox.Message]:
    day = now.astimezone(zone).date().isoformat()
    params = {"meeting": meeting_id}
    return [
        outbox.Message(f"{NUDGE}:{meeting_id}:{day}:{person_id}", NUDGE, person_id, params)
        for person_id in who
    ]


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def silent(meeting_id: int) -> ColumnElement[bool]:
    """The condition on ``invitees`` of those who were asked and have not answered.

    Observers are not asked.
    """
    return and_(
        invitees.c.meeting_id == meeting_id,
        invitees.c.capacity != OBSERVER,
        invitees.c.answer.is_(None),
    )


def _not_nudged_since(day: datetime) -> ColumnElement[bool]:
    nudged = or_(invitees.c.nudged_at.is_(None), invitees.c.nudged_at < day)
    return and_(invitees.c.told_at.is_not(None), nudged)
