"""Killed while it migrates and while it backs up: all of it happened, or nothing."""

import asyncio
import os
import random
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from bot import backup
from storage import schema, sqlite_file
from storage.clock import FrozenClock
from tests.bot.test_backup import settings_of
from tests.crash import checks
from tests.crash.chance import seeded
from tests.crash.ledgers import Ledger, Rows, SqliteLedger
from tests.crash.lives import Life
from tests.crash.points import BACKUP, MIGRATION
from tests.crash.ward import DEPUTIES, START, Ward

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("name", "nth"), [("a statement", 1), ("a statement", 12), ("a statement", 40),
                      ("migrated, not committed", 1), ("migration committed", 1)],
)  # fmt: skip
async def test_killed_during_a_migration(empty_ward: Ward, name: str, nth: int) -> None:
    ward = empty_ward
    assert name in MIGRATION
    await ward.bear(name, nth, ("migrate",))
    assert await ward.life.ended(30) == -signal.SIGKILL, ward.life.log
    ward.ledger.sound()
    tables = ward.rows("SELECT count(*) FROM sqlite_master WHERE type = 'table'")
    if name == "migration committed":
        assert ward.rows("SELECT version_num FROM alembic_version") == [(schema.newest(),)]
    else:
        assert tables == [(0,)], "nothing of it is there"
    await ward.bear(arguments=("migrate",))
    assert await ward.life.ended(30) == 0, ward.life.log
    await ward.begin()
    ward.request(DEPUTIES[0])
    await ward.settle()
    assert checks.settled(ward).sent >= 1


@pytest.mark.parametrize("name", BACKUP)
async def test_killed_during_a_backup(ward: Ward, name: str, tmp_path: Path) -> None:
    target = tmp_path / "backups" / "buro.db"
    await ward.bear(arguments=("backup", str(target)))
    assert await ward.life.ended(30) == 0, ward.life.log
    earlier = target.read_bytes()

    for who in DEPUTIES:
        ward.request(who)
    await ward.bear("answered, before mark-sent", 5)
    await ward.killed(10, "answered, before mark-sent")  # leaves a WAL behind
    ward.clock.ahead += 60

    await ward.bear(name, 1, ("backup", str(target)))
    assert await ward.life.ended(30) == -signal.SIGKILL, ward.life.log
    sqlite_file.check(target)
    assert (target.read_bytes() == earlier) == (name != "renamed"), "the former one, or the new one"

    await ward.bear(arguments=("backup", str(target)))
    assert await ward.life.ended(30) == 0, ward.life.log
    sqlite_file.check(target)
    assert target.read_bytes() != earlier
    await ward.settle()
    checks.settled(ward)


async def test_a_backup_is_killed_while_the_bot_writes(
    ward: Ward, second_life: Life, tmp_path: Path
) -> None:
    """Under its name stands the last whole backup; the bot does not notice."""
    luck = seeded()
    target = tmp_path / "backups" / "buro.db"
    await ward.bear()
    await ward.running()
    writing = asyncio.create_task(_requests(ward, luck))
    await _backed_up(ward, second_life, target)
    for name in (*BACKUP, *[""] * 8):
        earlier = target.read_bytes()
        await ward.bear(name, 1, ("backup", str(target)), second_life)
        within = 30.0 if name else luck.uniform(0.02, 0.25)
        status = await second_life.ended(within)
        assert status == -signal.SIGKILL or not name, second_life.log
        sqlite_file.check(target)
        if name and name != "renamed":
            assert target.read_bytes() == earlier, "a half one does not take its place"
        assert ward.life.pid is not None
        os.kill(ward.life.pid, 0)  # it is there
    others = [path.name for path in target.parent.iterdir() if path != target]
    assert others, "some were killed half written"
    assert all(name.startswith(".") and sqlite_file.PART in name for name in others), others
    said = len(ward.said)
    await ward.life.until(lambda: len(_kept_in(ward.ledger)) >= said)  # the bot goes on
    before = _kept_in(ward.ledger)
    await _backed_up(ward, second_life, target)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    saved = _kept_in(SqliteLedger(target))
    await ward.life.until(ward.is_quiet)
    assert saved[: len(before)] == before
    assert saved == _kept_in(ward.ledger)[: len(saved)], "of one moment"
    ward.life.signal(signal.SIGTERM)
    assert await ward.life.ended(15) == 0, ward.life.log
    await ward.settle()
    copies = checks.settled(ward)
    assert (copies.extra, copies.uncertain) == (0, 0)


async def _requests(ward: Ward, luck: random.Random) -> None:
    while True:
        await asyncio.sleep(luck.uniform(0.01, 0.1))
        ward.request(luck.choice(DEPUTIES))


async def _backed_up(ward: Ward, life: Life, target: Path) -> None:
    await ward.bear(arguments=("backup", str(target)), life=life)
    assert await life.ended(30) == 0, life.log
    sqlite_file.check(target)


def _kept_in(ledger: Ledger) -> Rows:
    return ledger.rows("SELECT id, text FROM voter_requests ORDER BY id")


@pytest.mark.parametrize("name", [name for name in BACKUP if name != "renamed"])
async def test_a_backup_of_the_night_that_was_killed_is_made_again(
    ward: Ward, name: str, tmp_path: Path
) -> None:
    settings = settings_of(ward.ledger.url, tmp_path / "var")
    target = settings.data_dir / backup.FOLDER / "buro-2026-11-24.db"
    await ward.bear(name, 1, ("backup", str(target)))
    assert await ward.life.ended(30) == -signal.SIGKILL, ward.life.log
    [half] = list(target.parent.iterdir())
    assert half != target
    clock = FrozenClock(START)
    nightly = backup.Nightly(settings, clock)
    assert await nightly.look(), "the half one is not taken for the backup of this night"
    sqlite_file.check(target)
    os.utime(half, (0, 0))
    clock.set(START + timedelta(days=1))
    assert await nightly.look()
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "buro-2026-11-24.db",
        "buro-2026-11-25.db",
    ], "and is swept up a day later"
