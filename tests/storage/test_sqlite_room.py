"""Reads and writes on SQLite: quick ones at once, slow ones aside, writes together."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from storage import facts, sqlite_room
from storage.database import Database
from tests.conftest import NOW, sqlite_copy

COUNTING = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :upto)"
    " SELECT count(*) FROM n"
)


@pytest.fixture
async def sqlite(migrated_sqlite: Path, tmp_path: Path) -> Any:
    database = Database(sqlite_copy(migrated_sqlite, tmp_path))
    yield database
    await database.close()


def counted(tx: Connection, upto: int) -> int:
    return int(tx.execute(COUNTING, {"upto": upto}).scalar_one())


async def test_a_slow_read_does_not_keep_the_loop_and_is_right(sqlite: Database) -> None:
    await sqlite.ping()
    turns = 0
    reading = asyncio.create_task(sqlite.read(counted, 3_000_000))
    while not reading.done():
        turns += 1
        await asyncio.sleep(0.001)
    assert await reading == 3_000_000
    assert turns > 10, "the loop went on while the statement ran"


async def test_a_slow_read_that_swallows_its_breaking_off_is_done_again(sqlite: Database) -> None:
    def careful(tx: Connection) -> int | None:
        try:
            return counted(tx, 3_000_000)
        except Exception:  # noqa: BLE001 - as careful code does
            return None

    assert await sqlite.read(careful) == 3_000_000


async def test_a_fault_of_a_read_is_its_own(sqlite: Database) -> None:
    def wrong(_tx: Connection) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await sqlite.read(wrong)


async def test_writes_that_wait_share_a_commit_and_fail_alone(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    writing = sqlite_room._writing

    def counting(connection: Connection, jobs: list[Any]) -> list[Any]:
        batches.append(len(jobs))
        return writing(connection, jobs)

    monkeypatch.setattr(sqlite_room, "_writing", counting)

    def keep(tx: Connection, number: int) -> None:
        facts.remember(tx, f"n{number}", NOW)
        if number % 10 == 3:
            raise ValueError(f"number {number}")

    results = await asyncio.gather(
        *(sqlite.write(keep, number) for number in range(40)), return_exceptions=True
    )
    assert [str(r) for r in results if r] == ["number 3", "number 13", "number 23", "number 33"]
    kept = [await sqlite.read(facts.recall, f"n{n}") is not None for n in range(40)]
    assert kept == [n % 10 != 3 for n in range(40)]
    assert len(batches) < 40, "they were not committed one by one"


async def test_what_is_committed_is_read_at_once(sqlite: Database) -> None:
    for number in range(20):
        await sqlite.write(facts.remember, "now", NOW.replace(second=number))
        assert await sqlite.read(facts.recall, "now") == NOW.replace(second=number)
