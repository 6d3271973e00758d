"""A meeting as its row, for whatever is done with it."""

from sqlalchemy import Connection, RowMapping, select

from storage.errors import NotFound
from storage.tables import meetings

GREATEST_ID = 2**63 - 1


def row_of(tx: Connection, meeting_id: int, *, lock: bool = False) -> RowMapping:
    """The row of a meeting, whoever asks; ``lock`` holds it until the transaction ends.

    Raises NotFound.
    """
    if not 0 < meeting_id <= GREATEST_ID:
        raise NotFound("meeting")
    query = select(meetings).where(meetings.c.id == meeting_id)
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise NotFound("meeting")
    return row
