"""INSERT … ON CONFLICT for both engines: SQLAlchemy Core spells it in each dialect."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def _insert(dialect: str, table: Table) -> Any:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def upsert(tx: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert ``key`` + ``values``, or set ``values`` where ``key`` (unique columns) exists."""
    statement = _upserting(tx.dialect.name, table, tuple(key), tuple(values))
    tx.execute(statement, {**key, **values})


def insert_new(tx: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert ``rows``, passing over those that any unique key has already."""
    if rows:
        tx.execute(_passing_over(tx.dialect.name, table), rows)


def counted(
    tx: Connection,
    table: Table,
    key: dict[str, Any],
    first: dict[str, Any],
    next_: dict[str, Any],
) -> None:
    """Insert ``key`` + ``first``, or where ``key`` exists set ``next_``: made of what is there."""
    statement = _insert(tx.dialect.name, table).values({**key, **first})
    tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=next_))


# Statements are built once for each table: building costs more than the insert itself.
@cache
def _upserting(dialect: str, table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table)
    taken = {name: statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=list(key), set_=taken)


@cache
def _passing_over(dialect: str, table: Table) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing()


def insert_or_refresh(
    tx: Connection,
    table: Table,
    rows: list[dict[str, Any]],
    *,
    key: list[str],
    columns: list[str],
    where: ColumnElement[bool],
) -> None:
    """Insert ``rows``; where ``key`` exists and ``where`` holds, take over ``columns`` instead."""
    if rows:
        statement = _insert(tx.dialect.name, table)
        taken = {name: statement.excluded[name] for name in columns}
        tx.execute(
            statement.on_conflict_do_update(index_elements=key, set_=taken, where=where), rows
        )
