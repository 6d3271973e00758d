"""Asking those once more who have a broadcast and have not confirmed it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from storage.broadcasts.drafting import record
from storage.broadcasts.queueing import queue
from storage.broadcasts.reading import Broadcast, find, get
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.rules.access import Actor
from storage.tables import deliveries, people

NUDGE = "broadcast_nudge"  # outbox kind
APART = timedelta(hours=24)  # between two nudges of a person about one broadcast


def to_nudge(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> int:
    """How many would be asked now. Raises NotFound, NotAllowed, NotPossible("nothing_asked")."""
    _asking(tx, actor, broadcast_id)
    query = select(func.count()).where(deliveries.c.broadcast_id == broadcast_id, _silent(now))
    return tx.execute(query).scalar_one()


def nudge(tx: Connection, actor: Actor, broadcast_id: int, shown: int, now: datetime) -> int:
    """Ask the ``shown`` people who were counted; return how many. Raises as ``to_nudge``,
    AlreadyChanged when they are others by now, NotPossible("nobody").
    """
    _asking(tx, actor, broadcast_id)
    prefix = f"broadcast:{broadcast_id}:nudge:{now:%Y%m%d%H%M%S}:"
    asked = queue(tx, broadcast_id, NUDGE, prefix, _silent(now), now)
    if asked == 0:
        raise NotPossible("nobody")
    if asked != shown:
        raise AlreadyChanged
    tx.execute(
        update(deliveries)
        .where(deliveries.c.broadcast_id == broadcast_id, _silent(now))
        .values(nudged_at=now)
    )
    record(tx, actor, now, "nudged", broadcast_id, people=asked)
    return asked


def nudged(tx: Connection, person_id: int, broadcast_id: int) -> Broadcast | None:
    """What ``person_id`` is asked to confirm; None when there is nothing to ask any more.

    Raises NotFound when it was not sent to them.
    """
    row = tx.execute(
        select(deliveries.c.read_at).where(
            deliveries.c.broadcast_id == broadcast_id, deliveries.c.person_id == person_id
        )
    ).first()
    if row is None:
        raise NotFound("broadcast")
    return None if row.read_at is not None else find(tx, broadcast_id)


def _asking(tx: Connection, actor: Actor, broadcast_id: int) -> None:
    found = get(tx, actor, broadcast_id)
    if not (found.confirms or found.choices) or found.state not in ("running", "finished"):
        raise NotPossible("nothing_asked")


def _silent(now: datetime) -> ColumnElement[bool]:
    can = select(people.c.id).where(people.c.reachable)
    return and_(
        deliveries.c.state.in_(["sent", "uncertain"]),
        deliveries.c.read_at.is_(None),
        deliveries.c.person_id.in_(can),
        or_(deliveries.c.nudged_at.is_(None), deliveries.c.nudged_at <= now - APART),
    )
