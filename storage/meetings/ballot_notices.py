"""The message that a vote is open, to each member who is present."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from storage import outbox
from storage.meetings.bodies import MEMBER
from storage.tables import ballots, invitees

KIND = "meeting_ballot"  # of the outbox


def offer(tx: Connection, meeting_id: int, person_ids: Iterable[int | None], now: datetime) -> None:
    """Send the buttons of the vote under way, if there is one, to members among ``person_ids``.

    Each gets them once, however often they leave and come back.
    """
    ballot_id = under_way(tx, meeting_id)
    known = sorted(person_id for person_id in person_ids if person_id is not None)
    if ballot_id is None or not known:
        return
    members = select(invitees.c.person_id).where(
        invitees.c.meeting_id == meeting_id,
        invitees.c.capacity == MEMBER,
        invitees.c.person_id.in_(known),
    )
    messages = [
        outbox.Message(f"{KIND}:{ballot_id}:{person_id}", KIND, person_id, {"ballot": ballot_id})
        for person_id in tx.execute(members).scalars()
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def under_way(tx: Connection, meeting_id: int) -> int | None:
    """The id of the vote that is open in the meeting; None when none is."""
    query = select(ballots.c.id).where(
        ballots.c.meeting_id == meeting_id, ballots.c.closed_at.is_(None)
    )
    return tx.execute(query.limit(1)).scalar_one_or_none()
