"""Restoring: the good, the damaged, the foreign, the older and the newer; nothing is lost by it."""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, insert, select, text

from bot import backup
from bot.restore import CannotRestore, restore
from bot.settings import Settings
from storage import outbox, restoring, schema, sqlite_file
from storage.clock import SystemClock
from storage.database import Database
from storage.privacy import key_file, proof
from storage.privacy.keys import Ring
from storage.single import AlreadyRunning, SingleProcess
from storage.tables import people
from tests import world
from tests.bot.test_backup import NO_TOOLS, names, settings_of
from tests.conftest import NOW, POSTGRES, lay_keys, sqlite_copy
from tests.storage.queues import send_due

YESTERDAY = NOW - timedelta(days=1)
AFTERWARDS = "Кейін Келген"  # in the database, but not in the backup


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    if database_url.startswith("postgresql") and NO_TOOLS:
        pytest.skip("pg_dump is not here")
    lay_keys(tmp_path / "var")
    return settings_of(database_url, tmp_path / "var")


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()


def yesterday(tx: Connection) -> None:
    world.people_it(tx)
    outbox.put(tx, "old", "access_decided", 5, {}, YESTERDAY)


def later(tx: Connection) -> None:
    row = {"telegram_id": 1099, "name": AFTERWARDS, "created_at": NOW}
    tx.execute(insert(people).values(**row))


async def people_of(settings: Settings) -> set[str]:
    query = select(people.c.name)
    async with opened(settings) as database:
        return set(await database.read(lambda tx: list(tx.execute(query).scalars())))


