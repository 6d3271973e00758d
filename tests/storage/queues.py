"""What the queues hold, read the way the running program reads them."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage import inbox, outbox
from storage.inbox import Waiting
from storage.outbox import Outgoing, Priority
from tests.conftest import NOW

SOMEBODY = "a process"


def send_due(tx: Connection, now: datetime, limit: int) -> list[Outgoing]:
    """Mark what may go at ``now`` as being sent, the more urgent first."""
    found: list[int] = []
    for priority in Priority:
        found += [due.id for due in outbox.due(tx, priority, now, set(found), limit)]
    return outbox.take(tx, found[:limit])


def waiting(tx: Connection, now: datetime = NOW) -> list[Waiting]:
    """The updates that wait, as one process alone claims them."""
    return inbox.claim(tx, SOMEBODY, now, now + timedelta(seconds=10), set(), 1000)
