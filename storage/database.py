"""How a transaction is executed: the one room that knows.

A storage function is a plain function whose first argument is a ``Connection``. Nothing in it can
be awaited, so nothing can go over the network inside a transaction.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.sqlite_room import SqliteRoom

P = ParamSpec("P")
T = TypeVar("T")

POOL = 5
# Compiling a statement takes PostgreSQL half a second; none of ours runs a tenth of that.
SERVER = {"server_settings": {"jit": "off"}}


class Room(Protocol):
    """Runs a function of a connection, by itself (``read``) or as one transaction (``write``)."""

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` without a transaction of its own."""
        ...

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` as one transaction: all of it is kept, or nothing."""
        ...

    async def rebuild(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` as one transaction that may make tables anew."""
        ...

    async def sweep(self) -> None:
        """Leave nothing in files of what was overwritten or deleted."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class Database:
    """An opened database: ``read`` for questions, ``write`` for one whole transaction."""

    def __init__(self, url: str) -> None:
        """Prepare the connections for ``url``; they are opened when first used, see ``close``.

        Takes sqlite+aiosqlite:///file and postgresql+asyncpg://…; raises ValueError for others.
        """
        self.url: URL = make_url(url)
        self._room: Room
        if self.url.drivername == "sqlite+aiosqlite":
            if not self.url.database or self.url.database == ":memory:":
                raise ValueError("an SQLite database needs a file")
            self._room = SqliteRoom(self.url.database)
        elif self.url.drivername == "postgresql+asyncpg":
            engine = create_async_engine(self.url, pool_size=POOL, connect_args=SERVER)
            self._room = PostgresRoom(engine)
        else:
            raise ValueError(f"unknown kind of database: {self.url.drivername}")

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine."""
        return isinstance(self._room, SqliteRoom)

    async def read(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, …)`` without a transaction of its own and return what it returns."""
        return await self._room.read(lambda tx: fn(tx, *args, **kwargs))

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, …)`` as one transaction: all of it is kept, or nothing."""
        return await self._room.write(lambda tx: fn(tx, *args, **kwargs))

    async def rebuild(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``fn(connection, …)`` as one transaction that may make tables anew: a migration.

        Raises ValueError when rows would be left that point to nothing.
        """
        return await self._room.rebuild(lambda tx: fn(tx, *args, **kwargs))

    async def sweep(self) -> None:
        """Leave nothing in files of what was overwritten or deleted, as far as it is ours to do.

        PostgreSQL's own vacuum does it in its time, and its archives are the server's.
        """
        await self._room.sweep()

    async def close(self) -> None:
        """Close every connection."""
        await self._room.close()

    async def ping(self) -> None:
        """Raise what the driver raises when the database does not answer."""
        await self.read(lambda tx: tx.execute(text("SELECT 1")).scalar_one())


class PostgresRoom:
    """The engine beyond one machine; its own server puts transactions side by side."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writer = engine
        self._reader = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._running: set[asyncio.Task[Any]] = set()

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` without a transaction of its own."""
        return await self._undisturbed(self._read(fn))

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` as one transaction."""
        return await self._undisturbed(self._write(fn))

    async def rebuild(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` as one transaction; here no table is made anew to be changed."""
        return await self.write(fn)

    async def sweep(self) -> None:
        """Nothing here: the server vacuums by itself."""

    async def close(self) -> None:
        """Let what is running end, and close every connection."""
        if self._running:
            await asyncio.wait(self._running)
        await self._writer.dispose()

    async def _read(self, fn: Callable[[Connection], T]) -> T:
        async with self._reader.connect() as connection:
            return await connection.run_sync(fn)

    async def _write(self, fn: Callable[[Connection], T]) -> T:
        async with self._writer.begin() as connection:
            return await connection.run_sync(fn)

    async def _undisturbed(self, work: Coroutine[Any, Any, T]) -> T:
        """Do ``work`` to its end even when whoever asked for it is cancelled meanwhile.

        A connection that is torn out of a statement cannot be used or closed properly any more.
        """
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # whoever asked has it; when they are gone nobody need hear of it