async def test_the_backup_takes_the_place_and_sends_nothing_old(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "yesterday.backup"
    async with opened(settings) as database:
        await database.write(yesterday)
        await backup.make(settings, file)
        await database.write(later)
    assert AFTERWARDS in await people_of(settings)
    done = await restore(settings, file, NOW)
    assert AFTERWARDS not in await people_of(settings)
    async with opened(settings) as database:
        await database.read(schema.check)
        held = await database.read(restoring.waiting)
        assert held == restoring.Held(NOW, messages=1, reminders=0)
        claimed = await database.write(send_due, NOW + timedelta(days=1), 9)
        assert [(one.kind, one.person_id) for one in claimed] == [("restored", 1)]
    # And the way back: what was replaced is a backup itself.
    assert done.kept is not None
    await restore(settings, done.kept, NOW + timedelta(minutes=1))
    assert AFTERWARDS in await people_of(settings)


@pytest.fixture
def here(migrated_sqlite: Path, tmp_path: Path) -> Settings:
    """An SQLite database, of which every test finds that it was not touched."""
    folder = tmp_path / "home"
    folder.mkdir()
    lay_keys(folder)
    return settings_of(sqlite_copy(migrated_sqlite, folder), folder)


def whole(path: Path) -> bytes:
    return path.read_bytes()


async def refused(settings: Settings, file: Path) -> str:
    """Try to restore ``file``; return the line, having looked that nothing was changed."""
    database = settings.data_dir / "buro.db"
    before = whole(database)
    with pytest.raises(CannotRestore) as caught:
        await restore(settings, file, NOW)
    line = str(caught.value)
    assert "\n" not in line
    assert line.endswith("Nothing was changed.")
    assert whole(database) == before
    assert names(settings.data_dir) == ["buro.db", "buro.db.lock", "keys"]
    return line


async def test_what_is_no_sound_backup_is_refused(
    here: Settings, migrated_sqlite: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.db"
    assert "There is no file" in await refused(here, file)
    for size in (0, 10, 50_000):
        file.write_bytes(b"\x00garbage " * (size // 9))
        assert "no sound backup" in await refused(here, file)
    content = whole(migrated_sqlite)
    for part in (100, 5000, len(content) // 2, len(content) - 4096):
        file.write_bytes(content[:part])
        assert "no sound backup" in await refused(here, file), part


async def test_a_page_that_was_overwritten_is_found(
    here: Settings, migrated_sqlite: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.db"
    content = bytearray(whole(migrated_sqlite))
    content[8192:12288] = b"\xff" * 4096
    file.write_bytes(content)
    assert "no sound backup" in await refused(here, file)


async def test_a_database_of_another_program_is_refused(here: Settings, tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE birds (name TEXT)")
    assert "no data of Buro" in await refused(here, file)


def of_revision(template: Path, file: Path, revision: str) -> None:
    shutil.copy(template, file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        database.commit()


async def test_a_newer_one_is_refused(
    here: Settings, migrated_sqlite: Path, tmp_path: Path
) -> None:
    file = tmp_path / "newer.db"
    of_revision(migrated_sqlite, file, "9999")
    assert "of a newer program" in await refused(here, file)


async def test_an_older_one_is_brought_up(here: Settings, tmp_path: Path) -> None:
    file = tmp_path / "older.db"
    older = Database(f"sqlite+aiosqlite:///{file}")
    await older.write(_first_schema)
    await older.close()
    await restore(here, file, NOW)
    async with opened(here) as database:
        await database.read(schema.check)
        assert await database.read(restoring.held) == NOW


def _first_schema(tx: Connection) -> None:
    config = schema._config()
    config.attributes["connection"] = tx
    command.upgrade(config, "0001")


async def test_from_the_command_line(here: Settings, tmp_path: Path) -> None:
    environment = os.environ | {
        "BOT_TOKEN": here.bot_token.get_secret_value(),
        "DATABASE_URL": here.database_url,
        "DATA_DIR": str(here.data_dir),
        "OWNER_IDS": "4242",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }

    async def buro(*words: str) -> tuple[int | None, str]:
        program = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", *words),
            cwd=tmp_path,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        out, _ = await program.communicate()
        return program.returncode, out.decode()

    code, said = await buro("backup", "saved.db")
    assert (code, said.count("\n")) == (0, 1)
    with SingleProcess(here.data_dir / "buro.db"):
        for words in (("restore", "saved.db"), ("run",)):
            code, said = await buro(*words)
            assert (code, said.count("\n")) == (1, 1), said
            assert "stop that one first" in said
    code, said = await buro("restore", "saved.db")
    assert (code, "before-restore-" in said) == (0, True), said
    async with opened(here) as database:
        claimed = await database.write(send_due, SystemClock().now(), 9)
    assert [(one.kind, one.chat_id) for one in claimed] == [("restored", 4242)]
    code, said = await buro("restore", "nowhere.db")
    assert (code, said) == (1, "There is no file nowhere.db. Nothing was changed.\n")


async def test_while_the_bot_runs_it_is_refused(here: Settings, migrated_sqlite: Path) -> None:
    with (
        SingleProcess(here.data_dir / "buro.db"),
        pytest.raises(AlreadyRunning, match="stop that one first"),
    ):
        await restore(here, migrated_sqlite, NOW)


async def test_where_there_was_no_database_one_is_made(
    here: Settings, migrated_sqlite: Path
) -> None:
    (here.data_dir / "buro.db").unlink()
    done = await restore(here, migrated_sqlite, NOW)
    assert done.kept is None
    assert names(here.data_dir) == ["buro.db", "buro.db.lock", "keys"]


async def test_a_damaged_database_is_replaced_and_kept(
    here: Settings, migrated_sqlite: Path
) -> None:
    path = here.data_dir / "buro.db"
    path.write_bytes(b"\xff" * 20_000)
    path.with_name("buro.db-wal").write_bytes(b"\xee" * 5000)  # not to be read into the new one
    done = await restore(here, migrated_sqlite, NOW)
    sqlite_file.check(path)
    assert done.kept is not None
    assert whole(done.kept) == b"\xff" * 20_000


@pytest.mark.skipif(NO_TOOLS, reason="pg_restore is not here")
async def test_of_postgres_too_what_is_not_sound_changes_nothing(
    migrated_postgres: str, tmp_path: Path
) -> None:
    settings = settings_of(f"{POSTGRES}/{migrated_postgres}", tmp_path)
    file = tmp_path / "backup.dump"
    file.write_bytes(b"garbage" * 1000)
    with pytest.raises(CannotRestore, match="pg_restore"):
        await restore(settings, file, NOW)
    await backup.make(settings, file)
    content = whole(file)
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(CannotRestore):
        await restore(settings, file, NOW)
    async with opened(settings) as database:
        await database.read(schema.check)
        assert await database.read(restoring.held) is None


@pytest.mark.skipif(NO_TOOLS, reason="pg_restore is not here")
async def test_while_others_use_the_server_it_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "x.backup"
    await backup.make(settings, file)
    if settings.database_url.startswith("sqlite"):
        return
    async with opened(settings) as database:
        await database.read(lambda tx: tx.execute(text("SELECT 1")).scalar_one())
        with pytest.raises(CannotRestore, match="stop them first"):
            await restore(settings, file, NOW)


async def test_a_backup_of_another_installation_does_not_open_and_changes_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    """On a new machine the key file was forgotten, or the wrong one was brought."""
    async with opened(settings) as database:
        await database.write(yesterday)
        await database.write(proof.settle)
        await backup.make(settings, file := tmp_path / "x.backup")
        await database.write(later)
    right = settings.key_file.rename(tmp_path / "right.keys")
    with pytest.raises(CannotRestore, match=r"does not open: DATA_KEY_FILE: .* is not there"):
        await restore(settings, file, NOW)
    key_file.create(settings.key_file, Ring.new())
    with pytest.raises(CannotRestore, match=r"sealed with other keys .* Nothing was changed"):
        await restore(settings, file, NOW)
    assert AFTERWARDS in await people_of(settings)
    right.replace(settings.key_file)
    await restore(settings, file, NOW)
    assert AFTERWARDS not in await people_of(settings)
