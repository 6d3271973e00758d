"""Fixtures: a nursery for all tests of a worker, a ward for each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulator import LocalTelegram
from tests.crash.ward import TOKEN, Nursery, ShiftedClock, Ward, fresh


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nursery(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Nursery]:
    opened = await Nursery.opened(tmp_path_factory.mktemp("nursery"))
    yield opened
    await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def ward(empty_ward: Ward, migrated_sqlite: Path) -> Ward:
    fresh(migrated_sqlite, empty_ward.database.parent)
    await empty_ward.begin()
    return empty_ward


@pytest_asyncio.fixture(loop_scope="module")
async def empty_ward(nursery: Nursery, tmp_path: Path) -> AsyncIterator[Ward]:
    """A ward without a database yet."""
    clock = ShiftedClock()
    telegram = LocalTelegram(clock=clock, token=TOKEN, username="buro_test_bot", name="Buro")
    await telegram.start()
    place = tmp_path / "place"
    place.mkdir()
    scene = Ward(nursery, telegram, clock, place / "buro.db")
    yield scene
    if scene.pid is not None:
        await scene.ended(0)
    await telegram.stop()
