"""Sealing everything anew with the newest key, batch by batch, while others read and write."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    Text,
    cast,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)

from storage.privacy.cells import MARK, Unreadable, key_of, opened, sealed
from storage.privacy.keys import ID_LENGTH
from storage.privacy.rows import EVERY, Sealed
from storage.tables import facts
from storage.upsert import insert_new

BATCH = 200  # rows a transaction: nobody waits long for it
UNDER_WAY = "key_rotation"  # the fact that names the key everything is being sealed with

After = tuple[Any, ...]  # the primary key of the last row that was looked at


def begin(tx: Connection, key_id: str) -> str:
    """Note that all is to be sealed with the key ``key_id``, unless a rotation is under way.

    Return the id of the key that it goes to.
    """
    insert_new(tx, facts, [{"name": UNDER_WAY, "value": key_id}])
    kept = select(facts.c.value).where(facts.c.name == UNDER_WAY)
    return str(tx.execute(kept).scalar_one())


def end(tx: Connection) -> None:
    """Note that all is sealed with the key that the rotation went to."""
    tx.execute(delete(facts).where(facts.c.name == UNDER_WAY))


def reseal(
    tx: Connection, table: Sealed, key_id: str, after: After | None, tally: Counter[str]
) -> After | None:
    """Seal anew what another key than ``key_id`` (the newest) has sealed in the next rows.

    A cell that somebody changes meanwhile is left: it is new already. Counts what was "resealed"
    and what is "unreadable" in ``tally``. Return where to go on; None when there was nothing left.
    """
    keys = list(table.table.primary_key)
    columns = [table.table.c[name] for name in table.columns]
    query = (
        select(table.table)
        .where(or_(*(_stale(column, key_id) for column in columns)))
        .order_by(*keys)
        .limit(BATCH)
    )
    if after is not None:
        query = query.where(tuple_(*keys) > after)
    rows = tx.execute(query).mappings().all()
    for row in rows:
        for column in columns:
            if _is_stale(row[column.name], key_id):
                tally[_anew(tx, table, column, row)] += 1
    return tuple(rows[-1][key.name] for key in keys) if rows else None


def used(tx: Connection) -> set[str]:
    """The ids of the keys that anything in the database is sealed with."""
    return {key_id for column in _columns() for key_id in tx.execute(_ids(column)).scalars()}


def _anew(tx: Connection, table: Sealed, column: Column[Any], row: RowMapping) -> str:
    old, place = row[column.name], (table.cell(column.name), table.name(row))
    try:
        new = sealed(*place, opened(*place, old))
    except Unreadable:
        return "unreadable"
    same = [key == row[key.name] for key in table.table.primary_key]
    same.append(cast(column, Text) == _as_text(column, old))  # JSON knows no equality
    changed = tx.execute(update(table.table).where(*same).values({column.name: new}))
    return "resealed" if changed.rowcount else "changed meanwhile"


def _columns() -> Iterator[Column[Any]]:
    return (table.table.c[name] for table in EVERY for name in table.columns)


def _stale(column: Column[Any], key_id: str) -> ColumnElement[bool]:
    text = cast(column, Text)
    return text.like(f"{_before(column)}%") & text.not_like(f"{_before(column)}{key_id}.%")


def _is_stale(value: Any, key_id: str) -> bool:
    return isinstance(value, str) and value.startswith(MARK) and key_of(value) != key_id


def _ids(column: Column[Any]) -> Any:
    text, before = cast(column, Text), _before(column)
    query = select(func.substr(text, len(before) + 1, ID_LENGTH)).distinct()
    return query.where(text.like(f"{before}%"))


def _before(column: Column[Any]) -> str:
    """What stands before the id of the key in what the database holds as text."""
    return f'"{MARK}' if isinstance(column.type, JSON) else MARK


def _as_text(column: Column[Any], value: str) -> str:
    return json.dumps(value) if isinstance(column.type, JSON) else value
