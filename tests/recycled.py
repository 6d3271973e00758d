"""One PostgreSQL database a worker, emptied between tests: making one anew takes far longer."""

from typing import Any

import asyncpg

# What a test must leave as it was: names and types of columns, indexes, sequences, constraints.
_SHAPE = """
SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
  SELECT relname::text || relkind::text || coalesce(attname::text, '')
      || coalesce(atttypid::text, '') || coalesce(attnotnull::text, '') AS line
    FROM pg_class LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
   WHERE relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT conname::text || conrelid::text FROM pg_constraint
   WHERE connamespace = 'public'::regnamespace
) AS shape
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SEQUENCES = """
SELECT sequencename, coalesce(last_value, start_value) AS value, last_value IS NOT NULL AS called
  FROM pg_sequences WHERE schemaname = 'public'
"""
_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Recycled:
    """A copy of a migrated database, which ``empty`` gives back as it was when it was made."""

    def __init__(self, address: str) -> None:
        self._address = address  # as asyncpg takes it
        self._shape: str | None = None
        self._seeds: dict[str, list[asyncpg.Record]] = {}
        self._sequences: dict[str, tuple[int, bool]] = {}
        self._which_hold_rows = ""

    async def remember(self) -> None:
        """Note what a migrated database holds."""
        connection = await asyncpg.connect(self._address)
        try:
            self._shape = await connection.fetchval(_SHAPE)
            tables = [row[0] for row in await connection.fetch(_TABLES)]
            self._which_hold_rows = " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")"  # noqa: S608 - our own
                for table in tables
            )
            for table in await self._filled(connection):
                self._seeds[table] = await connection.fetch(
                    f'SELECT * FROM "{table}"'  # noqa: S608 - our own
                )
            self._sequences = await self._counted(connection)
        finally:
            await connection.close()

    async def empty(self) -> bool:
        """Take out whatever a test has left; False when the tables are not what they were."""
        connection = await asyncpg.connect(self._address)
        try:
            await connection.execute(_ALONE)
            if await connection.fetchval(_SHAPE) != self._shape:
                return False
            async with connection.transaction():
                # No foreign key asks in which order rows go and come.
                await connection.execute("SET LOCAL session_replication_role = replica")
                await self._restore(connection)
            return True
        finally:
            await connection.close()

    async def _restore(self, connection: Any) -> None:
        for table in sorted({*await self._filled(connection), *self._seeds}):
            await connection.execute(f'DELETE FROM "{table}"')  # noqa: S608
        for table, rows in self._seeds.items():
            await connection.copy_records_to_table(table, records=[tuple(row) for row in rows])
        for name, (value, called) in (await self._counted(connection)).items():
            before = self._sequences[name]
            if (value, called) != before:
                await connection.execute("SELECT setval($1::text::regclass, $2, $3)", name, *before)

    async def _filled(self, connection: Any) -> list[str]:
        return [row[0] for row in await connection.fetch(self._which_hold_rows)]

    async def _counted(self, connection: Any) -> dict[str, tuple[int, bool]]:
        rows = await connection.fetch(_SEQUENCES)
        return {row["sequencename"]: (row["value"], row["called"]) for row in rows}
