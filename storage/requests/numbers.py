"""Numbers of voters' requests: ``САР-2026-0147``, counted in each branch and year without gaps."""

from sqlalchemy import Connection

from storage import numbering
from storage.numbering import written
from storage.tables import request_counters

__all__ = ["take", "written"]


def take(tx: Connection, branch_id: int, year: int) -> int:
    """The next counter of a branch in a (local) year, see ``numbering.take``."""
    return numbering.take(tx, request_counters, branch_id, year)
