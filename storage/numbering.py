"""Counting what is numbered in each branch and year, without gaps or doubles."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

DIGITS = 4  # at least


def take(tx: Connection, counters: Table, branch_id: int, year: int) -> int:
    """The next counter of a branch in a (local) year, from the table ``counters``.

    The counter's row stays locked until the transaction ends, so a number that is rolled back is
    given to the next one: unique and without gaps on both engines.
    """
    row = {"branch_id": branch_id, "year": year, "last": 1}
    return int(tx.execute(_counting(counters, tx.dialect.name), row).scalar_one())


def written(code: str, year: int, counter: int) -> str:
    """The number as people read it: code, year, counter."""
    return f"{code}-{year}-{counter:0{DIGITS}d}"


@cache
def _counting(counters: Table, dialect: str) -> Any:
    module: Any = sqlite if dialect == "sqlite" else postgresql
    return (
        module.insert(counters)
        .on_conflict_do_update(
            index_elements=["branch_id", "year"], set_={"last": counters.c.last + 1}
        )
        .returning(counters.c.last)
    )
