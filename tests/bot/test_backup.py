"""Backups on demand and at night: on both engines, with the bot at work; what is kept, and why."""

import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import insert

from bot import backup
from bot.backup import CannotBackUp, Nightly, kept, last_night
from bot.settings import Settings
from storage import sqlite_file
from storage.clock import FrozenClock
from storage.database import Database
from storage.tables import people
from tests.conftest import NOW, ZONE

NO_TOOLS = shutil.which("pg_dump") is None


def settings_of(url: str, folder: Path) -> Settings:
    token = SecretStr("1000000001:TokenOfTheLocalTelegramInTests")
    return Settings.model_construct(
        bot_token=token, database_url=url, timezone="Asia/Almaty", data_dir=folder
    )


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    if database_url.startswith("postgresql") and NO_TOOLS:
        pytest.skip("pg_dump is not here")
    return settings_of(database_url, tmp_path / "var")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_backup_is_made_while_the_database_is_open(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    row = {"telegram_id": 1, "name": "Канарейкина", "created_at": NOW}
    await database.write(lambda tx: tx.execute(insert(people).values(**row)))
    target = tmp_path / "backups" / "one.backup"
    await backup.make(settings, target)
    await backup.make(settings, target)  # an older one is replaced
    assert names(target.parent) == ["one.backup"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.stat().st_size > 1000


async def test_what_cannot_be_backed_up_is_said_in_a_line(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    path = tmp_path / "buro.db"
    settings = settings_of(f"sqlite+aiosqlite:///{path}", tmp_path)
    with pytest.raises(CannotBackUp, match="There is no database"):
        await backup.make(settings, tmp_path / "x")
    shutil.copy(migrated_sqlite, path)
    with pytest.raises(CannotBackUp, match="the database itself"):
        await backup.make(settings, path)
    damage(path)
    with pytest.raises(CannotBackUp, match="is damaged"):
        await backup.make(settings, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def damage(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


async def test_without_pg_dump_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    settings = settings_of("postgresql+asyncpg://buro:hunter2@127.0.0.1/buro", tmp_path)
    with pytest.raises(CannotBackUp, match=r"pg_dump is not here: install PostgreSQL's client"):
        await backup.make(settings, tmp_path / "x")


@pytest.mark.skipif(NO_TOOLS, reason="pg_dump is not here")
async def test_a_password_stands_in_no_line(tmp_path: Path) -> None:
    settings = settings_of("postgresql+asyncpg://buro:hunter2@127.0.0.1:1/buro", tmp_path)
    with pytest.raises(CannotBackUp) as caught:
        await backup.make(settings, tmp_path / "x")
    assert "hunter2" not in str(caught.value)
    assert names(tmp_path) == []


# -- each night ---------------------------------------------------------------------------


def test_the_night_ends_at_half_past_three_local_time() -> None:
    def at(hour: int, minute: int) -> datetime:
        return datetime(2026, 11, 24, hour, minute, tzinfo=ZONE).astimezone(UTC)

    assert last_night(at(3, 29), ZONE) == date(2026, 11, 23)
    assert last_night(at(3, 30), ZONE) == date(2026, 11, 24)
    assert last_night(at(23, 59), ZONE) == date(2026, 11, 24)


async def test_one_a_night_made_up_for_when_the_bot_stood(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    path = tmp_path / "buro.db"
    shutil.copy(migrated_sqlite, path)
    clock = FrozenClock(NOW)
    nightly = Nightly(settings_of(f"sqlite+aiosqlite:///{path}", tmp_path), clock)
    assert await nightly.look()
    assert not await nightly.look(), "there is one of this night"
    clock.set(NOW + timedelta(days=3))
    assert await nightly.look()
    assert names(tmp_path / "backups") == ["buro-2026-11-24.db", "buro-2026-11-27.db"]
    for made in (tmp_path / "backups").iterdir():
        sqlite_file.check(made)


async def test_a_night_that_failed_is_tried_again_and_nothing_old_is_removed(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    path = tmp_path / "buro.db"
    clock = FrozenClock(NOW)
    nightly = Nightly(settings_of(f"sqlite+aiosqlite:///{path}", tmp_path), clock)
    old = [tmp_path / "backups" / f"buro-2026-10-{day:02}.db" for day in range(1, 21)]
    strew(old)
    assert not await nightly.look()
    assert len(names(tmp_path / "backups")) == 20
    shutil.copy(migrated_sqlite, path)
    assert await nightly.look()
    assert len(names(tmp_path / "backups")) == 10


def strew(files: list[Path]) -> None:
    files[0].parent.mkdir(parents=True)
    for file in files:
        file.touch()


async def test_a_year_of_nights_leaves_seven_days_and_four_weeks(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    found: set[date] = set()
    day = date(2026, 1, 1)
    for _ in range(365):
        found = kept({*found, day})
        day += timedelta(days=1)
    last = day - timedelta(days=1)
    daily = {last - timedelta(days=n) for n in range(7)}
    assert daily < found
    weekly = sorted(found - daily)
    assert len(weekly) == 4
    assert {one.isoweekday() for one in weekly} == {1}, "the first of each week stays the first"
    gaps = [later - earlier for earlier, later in pairwise(weekly)]
    assert gaps == [timedelta(days=7)] * 3
    assert last - weekly[0] >= timedelta(days=28)


def test_files_of_others_are_left_alone(migrated_sqlite: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    others = ["notes.txt", "buro-old.db", "before-restore-20261101-000000.dump"]
    strew([folder / name for name in others])
    settings = settings_of(f"sqlite+aiosqlite:///{tmp_path}/x.db", tmp_path)
    Nightly(settings, FrozenClock(NOW))._tidy()
    assert names(folder) == sorted(others)
