"""Fixtures: a nursery for all tests of a worker, a ward for each."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulator import LocalTelegram
from tests.conftest import POSTGRES, lay_keys, postgres_copy, postgres_drop
from tests.crash.ledgers import Ledger, PostgresLedger, SqliteLedger
from tests.crash.lives import Life, Nursery
from tests.crash.ward import TOKEN, ShiftedClock, Ward


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nursery(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Nursery]:
    opened = await Nursery.opened(tmp_path_factory.mktemp("nursery"))
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def second_nursery(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Nursery]:
    opened = await Nursery.opened(tmp_path_factory.mktemp("nursery"))
    yield opened
    await opened.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def ledger(request: pytest.FixtureRequest, place: Path) -> Iterator[Ledger]:
    """A fresh, migrated database: on SQLite, where a test does not ask for PostgreSQL."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), place / "buro.db")
        yield SqliteLedger(place / "buro.db")
        return
    name = asyncio.run(postgres_copy(request.getfixturevalue("migrated_postgres")))
    opened = PostgresLedger(f"{POSTGRES}/{name}")
    yield opened
    opened.close()
    asyncio.run(postgres_drop(name))


@pytest_asyncio.fixture(loop_scope="module")
async def ward(nursery: Nursery, ledger: Ledger, place: Path) -> AsyncIterator[Ward]:
    scene = await _opened(nursery, ledger, place)
    await scene.begin()
    yield scene
    await _closed(scene)


@pytest_asyncio.fixture(loop_scope="module")
async def empty_ward(nursery: Nursery, place: Path) -> AsyncIterator[Ward]:
    """A ward without a database yet."""
    scene = await _opened(nursery, SqliteLedger(place / "buro.db"), place)
    yield scene
    await _closed(scene)


@pytest_asyncio.fixture(loop_scope="module")
async def second_life(second_nursery: Nursery, place: Path) -> AsyncIterator[Life]:
    """Another process beside the ward's own."""
    life = Life(second_nursery, "second", place)
    yield life
    if life.pid is not None:
        await life.ended(0)


async def _opened(nursery: Nursery, ledger: Ledger, place: Path) -> Ward:
    clock = ShiftedClock()
    telegram = LocalTelegram(clock=clock, token=TOKEN, username="buro_test_bot", name="Buro")
    await telegram.start()
    lay_keys(place / "var")
    return Ward(Life(nursery, "first", place), telegram, clock, ledger, place)


async def _closed(ward: Ward) -> None:
    if ward.life.pid is not None:
        await ward.life.ended(0)
    await ward.telegram.stop()
