"""Numbers of voters' requests: ``САР-2026-0147``, counted in each branch and year without gaps."""

from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import request_counters

DIGITS = 4  # at least


def take(tx: Connection, branch_id: int, year: int) -> int:
    """The next counter of a branch in a (local) year.

    The counter's row stays locked until the transaction ends, so a number that is rolled back is
    given to the next one: unique and without gaps on both engines.
    """
    row = {"branch_id": branch_id, "year": year, "last": 1}
    return int(tx.execute(_counting(tx.dialect.name), row).scalar_one())


@cache
def _counting(dialect: str) -> Any:
    module: Any = sqlite if dialect == "sqlite" else postgresql
    return (
        module.insert(request_counters)
        .on_conflict_do_update(
            index_elements=["branch_id", "year"], set_={"last": request_counters.c.last + 1}
        )
        .returning(request_counters.c.last)
    )


def written(code: str, year: int, counter: int) -> str:
    """The number as people read it: branch code, year of registration, counter."""
    return f"{code}-{year}-{counter:0{DIGITS}d}"
