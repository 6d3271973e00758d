"""An SQLite database as a file: a consistent copy while others write, and whether one is sound."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

BUSY_SECONDS = 30.0
PART = ".part"  # a copy that is not whole yet
WAL, SHM = "-wal", "-shm"  # what SQLite keeps beside a database that is open


class Unsound(Exception):
    """The file is no sound database; the message says what is wrong with it."""


def copy(source: Path, target: Path) -> None:
    """Copy the database ``source`` to ``target``, of one moment, while others may write to it.

    Under its final name stands a whole, checked file that only its owner reads, or nothing.
    Raises FileNotFoundError, Unsound.
    """
    with part_of(target) as part:
        copy_into(source, part)
        check(part)


def copy_into(source: Path, target: Path) -> None:
    """Write the whole of ``source``, as it is at one moment, into the empty file ``target``.

    Raises FileNotFoundError, Unsound.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    try:
        with closing(_reading(source)) as old, closing(sqlite3.connect(target)) as new:
            # All in one step, under one read transaction: a writer does not have to wait for it,
            # and it need not begin anew when somebody wrote meanwhile.
            old.backup(new)
            # Of a single file: nothing beside it is needed to read it.
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        raise Unsound(str(error)) from error


def check(path: Path) -> None:
    """Raise Unsound unless every page, index and reference of the database is as it should be."""
    try:
        with closing(_reading(path)) as database:
            [first, *_] = database.execute("PRAGMA integrity_check(1)").fetchone()
            broken = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Unsound(str(error)) from error
    if first != "ok":
        raise Unsound(" ".join(str(first).split()))
    if broken is not None:
        raise Unsound(f"a row of {broken[0]} refers to one of {broken[2]} that is not there")


def settle(path: Path) -> None:
    """Bring what stands beside the database into it, if it can still be read; nobody has it open.

    An unreadable one is left as it is: with its companions.
    """
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return


def put_aside(path: Path, aside: Path) -> bool:
    """Give the database ``path`` a second name, and what stands beside it only that name.

    Nobody has it open. Until another file takes its place, ``path`` is there all the time.
    Returns whether there was such a database.
    """
    there_was = path.exists()
    if there_was:
        settle(path)
        _name_again(path, aside)
    for suffix in (WAL, SHM):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    sync_folder(path.parent)
    return there_was


def _name_again(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except FileExistsError:
        raise
    except OSError:  # a file system that knows no second names
        shutil.copy2(path, other)


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """An empty file to be filled, that takes the name ``target`` when the block ended well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp lets only the owner read it: it will hold everything that the database holds.
    file, name = tempfile.mkstemp(PART, f".{target.name}.", target.parent)
    os.close(file)
    part = Path(name)
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` on disk."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _reading(path: Path) -> sqlite3.Connection:
    # Not created when it is missing, and never written to.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
