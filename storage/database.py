"""How a transaction is executed: the one room that knows.

A storage function is a plain function whose first argument is a ``Connection``. Nothing in it can
be awaited, so nothing can go over the network inside a transaction.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

P = ParamSpec("P")
T = TypeVar("T")

SQLITE_BUSY_SECONDS = 5.0
READERS = 4


class Database:
    """An opened database: ``read`` for questions, ``write`` for one whole transaction."""

    def __init__(self, url: str) -> None:
        """Prepare the engines for ``url`` (sqlite+aiosqlite or postgresql+asyncpg); see ``close``.

        Raises ValueError for another kind of database.
        """
        self.url: URL = make_url(url)
        if self.url.drivername == "sqlite+aiosqlite":
            self._reader, self._writer = _sqlite_engines(self.url)
            # One writer: a second one would only wait for the file's lock, and may starve.
            self._turnstile: asyncio.Lock | None = asyncio.Lock()
        elif self.url.drivername == "postgresql+asyncpg":
            self._writer = create_async_engine(self.url, pool_size=READERS, max_overflow=4)
            self._reader = self._writer.execution_options(isolation_level="AUTOCOMMIT")
            self._turnstile = None
        else:
            raise ValueError(f"unknown kind of database: {self.url.drivername}")

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine."""
        return self._turnstile is not None

    async def read(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, …)`` without a transaction of its own and return what it returns."""
        async with self._reader.connect() as connection:
            return await connection.run_sync(fn, *args, **kwargs)

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, …)`` as one transaction: all of it is kept, or nothing."""
        if self._turnstile is None:
            return await self._transaction(fn, *args, **kwargs)
        async with self._turnstile:
            return await self._transaction(fn, *args, **kwargs)

    async def _transaction(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        async with self._writer.begin() as connection:
            return await connection.run_sync(fn, *args, **kwargs)

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        if self.is_sqlite:
            await self._reader.dispose()

    async def ping(self) -> None:
        """Raise what the driver raises when the database does not answer."""
        await self.read(lambda tx: tx.execute(text("SELECT 1")).scalar_one())


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    if not url.database or url.database == ":memory:":
        raise ValueError("an SQLite database needs a file")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"timeout": SQLITE_BUSY_SECONDS, "isolation_level": None}
    reader = create_async_engine(
        url, pool_size=READERS, connect_args=arguments, isolation_level="AUTOCOMMIT"
    )
    writer = create_async_engine(url, pool_size=1, max_overflow=0, connect_args=arguments)
    for engine in (reader, writer):
        event.listen(engine.sync_engine, "connect", _set_pragmas)
    # A deferred transaction that reads first and writes later fails at once when another writer
    # came between, whatever the busy timeout says: take the write lock at the beginning.
    event.listen(writer.sync_engine, "begin", _begin_immediate)
    return reader, writer


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
