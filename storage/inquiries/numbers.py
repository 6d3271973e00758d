"""Numbers of deputy inquiries: ``САУ-САР-2026-0001``, counted in each branch and year."""

from sqlalchemy import Connection

from storage import numbering
from storage.tables import inquiry_counters

MARK = "САУ"  # сауал


def take(tx: Connection, branch_id: int, year: int) -> int:
    """The next counter of a branch in a (local) year, see ``numbering.take``."""
    return numbering.take(tx, inquiry_counters, branch_id, year)


def written(code: str, year: int, counter: int) -> str:
    """The number as people read it: branch code, year, counter."""
    return numbering.written(f"{MARK}-{code}", year, counter)
