"""One program a database: SQLite's file belongs to the process that holds the lock beside it."""

import fcntl
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import make_url

SUFFIX = ".lock"


class AlreadyRunning(Exception):
    """Another process works with this database; the message is a line that says what to do."""


class SingleProcess:
    """Holds ``<database>.lock`` while it is entered; the system lets go of it when we die."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._file: int | None = None

    def __enter__(self) -> Self:
        """Take the lock. Raises AlreadyRunning when another process has it."""
        self._database.parent.mkdir(parents=True, exist_ok=True)
        path = self._database.with_name(self._database.name + SUFFIX)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise AlreadyRunning(
                f"Buro is running with {self._database} already: stop that one first."
            ) from None
        self._file = file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go. The file stays: whoever removed it would let two in."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def single(url: str) -> AbstractContextManager[object]:
    """The lock that belongs to the database ``url``; a server's database needs none."""
    file = sqlite_path(url)
    return nullcontext() if file is None else SingleProcess(file)


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite ``url``; None for a server's database."""
    parsed = make_url(url)
    return (
        Path(parsed.database)
        if parsed.drivername.startswith("sqlite") and parsed.database
        else None
    )
