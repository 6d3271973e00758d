"""The stage: the real bot against the local Telegram, with a small world and a movable clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import Connection

from bot import app
from bot.delivery.pace import UNLIMITED, Limits, Pace
from bot.settings import Settings
from bot.simulator import LocalTelegram
from bot.simulator.client import Person
from storage.clock import MovableClock
from storage.database import Database
from tests import world
from tests.conftest import NOW, lay_keys, sqlite_copy

TOKEN = "1000000001:TokenOfTheLocalTelegramInTests"


@dataclass
class Stage:
    """Where stories are played."""

    telegram: LocalTelegram
    app: app.App
    database: Database
    clock: MovableClock
    session: aiohttp.ClientSession
    program: "Program"

    def person(self, telegram_id: int) -> Person:
        """Whoever acts in the story."""
        return Person(self.session, self.telegram.url, telegram_id)

    async def move(self, by: timedelta) -> None:
        """Let time pass, and the ticks of that time come."""
        self.clock.move(by)
        await self.app.schedule.tick()

    async def restart(self) -> None:
        """The program ends and another one begins on the same database."""
        await self.program.end()
        self.app = await self.program.begin()


class Program:
    """The bot's program, which may end and begin again."""

    def __init__(self, settings: Settings, clock: MovableClock, pace: Pace) -> None:
        self._settings, self._clock, self._pace = settings, clock, pace
        self._stack = AsyncExitStack()

    async def begin(self) -> app.App:
        """Open the program and let it run."""
        opened = await self._stack.enter_async_context(
            app.opened(self._settings, self._clock, pace=self._pace)
        )
        self._running = asyncio.create_task(opened.run())
        return opened

    async def end(self) -> None:
        """Stop what runs and close what is open."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await self._stack.aclose()


@pytest.fixture
async def stage(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    async with _playing(sqlite_copy(migrated_sqlite, tmp_path), tmp_path, world.people_it) as stage:
        yield stage


@pytest.fixture
async def first_day(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """The stage on the first day of a bot: nothing is in its database."""
    async with _playing(sqlite_copy(migrated_sqlite, tmp_path), tmp_path, _nothing) as stage:
        yield stage


def _nothing(_tx: Connection) -> None:
    """What an empty database is filled with."""


@asynccontextmanager
async def _playing(
    url: str, folder: Path, fill: Callable[[Connection], None]
) -> AsyncIterator[Stage]:
    clock = MovableClock(world.StartingAt(NOW))
    database = Database(url)
    await database.write(fill)
    telegram = LocalTelegram(clock=clock, token=TOKEN, username="buro_test_bot", name="Buro")
    for telegram_id, name, language in (*(p[:3] for p in world.PEOPLE), *world.GUESTS):
        surname, given = name.split(" ", 1)
        telegram.add_person(
            id=telegram_id, first_name=given, last_name=surname, language_code=language
        )
    await telegram.start()
    settings = Settings.model_construct(
        bot_token=SecretStr(TOKEN),
        bot_api_url=telegram.url,
        database_url=url,
        owner_ids=[1001],
        default_language="kk",
        timezone="Asia/Almaty",
        data_dir=folder,
        log_level="WARNING",
        log_format="text",
    )
    lay_keys(folder)
    # People in stories tap faster than people: nobody waits for the second between two messages.
    pace = Pace(replace(UNLIMITED, unsettled=Limits.unsettled))
    program = Program(settings, clock, pace)
    async with aiohttp.ClientSession() as session:
        opened = await program.begin()
        try:
            yield Stage(telegram, opened, database, clock, session, program)
            paid = [call for call in telegram.hub.calls if "allow_paid_broadcast" in call["params"]]
            assert not paid, "no message may ever cost stars"
        finally:
            await program.end()
            await telegram.stop()
            await database.close()
