"""Rows as they stand in the database, with what is sealed in them opened."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, Table

from storage.privacy.rows import EVERY


def opened(table: Table, row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
    """A whole row of ``table``; as it is, where nothing of the table is sealed."""
    for sealed in EVERY:
        if sealed.table is table:
            return sealed.unseal(row)
    return dict(row)


def all_opened(
    table: Table, rows: Iterable[Mapping[str, Any] | RowMapping]
) -> list[dict[str, Any]]:
    """Whole rows of ``table``."""
    return [opened(table, row) for row in rows]
