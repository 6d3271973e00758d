"""Builds the program from its rooms and runs it; no logic of its own."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, Update
from pydantic import ValidationError

from bot.alarm import tell_owners
from bot.backup import Nightly
from bot.delivery.courier import Courier
from bot.intake.poller import Poller
from bot.intake.presenter import Presenter
from bot.intake.turns import PolicyMiddleware, Surroundings, TurnMiddleware, apology
from bot.intake.workshop import Workshop
from bot.metrics import Metrics, RequestMeter
from bot.schedule import Schedule
from bot.settings import Settings
from bot.watchdog import Watchdog
from bot.watching import FETCH_WITHIN, Watching
from handlers.home.commands import DESCRIPTION, SHORT_DESCRIPTION, commands_for
from handlers.registry import ROUTERS
from handlers.ui.i18n import LANGUAGES, translator
from storage import outbox, people, schema
from storage.clock import Clock
from storage.database import Database
from storage.inbox import Waiting

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 5  # in all: whoever stops a program waits ten seconds for its end, then kills it


@dataclass
class App:
    """The assembled program; see ``opened``."""

    bot: Bot
    database: Database
    poller: Poller
    workshop: Workshop
    courier: Courier
    schedule: Schedule
    metrics: Metrics
    watching: Watching | None

    async def run(self) -> None:
        """Work until cancelled, then drain. Raises what stops the work (a revoked token)."""
        if self.watching is not None:
            await self.watching.start()
        self.schedule.start()
        fetching = asyncio.create_task(self.poller.run())
        parts = (self.workshop, self.courier, self.schedule.watchdog)
        rest = [asyncio.create_task(part.run()) for part in parts]
        try:
            done, _ = await asyncio.wait([fetching, *rest], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self.schedule.stop()
            await _cancelled(fetching)
            await self._drain()
            await asyncio.gather(*(_cancelled(task) for task in rest))
            if self.watching is not None:
                await self.watching.stop()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + DRAIN_SECONDS
        await self.workshop.drain(DRAIN_SECONDS)
        await self.courier.drain(max(0.0, end - loop.time()))


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Build the program: database checked, Telegram asked who we are, everything wired.

    Raises WrongSchema, TelegramUnauthorizedError, TelegramNetworkError.
    """
    database = Database(settings.database_url)
    bot = make_bot(settings)
    try:
        await database.read(schema.check)
        me = await bot.get_me()
        now = clock.now()
        today = now.astimezone(settings.zone).date()
        await database.write(people.ensure_owners, settings.owner_ids, now, today)
        await _introduce(bot, settings.default_language)
        yield _wired(settings, clock, database, bot, me.username or "")
    finally:
        await bot.session.close()
        await database.close()


def make_bot(settings: Settings) -> Bot:
    """The client of Telegram, or of the server at BOT_API_URL."""
    api = settings.bot_api_url
    session = AiohttpSession(api=TelegramAPIServer.from_base(api)) if api else AiohttpSession()
    return Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )


@lru_cache(maxsize=1)
def make_dispatcher() -> Dispatcher:
    """The dispatcher with every handler and the two middlewares around them.

    It holds no state: what a turn needs is handed in with each update. One serves all, since a
    router can be attached once only.
    """
    # Our own conversation state stands in the turn's transaction; aiogram's would stand outside.
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(TurnMiddleware())
    for observer in (
        dispatcher.message,
        dispatcher.edited_message,
        dispatcher.callback_query,
        dispatcher.my_chat_member,
    ):
        observer.middleware(PolicyMiddleware())
    dispatcher.include_routers(*ROUTERS)
    return dispatcher


def _wired(settings: Settings, clock: Clock, database: Database, bot: Bot, username: str) -> App:
    zone = settings.zone
    language = settings.default_language
    surroundings = Surroundings(database, clock, zone, language, username)
    dispatcher = make_dispatcher()
    presenter = Presenter(bot)
    courier = Courier(bot, database, clock, zone, username, language)
    metrics = Metrics()
    bot.session.middleware(RequestMeter(metrics))

    async def handle(waiting: Waiting) -> None:
        began = time.monotonic()
        update = Update.model_validate(waiting.body, context={"bot": bot})
        screen = await dispatcher.feed_update(bot, update, surroundings=surroundings)
        courier.wake()
        await presenter.show(update, screen)
        metrics.handled(time.monotonic() - began)

    async def quarantined(waiting: Waiting, error: Exception) -> None:
        metrics.quarantined()
        await database.write(_tell_owners, settings, waiting, type(error).__name__, clock)
        courier.wake()
        with suppress(ValidationError):  # one that cannot be read has nobody to be answered
            update = Update.model_validate(waiting.body, context={"bot": bot})
            await presenter.show(update, await apology(surroundings, update))

    watchdog = Watchdog(partial(tell_owners, bot, settings.owner_ids, language))
    workshop = Workshop(database, clock, handle, quarantined)

    def wake() -> None:
        courier.wake()
        workshop.wake()  # an update that was set aside may be wanted again

    return App(
        bot=bot,
        database=database,
        poller=Poller(bot, database, clock, workshop.wake),
        workshop=workshop,
        courier=courier,
        schedule=Schedule(
            database,
            clock,
            zone,
            wake,
            watchdog,
            late=metrics.tick,
            nightly=Nightly(settings, clock).look,
        ),
        metrics=metrics,
        watching=_watching(settings, clock, database, metrics),
    )


def _watching(
    settings: Settings, clock: Clock, database: Database, metrics: Metrics
) -> Watching | None:
    address = settings.metrics_address
    if address is None:
        return None

    def hears() -> bool:
        return metrics.fetch_age < FETCH_WITHIN

    return Watching(address, database, clock, settings.zone, metrics, hears)


async def _introduce(bot: Bot, default: str) -> None:
    """The command menu for whoever has no role yet; others get theirs when they come in."""
    for language in (None, *LANGUAGES):
        commands = commands_for(translator(language, default), None)
        await bot.set_my_commands(
            [BotCommand(command=name, description=text) for name, text in commands],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=language,
        )
        t = translator(language, default)
        await bot.set_my_description(t.plain(DESCRIPTION), language_code=language)
        await bot.set_my_short_description(t.plain(SHORT_DESCRIPTION), language_code=language)


def _tell_owners(tx, settings: Settings, waiting: Waiting, error: str, clock: Clock) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    now = clock.now()
    today = now.astimezone(settings.zone).date()
    for owner in people.owners(tx, today):
        outbox.put(
            tx,
            f"quarantine:{waiting.update_id}:{owner.id}",
            "update_quarantined",
            owner.id,
            {"update_id": waiting.update_id, "error": error},
            now,
            priority=outbox.Priority.NOTICE,
        )


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
