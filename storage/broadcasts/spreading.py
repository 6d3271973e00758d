"""New words reach the copies: a message of the outbox for each, its end noted for each."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from storage import outbox as outgoing
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.queueing import COPY, Whose, one, queue, to_them, with_message
from storage.broadcasts.reading import Broadcast
from storage.errors import NotFound
from storage.tables import branch_groups, broadcasts, deliveries, outbox, people

EDIT, EDITED = "broadcast_edit", "broadcast_edited"  # outbox kinds
# How the newest edition fares with a copy. WIRE: the copy was being sent when it came.
WIRE, WAITING, DONE, FAILED = "wire", "waiting", "edited", "failed"
UNKNOWN = "unknown"  # why: no message of it can be found
DIGEST = "digest"  # why: it came with others; what its button opens has the new words
SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Spread:
    """How far the newest words have come: copies by what became of them."""

    edited: int = 0
    waiting: int = 0
    reasons: dict[str, int] = field(default_factory=dict)  # of those that could not be edited


def readers(of: Broadcast, language: str) -> ColumnElement[bool]:
    """Of the deliveries those whose reader sees the version of ``language``."""
    if of.other_language is None:
        return true()

    def read(spoken: Column[str]) -> ColumnElement[bool]:
        mine = spoken == of.other_language if language != ORIGINAL else spoken != of.other_language
        # Who has not chosen a language reads that of the program: edited in vain it does no harm.
        return or_(spoken.is_(None), mine)

    return or_(
        deliveries.c.person_id.in_(select(people.c.id).where(read(people.c.language))),
        deliveries.c.group_id.in_(select(branch_groups.c.id).where(read(branch_groups.c.language))),
    )


def delivered() -> ColumnElement[bool]:
    """Of the deliveries those whose message is known and still there."""
    return and_(
        deliveries.c.state == "sent",
        deliveries.c.message_id.is_not(None),
        deliveries.c.recalled_at.is_(None),
    )


def unfindable() -> ColumnElement[bool]:
    """Of the deliveries those of which no message is known: uncertain, or gathered with others."""
    return or_(unknown(), in_digest())


def unknown() -> ColumnElement[bool]:
    """Of the deliveries those that may have come, or have, nobody knows in which message."""
    lost = and_(
        deliveries.c.state == "sent",
        deliveries.c.message_id.is_(None),
        deliveries.c.reason.is_distinct_from(DIGEST),
    )
    return or_(deliveries.c.state == "uncertain", lost)


def in_digest() -> ColumnElement[bool]:
    """Of the deliveries those that came in the message of a day, with others."""
    return and_(
        deliveries.c.state == "sent",
        deliveries.c.message_id.is_(None),
        deliveries.c.reason == DIGEST,
    )


def spread(tx: Connection, of: Broadcast, language: str, edition: int, now: datetime) -> int:
    """Queue an edit of each delivered copy; return of how many. What waits takes the new words."""
    here = and_(deliveries.c.broadcast_id == of.id, readers(of, language))
    copies = (outbox.c.stream == of.id, outbox.c.kind == COPY)
    # Who takes one of these to send it waits for this transaction, and reads the new words.
    held = update(outbox).where(*copies, outbox.c.state == "waiting")
    tx.execute(held.values(attempts=outbox.c.attempts))
    on_the_wire = with_message(*copies, outbox.c.state == "sending")
    _mark(
        tx,
        and_(here, deliveries.c.state == "waiting", on_the_wire),
        edition,
        WIRE,
    )
    _mark(tx, and_(here, unknown()), edition, FAILED, UNKNOWN)
    _mark(tx, and_(here, in_digest()), edition, FAILED, DIGEST)
    reached = and_(here, delivered())
    tx.execute(
        update(outbox)
        .where(
            outbox.c.stream == of.id,
            outbox.c.kind == EDIT,
            outbox.c.state == "waiting",
            to_them(reached),
        )
        .values(state="failed", reason=SUPERSEDED, sent_at=now)
    )
    queued = queue(tx, of.id, EDIT, _prefix(of.id, edition), reached, now, edition=edition)
    _mark(tx, reached, edition, WAITING)
    return queued


def follow(tx: Connection, broadcast_id: int, whose: Whose, edition: int, now: datetime) -> None:
    """A copy that was on its way when the new words came has arrived: it is edited, too."""
    it = and_(*one(broadcast_id, whose))
    queue(tx, broadcast_id, EDIT, _prefix(broadcast_id, edition), it, now, edition=edition)
    _mark(tx, it, edition, WAITING)


def message_of(tx: Connection, whose: Whose, broadcast_id: int) -> int:
    """The message of a copy that has its words and buttons. Raises NotFound."""
    query = select(deliveries.c.message_id).where(*one(broadcast_id, whose))
    found = tx.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound("broadcast")
    return int(found)


def settle(
    tx: Connection,
    broadcast_id: int,
    whose: Whose,
    edition: int,
    state: str,
    reason: str | None,
    now: datetime,
) -> None:
    """Note what became of the edit of one copy; with the last one the author is told."""
    done = state == "sent"
    tx.execute(
        update(deliveries)
        .where(*one(broadcast_id, whose), deliveries.c.edition == edition)
        .values(edit_state=DONE if done else FAILED, edit_reason=None if done else reason)
    )
    told_if_done(tx, broadcast_id, now)


def told_if_done(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """Tell the author, once an edition, when no copy waits for the newest words any more."""
    query = select(broadcasts.c.author_id, broadcasts.c.edition).where(
        broadcasts.c.id == broadcast_id
    )
    # The last two that come to their end at once must not each see the other waiting.
    of = tx.execute(query.with_for_update()).one()
    left = exists().where(
        deliveries.c.broadcast_id == broadcast_id, deliveries.c.edit_state.in_((WIRE, WAITING))
    )
    if tx.execute(select(left)).scalar_one():
        return
    outgoing.put(
        tx,
        f"broadcast:{broadcast_id}:edited:{of.edition}",
        EDITED,
        of.author_id,
        {"broadcast_id": broadcast_id},
        now,
        priority=outgoing.Priority.NOTICE,
    )


def progress(tx: Connection, broadcast_id: int) -> Spread:
    """Count how the newest words fare."""
    rows = tx.execute(
        select(deliveries.c.edit_state, deliveries.c.edit_reason, func.count())
        .where(deliveries.c.broadcast_id == broadcast_id, deliveries.c.edit_state.is_not(None))
        .group_by(deliveries.c.edit_state, deliveries.c.edit_reason)
    ).all()
    states: dict[str, int] = {}
    for state, _, number in rows:
        states[state] = states.get(state, 0) + number
    return Spread(
        states.get(DONE, 0),
        states.get(WAITING, 0) + states.get(WIRE, 0),
        {reason or "": number for state, reason, number in rows if state == FAILED},
    )


def _mark(
    tx: Connection,
    which: ColumnElement[bool],
    edition: int,
    state: str,
    reason: str | None = None,
) -> None:
    tx.execute(
        update(deliveries)
        .where(which)
        .values(edition=edition, edit_state=state, edit_reason=reason)
    )


def _prefix(broadcast_id: int, edition: int) -> str:
    return f"broadcast:{broadcast_id}:edit:{edition}:"
