"""SQLite: a whole function at a time, in a thread of aiosqlite's, or at once when it only reads.

The cost of the usual way is not SQL (a few microseconds) but the hops to the thread and back, one
for each execute, fetch and close. Here a write is one hop, whatever it does inside, and a read that
takes a moment is none: one that takes longer is broken off and goes to a reader's thread.
"""

import asyncio
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, NullPool, create_engine, event

T = TypeVar("T")
Job = Callable[[Connection], Any]

BUSY_SECONDS = 5.0
READERS = 2
STEPS = 1000  # of SQLite's machine between two looks at the clock
AT_ONCE_SECONDS = 0.02  # how long a read may keep the loop
TOGETHER = 64  # writes under one commit
COMPILED = 1500  # statements that are kept as SQL

# What is deleted is overwritten: sealed as it was, the keys would still open it in a stolen file.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class SqliteRoom:
    """One writer, a few readers. Writes that wait at the same moment share one commit."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = asyncio.Lock()
        self._writer: _Thread | None = None
        self._readers: asyncio.LifoQueue[_Thread] | None = None
        self._quick: _Quick | None = None
        self._waiting: deque[tuple[Job, asyncio.Future[Any]]] = deque()
        self._committing: asyncio.Task[None] | None = None

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` on a reading connection, each statement by itself."""
        await self._opened()
        assert self._readers is not None  # noqa: S101 - just opened
        assert self._quick is not None  # noqa: S101
        try:
            return self._quick.read(fn)
        except TooSlow:
            pass  # what only reads may be done again
        reader = await self._readers.get()
        try:
            result: T = await reader.run(_reading, fn)
        finally:
            self._readers.put_nowait(reader)
        return result

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` as one transaction, or as one savepoint of a transaction with others."""
        await self._opened()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((fn, future))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_waiting())
        return await future

    async def rebuild(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` as one transaction that may make tables anew, on a connection of its own.

        A table that is dropped for its successor takes nothing with it meanwhile.
        """
        await asyncio.to_thread(Path(self._path).parent.mkdir, parents=True, exist_ok=True)
        thread = await _Thread.opened(self._path, writing=True)
        try:
            result: T = await thread.run(_rebuilding, fn)
        finally:
            await thread.close()
        return result

    async def sweep(self) -> None:
        """Leave nothing in the log of what was overwritten."""
        await self._opened()
        assert self._writer is not None  # noqa: S101 - just opened
        await self._writer.run(_sweeping)

    async def close(self) -> None:
        """Let the waiting writes end, and close every connection."""
        if self._committing is not None:
            await self._committing
        async with self._lock:
            threads = [self._writer] if self._writer else []
            while self._readers is not None and not self._readers.empty():
                threads.append(self._readers.get_nowait())
            if self._quick is not None:
                self._quick.close()
            self._writer = self._readers = self._quick = None
            for thread in threads:
                await thread.close()

    async def _opened(self) -> None:
        if self._readers is not None:
            return
        async with self._lock:
            if self._readers is not None:
                return
            await asyncio.to_thread(Path(self._path).parent.mkdir, parents=True, exist_ok=True)
            writer = await _Thread.opened(self._path, writing=True)
            readers: asyncio.LifoQueue[_Thread] = asyncio.LifoQueue()
            for _ in range(READERS):
                readers.put_nowait(await _Thread.opened(self._path, writing=False))
            self._writer, self._readers, self._quick = writer, readers, _Quick(self._path)

    async def _commit_waiting(self) -> None:
        assert self._writer is not None  # noqa: S101 - opened before the first write
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
                await _commit(self._writer, [pair for pair in batch if not pair[1].done()])
        finally:
            self._committing = None


@dataclass(frozen=True)
class _Failure:
    """What a job raised; its own savepoint was rolled back, the others are kept."""

    error: Exception


async def _commit(writer: "_Thread", batch: list[tuple[Job, asyncio.Future[Any]]]) -> None:
    try:
        results = await writer.run(_writing, [job for job, _ in batch])
    except Exception as error:  # noqa: BLE001 - nothing was kept: each of the waiting must hear it
        results = [_Failure(error)] * len(batch)
    for (_, future), result in zip(batch, results, strict=True):
        if future.done():
            continue
        if isinstance(result, _Failure):
            future.set_exception(result.error)
        else:
            future.set_result(result)


def _reading(connection: Connection, fn: Callable[[Connection], T]) -> T:
    try:
        return fn(connection)
    except Exception:
        # SQLAlchemy believes in a transaction, which to SQLite was never begun: it is ended when
        # something went wrong only, for beginning and ending it cost as much as a statement.
        connection.rollback()
        raise


def _writing(connection: Connection, jobs: list[Job]) -> list[Any]:
    with connection.begin():
        if len(jobs) == 1:
            return [jobs[0](connection)]
        return [_in_savepoint(connection, job) for job in jobs]


def _rebuilding(connection: Connection, fn: Callable[[Connection], T]) -> T:
    # SQLite heeds this only outside of a transaction.
    _driver(connection).execute("PRAGMA foreign_keys=OFF")
    with connection.begin():
        result = fn(connection)
        astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if astray:
            raise ValueError(f"rows that point to nothing, in {sorted({row[0] for row in astray})}")
    return result


def _sweeping(connection: Connection) -> None:
    """Bring the log into the file and empty it: older pages in it hold what was overwritten."""
    _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _in_savepoint(connection: Connection, job: Job) -> Any:
    # SQLAlchemy gives each savepoint a name of its own and compiles it: forty times the cost.
    driver = _driver(connection)
    driver.execute("SAVEPOINT job")
    try:
        result = job(connection)
    except Exception as error:  # noqa: BLE001 - handed to whoever waits for this job
        driver.execute("ROLLBACK TO job")
        result = _Failure(error)
    driver.execute("RELEASE job")
    return result


def _driver(connection: Connection) -> sqlite3.Connection:
    driver: Any = connection.connection.driver_connection
    return driver  # type: ignore[no-any-return]


class TooSlow(Exception):
    """A read took longer than the loop can wait."""


class _Quick:
    """A connection for reads in the loop's own thread."""

    def __init__(self, path: str) -> None:
        self._until = 0.0
        self._broken_off = False
        self._raw = _raw(path)
        self._connection = _over(self._raw)
        self._raw.set_progress_handler(self._late, STEPS)

    def read(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn``. Raises TooSlow when its statements take too long."""
        self._until = time.perf_counter() + AT_ONCE_SECONDS
        self._broken_off = False
        try:
            result = _reading(self._connection, fn)
        except Exception:
            if not self._broken_off:
                raise
        # Whatever ``fn`` made of a statement that was broken off, it is not the answer.
        if self._broken_off:
            raise TooSlow
        return result

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._raw.close()

    def _late(self) -> bool:
        self._broken_off |= time.perf_counter() > self._until
        return self._broken_off


def _raw(path: str) -> sqlite3.Connection:
    raw = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    return raw


class _Handed(threading.local):
    """The connection that the engine is to take next in this thread."""

    raw: sqlite3.Connection


_handed = _Handed()
# One for all: a statement that was made into SQL for one connection is there for the others.
_READING = create_engine(
    "sqlite://",
    creator=lambda: _handed.raw,
    poolclass=NullPool,
    query_cache_size=COMPILED,
)
_WRITING = _READING.execution_options()


@event.listens_for(_WRITING, "begin")
def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another
    # writer came between, whatever the busy timeout says: take the lock at the start.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _over(raw: sqlite3.Connection, *, writing: bool = False) -> Connection:
    """SQLAlchemy's connection over SQLite's own; closing it closes both."""
    _handed.raw = raw
    try:
        return (_WRITING if writing else _READING).connect()
    finally:
        del _handed.raw  # whoever lost its connection must not get another's


class _Thread:
    """A connection in a thread of its own."""

    def __init__(self, path: str, *, writing: bool) -> None:
        self._path = path
        self._writing = writing
        self._connection: Connection | None = None
        self._aiosqlite = aiosqlite.Connection(self._connect, iter_chunk_size=64)

    @classmethod
    async def opened(cls, path: str, *, writing: bool) -> "_Thread":
        """Start the thread and open the connection in it."""
        thread = cls(path, writing=writing)
        try:
            await thread._aiosqlite
        except BaseException:
            # aiosqlite tells its thread to end but does not wait: it would speak to a closed loop.
            await asyncio.to_thread(thread._aiosqlite._thread.join)  # noqa: SLF001
            raise
        return thread

    async def run(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Run ``fn(connection, …)`` in the thread: one hop there and one back."""
        # aiosqlite runs each of its own calls this way; it has no public name for it.
        call: Any = self._aiosqlite._execute  # noqa: SLF001
        return await call(fn, self._connection, *args)

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await self.run(Connection.close)
        await self._aiosqlite.close()

    def _connect(self) -> sqlite3.Connection:
        raw = _raw(self._path)
        self._connection = _over(raw, writing=self._writing)
        return raw
