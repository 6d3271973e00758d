"""Which files on disk something points to: in every table their column is called ``path``."""

from sqlalchemy import Connection, select

from storage.tables import metadata


def paths(tx: Connection) -> frozenset[str]:
    """The paths, under the data folder, of all files that are kept for a row."""
    columns = [table.c.path for table in metadata.tables.values() if "path" in table.c]
    return frozenset(
        path
        for column in columns
        for path in tx.execute(select(column).where(column.is_not(None)).distinct()).scalars()
    )
