"""The courier: takes due messages from the outbox, sends them, notes what became of each."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.delivery.outcome import UNREACHABLE, Fate, Outcome, outcome_of
from bot.delivery.pace import Pace
from bot.intake.presenter import Presenter
from handlers.notices import CommandMenu, Recipient
from handlers.registry import render
from handlers.ui.i18n import translator
from handlers.ui.screen import Screen
from storage import outbox, settlement
from storage.clock import Clock
from storage.database import Database
from storage.outbox import Outgoing, Priority

log = structlog.get_logger(__name__)

BATCH = 20
IDLE_SECONDS = 1.0  # how often the outbox is looked at when nobody says that something is new
# How long to wait after each try that may have arrived: Telegram may be away for an hour.
RETRY_SECONDS = (5, 30, 300, 3600)
MAX_ATTEMPTS = len(RETRY_SECONDS) + 1


class Courier:
    """Sends what the outbox holds. One courier a database."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        zone: ZoneInfo,
        bot_username: str,
        default_language: str,
    ) -> None:
        self._presenter = Presenter(bot)
        self._bot = bot
        self._database = database
        self._clock = clock
        self._zone = zone
        self._bot_username = bot_username
        self._default_language = default_language
        self._pace = Pace(asyncio.get_running_loop().time)
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        # Telegram asked to wait: for a chat, or (None) for everything that is in no hurry.
        self._held: dict[int | None, datetime] = {}

    def wake(self) -> None:
        """There may be something new in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Send until cancelled. Raises TelegramUnauthorizedError when the token is revoked."""
        await self._sort_out_left_over()
        try:
            while not self._stopping:
                await self._send_what_is_due()
        finally:
            self._idle.set()  # after a failure too: nobody need wait for what will not be sent
        await asyncio.Event().wait()

    async def _send_what_is_due(self) -> None:
        self._news.clear()
        self._idle.clear()
        batch = await self._database.write(outbox.claim, self._clock.now(), BATCH)
        if batch:
            await self._deliver_all(batch)
            return
        self._idle.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), IDLE_SECONDS)

    async def drain(self, seconds: float) -> None:
        """Stop taking new messages and let those on their way arrive, ``seconds`` at most."""
        self._stopping = True
        self.wake()
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.warning("some messages were still on their way")

    async def _sort_out_left_over(self) -> None:
        """A message that was being sent when the program died may have arrived, or not."""
        for outgoing in await self._database.read(outbox.left_over):
            await self._uncertain(outgoing, "interrupted")

    async def _deliver_all(self, batch: list[Outgoing]) -> None:
        chats: dict[int, list[Outgoing]] = {}
        for outgoing in batch:
            chats.setdefault(outgoing.telegram_id, []).append(outgoing)
        queues = [self._deliver_in_order(queue) for queue in chats.values()]
        # Each to its end, whatever happens to another: a message cut off is an uncertain one.
        for error in await asyncio.gather(*queues, return_exceptions=True):
            if error is not None:
                raise error

    async def _deliver_in_order(self, queue: list[Outgoing]) -> None:
        for outgoing in queue:
            await self._deliver(outgoing)

    async def _deliver(self, outgoing: Outgoing) -> None:
        if (until := self._postponed_until(outgoing)) is not None:
            await self._database.write(outbox.postpone, outgoing.id, until)
            return
        if not outgoing.reachable and outgoing.priority != Priority.ANSWER:
            await self._settle(outgoing, "failed", reason="unreachable")
            return
        try:
            content = await self._database.read(render, outgoing, self._recipient(outgoing))
            if isinstance(content, Screen):
                content.markup()  # raises when a button is too long
        except Exception:
            log.exception("a message could not be rendered", kind=outgoing.kind)
            await self._settle(outgoing, "failed", reason="not_rendered")
            return
        if content is None:
            await self._settle(outgoing, "failed", reason="void")
            return
        await self._pace.turn(outgoing.telegram_id, bulk=outgoing.priority == Priority.BROADCAST)
        try:
            message_id = await self._send(outgoing.telegram_id, content)
        except AiogramError as error:
            await self._not_sent(outgoing, outcome_of(error), error)
        except Exception as error:
            # Nothing that one message does to the client may stop the others.
            log.exception("a message was not sent", kind=outgoing.kind, outbox_id=outgoing.id)
            await self._uncertain(outgoing, type(error).__name__)
        else:
            await self._settle(outgoing, "sent", message_id=message_id)

    def _postponed_until(self, outgoing: Outgoing) -> datetime | None:
        """When to try instead, if not now."""
        now = self._clock.now()
        if self._stopping:
            return now
        self._held = {key: until for key, until in self._held.items() if until > now}
        held = [self._held.get(outgoing.telegram_id)]
        if outgoing.priority == Priority.BROADCAST:
            held.append(self._held.get(None))
        return max((until for until in held if until is not None), default=None)

    async def _send(self, chat_id: int, content: Screen | CommandMenu) -> int | None:
        if isinstance(content, Screen):
            return (await self._presenter.send(chat_id, content)).message_id
        await self._bot.set_my_commands(
            [BotCommand(command=name, description=text) for name, text in content.commands],
            scope=BotCommandScopeChat(chat_id=chat_id),
        )
        return None

    async def _not_sent(self, outgoing: Outgoing, outcome: Outcome, error: AiogramError) -> None:
        if outcome.fate is Fate.STOP:
            await self._database.write(outbox.postpone, outgoing.id, self._clock.now())
            raise error
        if outcome.fate is Fate.LATER:
            until = self._clock.now() + timedelta(seconds=outcome.wait)
            self._held[outgoing.telegram_id] = self._held[None] = until
            await self._database.write(outbox.postpone, outgoing.id, until)
        elif outcome.fate is Fate.UNCERTAIN:
            await self._uncertain(outgoing, outcome.reason)
        else:
            if outcome.reason not in UNREACHABLE.values():
                log.error("telegram refused a message", kind=outgoing.kind, outbox_id=outgoing.id)
            await self._settle(outgoing, "failed", reason=outcome.reason)

    async def _uncertain(self, outgoing: Outgoing, reason: str) -> None:
        """Nobody knows: what may come twice is sent again, a broadcast's copy is not."""
        if settlement.repeatable(outgoing.kind) and outgoing.attempts < MAX_ATTEMPTS:
            wait = RETRY_SECONDS[min(outgoing.attempts, len(RETRY_SECONDS)) - 1]
            until = self._clock.now() + timedelta(seconds=wait)
            await self._database.write(outbox.retry, outgoing.id, until)
        else:
            await self._settle(outgoing, "uncertain", reason=reason)

    async def _settle(
        self,
        outgoing: Outgoing,
        state: str,
        *,
        reason: str | None = None,
        message_id: int | None = None,
    ) -> None:
        await self._database.write(
            settlement.settle,
            outgoing,
            state,
            self._clock.now(),
            reason=reason,
            message_id=message_id,
        )

    def _recipient(self, outgoing: Outgoing) -> Recipient:
        return Recipient(
            person_id=outgoing.person_id,
            t=translator(outgoing.language, self._default_language),
            now=self._clock.now(),
            zone=self._zone,
            bot_username=self._bot_username,
        )
