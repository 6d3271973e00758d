"""A broadcast is recalled: its copies are deleted wherever Telegram still lets the bot do it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from storage.broadcasts import spreading
from storage.broadcasts.drafting import record
from storage.broadcasts.queueing import Whose, one, queue
from storage.broadcasts.reading import get
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.rules.access import Actor
from storage.tables import broadcasts as table
from storage.tables import deliveries

RECALL = "broadcast_recall"  # outbox kind
RECALLED = "recalled"
# Telegram lets a bot delete for 48 hours; the queue needs some time, too.
DELETABLE = timedelta(hours=47, minutes=30)


@dataclass(frozen=True)
class Reach:
    """From how many people it can be taken back, from how many it is too late, and how many have
    it in the message of a day: what stands there stays, and its button opens it no more.
    """

    can: int
    too_late: int
    in_digest: int = 0


def reach(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> Reach:
    """Count before recalling. Raises NotFound, NotAllowed, NotPossible("state")."""
    if get(tx, actor, broadcast_id).state not in ("finished", "stopped"):
        raise NotPossible("state")
    can = _count(tx, broadcast_id, _there(now))
    with_others = _count(tx, broadcast_id, spreading.in_digest())
    sent = _count(tx, broadcast_id, deliveries.c.state == "sent")
    return Reach(can, sent - can - with_others, with_others)


def recall(tx: Connection, actor: Actor, broadcast_id: int, shown: int, now: datetime) -> None:
    """Delete the copies of the ``shown`` people who were counted.

    Raises as ``reach``, NotPossible("nobody"), AlreadyChanged when they are others by now.
    """
    can = reach(tx, actor, broadcast_id, now).can
    if can == 0:
        raise NotPossible("nobody")
    if can != shown:
        raise AlreadyChanged
    prefix = f"broadcast:{broadcast_id}:recall:"
    if queue(tx, broadcast_id, RECALL, prefix, _there(now), now) != can:
        raise AlreadyChanged
    changed = tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.state.in_(("finished", "stopped")))
        .values(state=RECALLED, version=table.c.version + 1)
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise AlreadyChanged
    record(tx, actor, now, RECALLED, broadcast_id, people=can)


def messages_of(tx: Connection, whose: Whose, broadcast_id: int) -> tuple[int, ...]:
    """The messages that a recipient's copy is made of. Raises NotFound."""
    row = tx.execute(
        select(deliveries.c.message_id, deliveries.c.parts).where(*one(broadcast_id, whose))
    ).first()
    if row is None or row.message_id is None:
        raise NotFound("broadcast")
    return (*(row.parts or ()), row.message_id)


def settle(tx: Connection, broadcast_id: int, whose: Whose, now: datetime) -> None:
    """A copy is deleted."""
    gone = update(deliveries).where(*one(broadcast_id, whose))
    tx.execute(gone.values(recalled_at=now))


def _count(tx: Connection, broadcast_id: int, which: ColumnElement[bool]) -> int:
    query = select(func.count()).where(deliveries.c.broadcast_id == broadcast_id, which)
    return tx.execute(query).scalar_one()


def _there(now: datetime) -> ColumnElement[bool]:
    return and_(
        deliveries.c.state == "sent",
        deliveries.c.message_id.is_not(None),
        deliveries.c.sent_at > now - DELETABLE,
    )
