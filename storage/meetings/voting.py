"""An open vote: opened by the secretary with a quorum, voted in the room, closed once."""

from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from storage import audit
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.meetings import ballot_notices, bodies, sitting
from storage.meetings.ballots import SUBJECT, Ballot, ballot_row, entitled, get, item_of
from storage.meetings.convened import convened
from storage.meetings.quorums import Quorum, counting, here, quorum
from storage.meetings.rows import row_of
from storage.rules.access import Actor
from storage.rules.meeting_states import IN_PROGRESS
from storage.rules.quorum import ADOPTED, CHOICES, outcome
from storage.tables import ballots, invitees, people, votes
from storage.upsert import upsert

QUESTION_LIMIT = 1000  # characters


# The secretary


def open_(
    tx: Connection,
    actor: Actor,
    item_id: int,
    question: str | None,
    now: datetime,
    today: date,
) -> Ballot:
    """Open the vote on an item; the members present get its buttons.

    ``question`` None asks for the draft decision. Raises NotFound, NotAllowed, ValueError for too
    long a question, and NotPossible: not_going_on, ballot_open when another vote of the meeting
    is, no_quorum.
    """
    if len(question or "") > QUESTION_LIMIT:
        raise ValueError("the question is too long")
    item = item_of(tx, item_id)
    meeting = convened(tx, actor, item["meeting_id"], lock=True)
    if meeting["state"] != IN_PROGRESS:
        raise NotPossible("not_going_on")
    if ballot_notices.under_way(tx, meeting["id"]) is not None:
        raise NotPossible("ballot_open")
    found = quorum(tx, meeting["id"], today)
    if not found.holds:
        raise NotPossible("no_quorum")
    ballot_id = _open(tx, actor, item, question, found, now)
    called = select(invitees.c.person_id).where(*entitled(tx, meeting, today))
    ballot_notices.offer(tx, meeting["id"], tx.execute(called).scalars().all(), now)
    audit.record(tx, actor, now, "meetings.open_ballot", SUBJECT, ballot_id, item=item_id)
    return get(tx, actor, ballot_id, today)


def close(
    tx: Connection, actor: Actor, ballot_id: int, version: int, now: datetime, today: date
) -> Ballot:
    """Close a vote and count it: adopted when more than half of the members present are for it.

    Only those who are in the room now are counted; a vote of somebody who has left is dropped.
    Without a quorum now nothing is decided. Raises NotFound, NotAllowed, AlreadyChanged.
    """
    row = ballot_row(tx, ballot_id)
    meeting = convened(tx, actor, row["meeting_id"], lock=True)
    found = quorum(tx, meeting["id"], today)
    may_vote = select(invitees.c.id).where(*entitled(tx, meeting, today))
    step = (
        update(ballots)
        .where(
            ballots.c.id == ballot_id,
            ballots.c.version == version,
            ballots.c.closed_at.is_(None),
        )
        .values(closed_at=now, closed_by=actor.person_id, version=version + 1)
    )
    if tx.execute(step).rowcount != 1:
        raise _changed(tx, ballot_id)
    gone = delete(votes).where(votes.c.ballot_id == ballot_id, votes.c.invitee_id.not_in(may_vote))
    tx.execute(gone)
    said = tx.execute(select(votes.c.choice).where(votes.c.ballot_id == ballot_id)).scalars()
    result = outcome(said, found.present, found.needed)
    tx.execute(
        update(ballots)
        .where(ballots.c.id == ballot_id)
        .values(outcome=result, present=found.present, needed=found.needed)
    )
    if result == ADOPTED and row["question"] is None:
        sitting.adopt_draft(tx, row["item_id"])
    audit.record(tx, actor, now, "meetings.close_ballot", SUBJECT, ballot_id, result=result)
    return get(tx, actor, ballot_id, today)


# The members


