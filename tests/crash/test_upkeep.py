"""Killed while it migrates and while it backs up: all of it happened, or nothing."""

import signal
from pathlib import Path

import pytest

from storage import schema, sqlite_file
from tests.crash import checks
from tests.crash.points import BACKUP, MIGRATION
from tests.crash.ward import DEPUTIES, Ward

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("name", "nth"), [("a statement", 1), ("a statement", 12), ("a statement", 40),
                      ("migrated, not committed", 1), ("migration committed", 1)],
)  # fmt: skip
async def test_killed_during_a_migration(empty_ward: Ward, name: str, nth: int) -> None:
    ward = empty_ward
    assert name in MIGRATION
    await ward.bear(name, nth, ("migrate",))
    assert await ward.ended(30) == -signal.SIGKILL, ward.log
    ward.sound()
    tables = ward.rows("SELECT count(*) FROM sqlite_master WHERE type = 'table'")
    if name == "migration committed":
        assert ward.rows("SELECT version_num FROM alembic_version") == [(schema.newest(),)]
    else:
        assert tables == [(0,)], "nothing of it is there"
    await ward.bear(arguments=("migrate",))
    assert await ward.ended(30) == 0, ward.log
    await ward.begin()
    ward.request(DEPUTIES[0])
    await ward.settle()
    assert checks.settled(ward).sent >= 1


@pytest.mark.parametrize("name", BACKUP)
async def test_killed_during_a_backup(ward: Ward, name: str, tmp_path: Path) -> None:
    target = tmp_path / "backups" / "buro.db"
    await ward.bear(arguments=("backup", str(target)))
    assert await ward.ended(30) == 0, ward.log
    earlier = target.read_bytes()

    for who in DEPUTIES:
        ward.request(who)
    await ward.bear("answered, before mark-sent", 5)
    await ward.killed(10, "answered, before mark-sent")  # leaves a WAL behind
    ward.clock.ahead += 60

    await ward.bear(name, 1, ("backup", str(target)))
    assert await ward.ended(30) == -signal.SIGKILL, ward.log
    sqlite_file.check(target)
    assert (target.read_bytes() == earlier) == (name != "renamed"), "the former one, or the new one"

    await ward.bear(arguments=("backup", str(target)))
    assert await ward.ended(30) == 0, ward.log
    sqlite_file.check(target)
    assert target.read_bytes() != earlier
    await ward.settle()
    checks.settled(ward)
