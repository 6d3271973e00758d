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
async def ward(nursery: Nursery, migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Ward]:
    clock = ShiftedClock()
    telegram = LocalTelegram(clock=clock, token=TOKEN, username="buro_test_bot", name="Buro")
    await telegram.start()
    scene = Ward(nursery, telegram, clock, fresh(migrated_sqlite, tmp_path / "place"))
    await scene.begin()
    yield scene
    if scene.pid is not None:
        await scene.ended(0)
    await telegram.stop()
