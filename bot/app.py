"""Builds the program from its rooms and runs it; no logic of its own."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from bot import unlocking
from bot.alarm import tell_owners
from bot.backup import Nightly
from bot.client import introduce, make_bot, make_dispatcher
from bot.delivery.courier import Courier
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.delivery.turnstile import Turnstile
from bot.delivery.wire import Manner, Wire
from bot.files import TelegramFiles
from bot.intake.desk import Desk
from bot.intake.keeper import Keeper
from bot.intake.poller import Poller
from bot.intake.turns import Surroundings
from bot.intake.webhook import Address, Webhook
from bot.intake.workshop import Workshop
from bot.lease import Lease
from bot.metrics import Metrics, RequestMeter
from bot.schedule import Schedule
from bot.settings import Settings
from bot.sweeping import Sweeper
from bot.watchdog import Watchdog
from bot.watching import FETCH_WITHIN, Watching
from storage import branches, people, schema
from storage.clock import Clock
from storage.database import Database

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 5  # in all: whoever stops a program waits ten seconds for its end, then kills it
FETCHING = "fetching"  # the lease of it


@dataclass(frozen=True)
class Parts:
    """Which parts of the program this process runs; several processes may share the work."""

    intake: bool = True
    work: bool = True
    deliver: bool = True


@dataclass
class App:
    """The assembled program; see ``opened``."""

    bot: Bot
    database: Database
    parts: Parts
    intake: Poller | Webhook
    workshop: Workshop
    courier: Courier
    schedule: Schedule
    metrics: Metrics
    watching: Watching | None

    async def run(self) -> None:
        """Work until cancelled, then drain. Raises, in a group, what stops it (a revoked token)."""
        if self.watching is not None:
            await self.watching.start()
        tasks = [asyncio.create_task(part) for part in await self._started()]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._drained()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self.watching is not None:
                await self.watching.stop()

    async def _started(self) -> list[Coroutine[Any, Any, None]]:
        parts: list[Coroutine[Any, Any, None]] = []
        if self.parts.deliver:
            parts.append(self.courier.run())
        if self.parts.work:
            parts += [self.workshop.run(), self.schedule.watchdog.run()]
            self.schedule.start()
        if self.parts.intake:
            parts.append(self.intake.run())
        return parts

    async def _drained(self) -> None:
        """Nothing new comes in; what is under way comes to its end."""
        time = asyncio.get_running_loop().time
        end = time() + DRAIN_SECONDS
        if self.parts.intake:
            await self.intake.stop()
        if self.parts.work:
            self.schedule.stop()
            await self.workshop.drain(max(0.0, end - time()))
        if self.parts.deliver:
            await self.courier.drain(max(0.0, end - time()))


@asynccontextmanager
async def opened(
    settings: Settings, clock: Clock, parts: Parts | None = None, pace: Pace | None = None
) -> AsyncIterator[App]:
    """Build the program: database checked, Telegram asked who we are, everything wired.

    ``pace`` is Telegram's limits unless a measurement lifts them. Raises WrongSchema,
    Locked, TelegramUnauthorizedError, TelegramNetworkError.
    """
    database = Database(settings.database_url)
    bot = make_bot(settings)
    try:
        await database.read(schema.check)
        await unlocking.unlock(settings, database)
        await unlocking.prove(settings, database)
        me = await bot.get_me()
        now = clock.now()
        today = now.astimezone(settings.zone).date()
        await database.write(branches.ensure)
        await database.write(people.ensure_owners, settings.owner_ids, now, today)
        await _introduced(bot, settings.default_language)
        around = Surroundings(
            database,
            clock,
            settings.zone,
            settings.default_language,
            me.username or "",
            TelegramFiles(bot, settings.data_dir),
        )
        yield _wired(settings, around, bot, parts or Parts(), pace or Pace())
    finally:
        await bot.session.close()
        await database.close()


async def _introduced(bot: Bot, language: str) -> None:
    """Menus and descriptions are welcome, but no reason not to start: they stay as they were."""
    try:
        await introduce(bot, language)
    except TelegramUnauthorizedError:
        raise
    except AiogramError as error:
        log.warning("the bot could not introduce itself", error=type(error).__name__)


def _wired(settings: Settings, around: Surroundings, bot: Bot, parts: Parts, pace: Pace) -> App:
    database, clock, zone = around.database, around.clock, around.zone
    metrics = Metrics()
    holder = uuid.uuid4().hex  # this process, among those that share the database
    manner = Manner(zone, around.bot_username, around.default_language, holder)
    wire = Wire(database, clock, manner, pace)
    pace.begin(wire.timer.now())
    # In this order: waiting for one's turn is not counted as Telegram's time.
    bot.session.middleware(Turnstile(wire))
    bot.session.middleware(RequestMeter(metrics))
    courier = Courier(Sender(bot), wire, flood=metrics.flood, sent=metrics.sent)
    desk = Desk(bot, make_dispatcher(), around, metrics, courier.wake)
    workshop = Workshop(database, clock, holder, desk.handle, desk.set_aside, failed=metrics.failed)

    def kept(number: int) -> None:
        metrics.received(number)
        workshop.wake()

    def due() -> None:
        courier.wake()
        workshop.wake()  # an update that was set aside may be wanted again

    return App(
        bot=bot,
        database=database,
        parts=parts,
        intake=_intake(
            settings,
            bot,
            Keeper(database, clock, kept),
            Lease(FETCHING, holder, database, clock),
        ),
        workshop=workshop,
        courier=courier,
        schedule=Schedule(
            database,
            clock,
            zone,
            due,
            Watchdog(partial(tell_owners, bot, settings.owner_ids, around.default_language)),
            holder=holder,
            late=metrics.tick,
            nightly=(Nightly(settings, clock).look, Sweeper(database, settings.data_dir).look),
        ),
        metrics=metrics,
        watching=_watching(settings, around, metrics, parts),
    )


def _intake(settings: Settings, bot: Bot, keeper: Keeper, lease: Lease) -> Poller | Webhook:
    if not settings.webhook_url:
        return Poller(bot, keeper, lease)
    host, port = settings.webhook_address
    secret = settings.webhook_secret.get_secret_value()
    return Webhook(bot, keeper, Address(settings.webhook_url, secret, host, port))


def _watching(
    settings: Settings, around: Surroundings, metrics: Metrics, parts: Parts
) -> Watching | None:
    address = settings.metrics_address
    if address is None:
        return None
    fetches = parts.intake and not settings.webhook_url

    def hears() -> bool:
        return not fetches or metrics.fetch_age < FETCH_WITHIN

    return Watching(address, around.database, around.clock, around.zone, metrics, hears)
