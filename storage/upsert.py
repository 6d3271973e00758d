"""INSERT … ON CONFLICT for both engines: SQLAlchemy Core spells it in each dialect."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def _insert(tx: Connection, table: Table) -> Any:
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def upsert(tx: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert ``key`` + ``values``, or set ``values`` where ``key`` (unique columns) exists."""
    statement = _insert(tx, table).values(**key, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def insert_new(tx: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert ``rows``, passing over those that any unique key has already."""
    if rows:
        tx.execute(_insert(tx, table).on_conflict_do_nothing(), rows)


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
        statement = _insert(tx, table)
        taken = {name: statement.excluded[name] for name in columns}
        tx.execute(
            statement.on_conflict_do_update(index_elements=key, set_=taken, where=where), rows
        )
