"""The demo: local Telegram, bot and demo data in one process, with a clock that can be moved."""

import asyncio
import contextlib
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import typer
from pydantic import SecretStr
from sqlalchemy import Connection

from bot import app, demo_papers, unlocking
from bot.delivery.pace import UNLIMITED, Pace
from bot.settings import Settings
from bot.simulator import LocalTelegram
from bot.simulator.client import Person
from storage import demo as data
from storage import outbox, reminders, schema, working_days
from storage.clock import Clock, MovableClock
from storage.database import Database
from storage.meetings import meeting_reminders
from storage.privacy import key_file, keys
from storage.rules import gate

# A token of the right form that is nobody's: it is good for the local Telegram only.
TOKEN = "1000000001:LocalTelegramKnowsThisTokenOnly"  # noqa: S105
ZONE = ZoneInfo("Asia/Almaty")
GROUP, GROUP_MEMBERS = -500, [1002, 1003, 1005, 1011]


class PortInUse(Exception):
    """Another program listens on the page's port; the message is the port."""


@asynccontextmanager
async def stage(
    port: int = 0,
    database_url: str | None = None,
    begins: Clock | None = None,
    pace: Pace | None = None,
) -> AsyncIterator[tuple[LocalTelegram, app.App, MovableClock]]:
    """Local Telegram with the demo's people, and the bot on demo data, both running.

    Without ``database_url`` the data stands in a folder that is thrown away; without ``begins`` it
    is now; ``pace`` is Telegram's limits unless who plays is quicker than people. Raises PortInUse.
    """
    clock = MovableClock(begins)
    with tempfile.TemporaryDirectory(prefix="buro-demo-") as folder:
        url = database_url or f"sqlite+aiosqlite:///{Path(folder)}/demo.db"
        database = Database(url)
        telegram = _local_telegram(clock, database)
        try:
            _lock(Path(folder))
            # Before the page answers: a page left open from the last time asks at once.
            await schema.migrate(database)
            await database.write(data.load, clock.now(), ZONE)
            demo_papers.write(Path(folder))
            await _start(telegram, port)
            await _begin(telegram)
            settings = _settings(url, telegram.url, Path(folder))
            async with app.opened(settings, clock, pace=pace) as opened:
                running = asyncio.create_task(opened.run())
                following = asyncio.create_task(_follow(clock, opened))
                try:
                    yield telegram, opened, clock
                finally:
                    for task in (following, running):
                        task.cancel()
                    await asyncio.gather(following, running, return_exceptions=True)
        finally:
            await telegram.stop()
            await database.close()


def _lock(folder: Path) -> None:
    """The demo's data is sealed as any other; its keys are thrown away with it."""
    path = _settings("", "", folder).key_file
    key_file.create(path, keys.Ring.new())
    unlocking.use(path, None)


async def serve(port: int, *, browser: bool) -> None:
    """Run the demo until cancelled."""
    async with stage(port) as (telegram, _app, _clock):
        typer.echo(f"Buro demo: {telegram.url}")
        typer.echo("Choose a person on the page and write to the bot. Stop with Ctrl-C.")
        if browser:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(telegram.url)
        await asyncio.Event().wait()


async def play() -> None:
    """Play a short conversation of each user in the terminal."""
    from bot.scripted import play as conversations

    async with stage(pace=Pace(UNLIMITED)) as (telegram, _app, clock):
        await conversations(telegram.url, clock)


async def _start(telegram: LocalTelegram, port: int) -> None:
    try:
        await telegram.start(port=port)
    except OSError as error:
        raise PortInUse(str(port)) from error


async def _begin(telegram: LocalTelegram) -> None:
    """Whoever has a role has pressed Start before, so that the first reminders reach them."""
    async with aiohttp.ClientSession() as session:
        for person in data.PEOPLE:
            if not person.is_guest:
                await Person(session, telegram.url, person.telegram_id).start()


async def _follow(clock: MovableClock, opened: app.App) -> None:
    """Let a move of the clock be noticed at once, not only at the next tick."""
    before = clock.offset
    while True:
        await asyncio.sleep(0.2)
        if clock.offset != before:
            before = clock.offset
            await opened.schedule.tick()


def _local_telegram(clock: MovableClock, database: Database) -> LocalTelegram:
    async def next_event() -> datetime | None:
        return await database.read(_next_event, clock.now())

    telegram = LocalTelegram(
        clock=clock, token=TOKEN, username="buro_demo_bot", name="Buro", next_event=next_event
    )
    for person in data.PEOPLE:
        surname, _, given = person.name.partition(" ")
        telegram.add_person(
            id=person.telegram_id,
            first_name=given or surname,
            last_name=surname if given else None,
            language_code=person.language,
            note=person.notes,
        )
    # A chat of Saryagash that the bot is not in yet: whoever adds it sees how it becomes a group.
    telegram.add_group(GROUP, "Сарыағаш филиалы [демо]", GROUP_MEMBERS, bot_is_member=False)
    return telegram


def _next_event(tx: Connection, now: datetime) -> datetime | None:
    reminded = reminders.next_due(tx)
    if reminded is not None:
        reminded = gate.gathers_at(max(reminded, now), working_days.load(tx), ZONE)
    moments = [reminded, meeting_reminders.next_due(tx), outbox.next_due(tx)]
    return min((moment for moment in moments if moment is not None), default=None)


def _settings(url: str, api: str, folder: Path) -> Settings:
    # The environment's own settings (a real token, a real database) must not reach the demo.
    return Settings.model_construct(
        bot_token=SecretStr(TOKEN),
        bot_api_url=api,
        database_url=url,
        owner_ids=[1001],
        default_language="kk",
        timezone=ZONE.key,
        data_dir=folder,
        data_key_file="",
        log_level="WARNING",
        log_format="text",
    )
