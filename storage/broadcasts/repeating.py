"""Sending a broadcast once more to those of whom nobody knows whether they have it."""

from datetime import datetime

from sqlalchemy import Connection, and_, func, select, update

from storage.broadcasts import boards
from storage.broadcasts.drafting import record
from storage.broadcasts.queueing import COPY, queue, to_them, without_message
from storage.broadcasts.reading import Broadcast, get
from storage.broadcasts.steering import FOR_EDIT
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Actor
from storage.tables import broadcasts as table
from storage.tables import deliveries, outbox


def again(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    shown: int,
    now: datetime,
    *,
    board: int | None = None,
) -> Broadcast:
    """Send the copies of the ``shown`` uncertain recipients again: some may get a second one.

    ``board``: the author's message that keeps up with it. Raises NotFound, NotAllowed,
    NotPossible("nobody"), AlreadyChanged when there are not ``shown`` any more, or the broadcast
    was recalled or stopped, or its new words wait for a second person.
    """
    found = get(tx, actor, broadcast_id)
    unsure = (deliveries.c.broadcast_id == broadcast_id, deliveries.c.state == "uncertain")
    many = tx.execute(select(func.count()).where(*unsure)).scalar_one()
    if not many:
        raise NotPossible("nobody")
    held = found.state not in ("running", "finished") or found.paused_reason == FOR_EDIT
    if many != shown or held:
        raise AlreadyChanged
    tx.execute(
        update(outbox)
        .where(
            outbox.c.kind == COPY,
            outbox.c.stream == broadcast_id,
            outbox.c.state == "uncertain",
            to_them(and_(*unsure)),
        )
        .values(
            state="waiting", attempts=0, reason=None, sent_at=None, not_before=now, created_at=now
        )
    )
    # What came gathered with others has no copy of its own yet.
    copies = (outbox.c.kind == COPY, outbox.c.stream == broadcast_id)
    gathered = (deliveries.c.state == "uncertain") & without_message(*copies)
    queue(tx, broadcast_id, COPY, f"broadcast:{broadcast_id}:", gathered, now)
    tx.execute(update(deliveries).where(*unsure).values(state="waiting", reason=None, sent_at=None))
    tx.execute(
        update(table)
        .where(table.c.id == broadcast_id)
        .values(state="running", finished_at=None, version=table.c.version + 1)
    )
    if board is not None and found.author_id == actor.person_id:
        boards.pin(tx, broadcast_id, board, now)
    record(tx, actor, now, "sent_again", broadcast_id, people=many)
    return get(tx, actor, broadcast_id)