def cast(
    tx: Connection, actor: Actor, ballot_id: int, choice: str, now: datetime, today: date
) -> Ballot:
    """Keep ``actor``'s vote; the last one holds until the vote is closed.

    Raises NotFound for whoever is not called, ValueError for no choice, and NotPossible:
    ballot_closed, not_entitled for whoever is no member of the body, not_present.
    """
    row = _voting(tx, ballot_id, choice)
    query = select(invitees).where(
        invitees.c.meeting_id == row["meeting_id"], invitees.c.person_id == actor.person_id
    )
    mine = tx.execute(query).mappings().first()
    if mine is None:
        raise NotFound(SUBJECT)
    _keep(tx, row, mine, choice, now, today)
    audit.record(tx, actor, now, "meetings.vote", SUBJECT, ballot_id)
    return get(tx, actor, ballot_id, today)


def cast_for(
    tx: Connection,
    actor: Actor,
    ballot_id: int,
    invitee_id: int,
    choice: str,
    now: datetime,
    today: date,
) -> Ballot:
    """Write down the vote of a member in the room who has no telephone at hand.

    For whoever prepares the meeting. A vote that the member gave from their own telephone stays:
    NotPossible("voted_already"). Raises as ``cast``, and NotAllowed.
    """
    row = _voting(tx, ballot_id, choice)
    convened(tx, actor, row["meeting_id"])
    query = select(invitees).where(
        invitees.c.id == invitee_id, invitees.c.meeting_id == row["meeting_id"]
    )
    found = tx.execute(query).mappings().first()
    if found is None:
        raise NotFound("invitee")
    voted = select(votes.c.id).where(
        votes.c.ballot_id == ballot_id, votes.c.invitee_id == invitee_id
    )
    if tx.execute(voted).first() is not None:
        raise NotPossible("voted_already")
    _keep(tx, row, found, choice, now, today)
    audit.record(tx, actor, now, "meetings.vote_for", SUBJECT, ballot_id, invitee=invitee_id)
    return get(tx, actor, ballot_id, today)


def _voting(tx: Connection, ballot_id: int, choice: str) -> RowMapping:
    """The ballot, held against its closing while a vote is kept."""
    if choice not in CHOICES:
        raise ValueError(f"no choice: {choice}")
    return ballot_row(tx, ballot_id, share=True)


def _keep(
    tx: Connection, row: RowMapping, mine: RowMapping, choice: str, now: datetime, today: date
) -> None:
    if row["closed_at"] is not None:
        raise NotPossible("ballot_closed")
    meeting = row_of(tx, row["meeting_id"])
    deputies = bodies.rule(tx, meeting["branch_id"], meeting["body"]).deputies
    counts = select(invitees.c.id, here()).where(
        invitees.c.id == mine["id"], counting(today, deputies=deputies)
    )
    found = tx.execute(counts).first()
    if found is None:
        raise NotPossible("not_entitled")
    if not found[1]:
        raise NotPossible("not_present")
    key = {"ballot_id": row["id"], "invitee_id": mine["id"]}
    upsert(tx, votes, key, {"choice": choice, "at": now})


def _open(
    tx: Connection,
    actor: Actor,
    item: RowMapping,
    question: str | None,
    found: Quorum,
    now: datetime,
) -> int:
    statement = insert(ballots).values(
        meeting_id=item["meeting_id"],
        item_id=item["id"],
        question=question,
        opened_at=now,
        opened_by=actor.person_id,
        present=found.present,
        needed=found.needed,
    )
    return int(tx.execute(statement.returning(ballots.c.id)).scalar_one())


def _changed(tx: Connection, ballot_id: int) -> AlreadyChanged:
    query = select(people.c.name, ballots.c.closed_at).join(
        people, people.c.id == ballots.c.closed_by
    )
    row = tx.execute(query.where(ballots.c.id == ballot_id)).first()
    return AlreadyChanged(row.name, row.closed_at) if row else AlreadyChanged()
