"""Fixtures of all floors: a migrated database on each engine, and a moment to live in."""

import asyncio
import os
import shutil
import ssl
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from hypothesis import settings

from bot.settings import Settings
from storage import database as rooms
from storage import schema
from storage.clock import FrozenClock
from storage.database import Database
from storage.privacy import key_file, keys
from tests.recycled import Recycled
from tests.together import alike

# Tuesday, 24 November 2026, 10:00 in Turkistan.
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Almaty")
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432")
# The keys that all databases of the tests are sealed with.
RING = keys.Ring.new()
# CI sets this: there an engine that does not answer is a failure, not a skip.
POSTGRES_REQUIRED = bool(os.environ.get("TEST_REQUIRE_POSTGRES"))

# Every bot that is made reads the system's certificates; here none of them is ever asked for.
ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]
rooms.create_async_engine = alike(rooms.create_async_engine)  # type: ignore[attr-defined]
# The milliseconds of one example say more of the machine than of the product.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture(scope="session")
def ring() -> keys.Ring:
    return RING


@pytest.fixture(autouse=True)
def _keys_in_use(ring: keys.Ring) -> None:
    """Whatever keys the last test took."""
    keys.use(ring)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(request: pytest.FixtureRequest) -> str:
    """Name of a migrated PostgreSQL database to copy from."""
    name = f"buro_template_{uuid.uuid4().hex[:12]}"
    try:
        asyncio.run(_sql(f'CREATE DATABASE "{name}"'))
    except (OSError, asyncpg.PostgresError) as error:
        if POSTGRES_REQUIRED:
            raise
        pytest.skip(f"PostgreSQL does not answer: {error}")
    request.addfinalizer(
        lambda: asyncio.run(_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    )
    asyncio.run(_migrate(f"{POSTGRES}/{name}"))
    return name


@pytest.fixture(scope="session")
def recycled_postgres(request: pytest.FixtureRequest, migrated_postgres: str) -> Callable[[], str]:
    """Gives the name of this worker's database, empty but for what migrations put there."""
    kept: dict[str, Recycled] = {}

    async def given() -> str:
        for name, recycled in list(kept.items()):
            if await recycled.empty():
                return name
            del kept[name]
            await postgres_drop(name)
        name = await postgres_copy(migrated_postgres)
        kept[name] = Recycled(f"{POSTGRES.replace('+asyncpg', '')}/{name}")
        await kept[name].remember()
        return name

    async def drop_all() -> None:
        for name in kept:
            await postgres_drop(name)

    request.addfinalizer(lambda: asyncio.run(drop_all()))
    return lambda: asyncio.run(given())


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, migrated database; each test runs on both engines."""
    if request.param == "sqlite":
        return sqlite_copy(request.getfixturevalue("migrated_sqlite"), tmp_path)
    return f"{POSTGRES}/{request.getfixturevalue('recycled_postgres')()}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database on each engine."""
    opened = Database(database_url)
    yield opened
    await opened.close()


def lay_keys(data_dir: Path) -> None:
    """Put the keys of the tests where a program with ``DATA_DIR=data_dir`` looks for its own."""
    path = Settings.model_construct(data_dir=data_dir).key_file
    if not path.exists():
        key_file.create(path, RING)


def sqlite_copy(template: Path, folder: Path) -> str:
    path = folder / "buro.db"
    shutil.copy(template, path)
    return f"sqlite+aiosqlite:///{path}"


async def postgres_copy(template: str) -> str:
    """Copy the database ``template``; return the name of the copy."""
    name = f"buro_test_{uuid.uuid4().hex[:12]}"
    await _sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


async def postgres_drop(name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    await _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _migrate(url: str) -> None:
    database = Database(url)
    await schema.migrate(database)
    await database.close()


async def _sql(statement: str) -> None:
    connection = await asyncpg.connect(POSTGRES.replace("+asyncpg", "") + "/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
