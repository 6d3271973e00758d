"""What a program left in its database, asked by a connection of one's own, on either engine."""

import asyncio
import sqlite3
import threading
from collections.abc import Coroutine
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import asyncpg

Rows = list[tuple[Any, ...]]


class Ledger(Protocol):
    """A database of which the tests ask in plain SQL with ``?`` for what is given."""

    url: str

    def rows(self, query: str, *given: Any) -> Rows:
        """Answer a query."""
        ...

    def sound(self) -> None:
        """Raise AssertionError unless it is whole."""
        ...

    def close(self) -> None:
        """Ask no more."""
        ...


class SqliteLedger:
    """The file of the embedded engine; each question opens and closes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"sqlite+aiosqlite:///{path}"

    def rows(self, query: str, *given: Any) -> Rows:
        values = [v.isoformat(" ") if isinstance(v, datetime) else v for v in given]
        with closing(sqlite3.connect(self.path, timeout=10)) as database:
            return database.execute(query, values).fetchall()

    def sound(self) -> None:
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []

    def close(self) -> None:
        """Nothing is open."""


class PostgresLedger:
    """A database of the server. Tests ask in the middle of a line, so it waits in a thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._connection: Any = self._wait(asyncpg.connect(url.replace("+asyncpg", "")))

    def rows(self, query: str, *given: Any) -> Rows:
        numbers = count(1)
        numbered = "".join(f"${next(numbers)}" if sign == "?" else sign for sign in query)
        return [tuple(row) for row in self._wait(self._connection.fetch(numbered, *given))]

    def sound(self) -> None:
        """Its server keeps the references whole, and the pages."""

    def close(self) -> None:
        self._wait(self._connection.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)
