"""Copies of a database in use: of one moment, checked, and whole or not there at all."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from storage import sqlite_file
from storage.database import Database
from storage.sqlite_file import Unsound
from storage.tables import facts


def put(tx: Connection, name: str, value: str) -> None:
    tx.execute(insert(facts).values(name=name, value=value))


def numbers(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as database:
        return [int(value) for (value,) in database.execute("SELECT value FROM facts")]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def parts(folder: Path) -> list[Path]:
    """What is not whole yet."""
    return list(folder.glob(".*"))


async def test_a_copy_made_while_writing_goes_on_holds_a_prefix_of_it(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    source = tmp_path / "source.db"
    sqlite_file.copy(migrated_sqlite, source)
    database = Database(f"sqlite+aiosqlite:///{source}")
    written = 0

    async def write_on() -> None:
        nonlocal written
        while True:
            await database.write(put, f"n{written:06}", str(written))
            written += 1

    async def growth() -> None:
        enough = written + 20
        for _ in range(500):
            await asyncio.sleep(0.01)
            if written >= enough:
                return

    writer = asyncio.create_task(write_on())
    copies = [tmp_path / f"copy{n}.db" for n in range(5)]
    before, after = [], []
    for copy in copies:
        await growth()
        before.append(written)
        await asyncio.to_thread(sqlite_file.copy, source, copy)
        after.append(written)
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    await database.close()
    assert after[-1] > before[0] > 0, "the writer wrote all the time"
    for copy, least, most in zip(copies, before, after, strict=True):
        sqlite_file.check(copy)
        found = sorted(numbers(copy))
        assert found == list(range(len(found))), "no gap: what was committed, in its order"
        assert least <= len(found) <= most + 1
        assert copy.stat().st_mode & 0o777 == 0o600
    assert not parts(tmp_path), "no half written part is left"


async def test_a_copy_needs_no_companion_files(migrated_sqlite: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    sqlite_file.copy(migrated_sqlite, copy)
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_killed_in_the_middle_it_leaves_nothing_under_the_final_name(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    source, target = tmp_path / "source.db", tmp_path / "backups" / "copy.db"
    sqlite_file.copy(migrated_sqlite, source)
    with closing(sqlite3.connect(source)) as database:
        database.execute("CREATE TABLE ballast (b BLOB)")
        database.executemany(
            "INSERT INTO ballast VALUES (?)", ((os.urandom(1_000_000),) for _ in range(60))
        )
        database.commit()
    program = (
        "import sys; from pathlib import Path; from storage import sqlite_file;"
        "sqlite_file.copy(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    process = subprocess.Popen([sys.executable, "-c", program, source, target])
    deadline = time.monotonic() + 30
    while not any(part.stat().st_size for part in tmp_path.glob("backups/.copy.db.*")):
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it was killed before it was done"
    assert not target.exists()
    sqlite_file.copy(source, target)  # and the next one is whole
    sqlite_file.check(target)


def test_a_failure_leaves_the_earlier_copy(migrated_sqlite: Path, tmp_path: Path) -> None:
    target, garbage = tmp_path / "copy.db", tmp_path / "garbage"
    garbage.write_bytes(b"no database" * 1000)
    sqlite_file.copy(migrated_sqlite, target)
    for source, error in ((garbage, Unsound), (tmp_path / "none.db", FileNotFoundError)):
        with pytest.raises(error):
            sqlite_file.copy(source, target)
    sqlite_file.check(target)
    assert not (tmp_path / "none.db").exists(), "looking for a database does not make one"
    assert names(tmp_path) == ["copy.db", "garbage"]


async def test_a_reference_to_nothing_is_found(migrated_sqlite: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    sqlite_file.copy(migrated_sqlite, broken)
    with closing(sqlite3.connect(broken)) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute(
            "INSERT INTO memberships (person_id, role, starts_on)"
            " VALUES (42, 'member', '2026-01-01')"
        )
        database.commit()
    with pytest.raises(Unsound, match="memberships refers to one of people"):
        sqlite_file.check(broken)


async def test_put_aside_it_is_whole_even_after_a_crash(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    source, crashed = tmp_path / "source.db", tmp_path / "crashed.db"
    sqlite_file.copy(migrated_sqlite, source)
    database = Database(f"sqlite+aiosqlite:///{source}")
    await database.write(put, "last", "1")
    # As a crash leaves them: what was committed stands in the second file only.
    shutil.copy(source, crashed)
    shutil.copy(f"{source}-wal", f"{crashed}-wal")
    await database.close()
    aside = tmp_path / "aside.db"
    assert sqlite_file.put_aside(crashed, aside)
    assert names(tmp_path) == ["aside.db", "crashed.db", "source.db"]
    opened = Database(f"sqlite+aiosqlite:///{aside}")
    row = await opened.read(lambda tx: tx.execute(select(facts.c.value)).scalar_one())
    await opened.read(lambda tx: tx.execute(text("PRAGMA integrity_check")).scalar_one())
    await opened.close()
    assert row == "1"
