"""A meeting as whoever looks after its people works on it: found, permitted, locked if need be."""

from sqlalchemy import Connection, RowMapping

from storage.meetings.preparing import demand
from storage.meetings.rows import row_of
from storage.rules.access import Actor


def convened(tx: Connection, actor: Actor, meeting_id: int, *, lock: bool = False) -> RowMapping:
    """The row of a meeting that ``actor`` prepares; the Bureau's only for the whole region.

    ``lock`` holds it until the transaction ends, so that two who change the same things of it come
    one after the other. Raises NotFound, and NotAllowed for whoever does not prepare it.
    """
    row = row_of(tx, meeting_id, lock=lock)
    demand(actor, row["branch_id"], row["body"])
    return row
