"""The stage of the stories also serves the tests of the bot floor; some need a database only."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from bot import logs
from storage.database import Database
from tests import world
from tests.bot.post import post as post
from tests.bot.post import words as words
from tests.conftest import sqlite_copy
from tests.handlers.conftest import stage as stage


@pytest.fixture(autouse=True)
def short_tracebacks() -> None:
    """structlog's own way, with all local variables, takes seconds for each failure."""
    structlog.configure(
        processors=[
            structlog.processors.ExceptionRenderer(lambda info: logs.told(info[1])),
            structlog.dev.ConsoleRenderer(colors=False),
        ]
    )


@pytest.fixture
async def small_world(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with the people of the stories; what is tested here knows no engine."""
    database = Database(sqlite_copy(migrated_sqlite, tmp_path))
    await database.write(world.people_it)
    yield database
    await database.close()
