"""Messages about one broadcast to many of its recipients: queued by one statement."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Text, cast, insert, literal, select

from storage.outbox import Priority
from storage.tables import UtcDateTime, deliveries, outbox

COPY = "broadcast_copy"  # outbox kind


def queue(
    tx: Connection,
    broadcast_id: int,
    kind: str,
    prefix: str,
    whom: ColumnElement[bool],
    now: datetime,
    **params: Any,
) -> int:
    """Queue a message of ``kind`` for each delivery of which ``whom`` holds; return how many.

    Its key is ``prefix`` and the person's id; ``params`` go beside the broadcast's id.
    """
    row = {
        "key": literal(prefix, Text) + cast(deliveries.c.person_id, Text),
        "kind": literal(kind),
        "person_id": deliveries.c.person_id,
        "params": literal({"broadcast_id": broadcast_id, **params}, JSON),
        "priority": literal(int(Priority.BROADCAST)),
        "stream": literal(broadcast_id),
        "not_before": literal(now, UtcDateTime()),
        "state": literal("waiting"),
        "created_at": literal(now, UtcDateTime()),
    }
    each = (
        select(*row.values())
        .where(deliveries.c.broadcast_id == broadcast_id, whom)
        .order_by(deliveries.c.person_id)
    )
    return tx.execute(insert(outbox).from_select(list(row), each)).rowcount
