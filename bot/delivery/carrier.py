"""Bringing one message to its final state: sent, failed with the reason, or uncertain."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from aiogram.exceptions import AiogramError
from sqlalchemy import Connection

from bot.delivery.outcome import EXPECTED, Fate, Outcome, outcome_of
from bot.delivery.sender import Sender, Sent
from bot.delivery.single_file import HANGING_SECONDS
from bot.delivery.turnstile import counted_already
from bot.delivery.wire import Wire
from handlers.notices import Edition, Notice, Recipient
from handlers.registry import render
from handlers.ui.i18n import translator
from handlers.ui.screen import Screen
from storage import alarms, outbox, settlement
from storage.outbox import Outgoing, Priority

log = structlog.get_logger(__name__)

# How long to wait after each try that may have arrived: Telegram may be away for an hour.
RETRY_SECONDS = (5, 30, 300, 3600)
MAX_ATTEMPTS = len(RETRY_SECONDS) + 1

Rendered = Notice | Exception | None  # None: there is nothing to say any more


class Carrier:
    """Renders messages, sends them, and writes down what became of each."""

    def __init__(
        self,
        sender: Sender,
        wire: Wire,
        flood: Callable[[int], None],
        sent: Callable[[str, str], None],
    ) -> None:
        """``flood`` hears of each 429 (seconds), ``sent`` of each final state (kind, state)."""
        self._sender = sender
        self._wire = wire
        self._flood = flood
        self._sent = sent
        # When the token is no good nothing can be sent.
        self.broken: asyncio.Future[AiogramError] = asyncio.get_running_loop().create_future()

    def rendered(self, tx: Connection, taken: list[Outgoing]) -> list[Rendered]:
        """How each message looks now; an exception where one cannot be rendered."""
        return [self._one_rendered(tx, outgoing) for outgoing in taken]

    def _one_rendered(self, tx: Connection, outgoing: Outgoing) -> Rendered:
        try:
            content = render(tx, outgoing, self._recipient(outgoing))
            screen = content.screen if isinstance(content, Edition) else content
            if isinstance(screen, Screen):
                screen.markup()  # raises when a button is too long
            return content
        except Exception as error:  # noqa: BLE001 - one broken message must not stop the others
            return error

    async def carry(self, outgoing: Outgoing, content: Rendered) -> None:
        """Bring one message to its final state, or back to wait."""
        try:
            await self._deliver(outgoing, content)
        except Exception:
            # The row still says that it is being sent: it is sorted out at the next start.
            log.exception("a message could not be settled", outbox_id=outgoing.id)
        finally:
            self._wire.places.release()
            self._wire.land(outgoing.id, outgoing.chat_id)

    async def _deliver(self, outgoing: Outgoing, content: Rendered) -> None:
        if isinstance(content, Exception):
            log.error("a message could not be rendered", kind=outgoing.kind, exc_info=content)
            await self._settle(outgoing, "failed", reason="not_rendered")
        elif content is None:
            await self._settle(outgoing, "failed", reason="void")
        elif not outgoing.reachable and outgoing.priority != Priority.ANSWER:
            await self._settle(outgoing, "failed", reason="unreachable")
        else:
            try:
                sent = await self._put_on_the_wire(outgoing, content)
            except AiogramError as error:
                await self._not_sent(outgoing, outcome_of(error), error)
            except Exception as error:
                # Nothing that one message does to the client may stop the others.
                log.exception("a message was not sent", kind=outgoing.kind, outbox_id=outgoing.id)
                await self.uncertain(outgoing, type(error).__name__)
            else:
                await self._settle(outgoing, "sent", sent=sent)
                if sent.plain:
                    await self._wire.database.write(
                        alarms.text_broken,
                        outgoing.kind,
                        self._wire.clock.now(),
                        self._wire.manner.zone,
                    )

    async def _put_on_the_wire(self, outgoing: Outgoing, content: Notice) -> Sent:
        loop = asyncio.get_running_loop()
        hanging = loop.call_later(HANGING_SECONDS, self._wire.pass_by, outgoing.id)
        try:
            with counted_already():
                return await self._sender.send(outgoing.chat_id, content)
        finally:
            hanging.cancel()

    async def _not_sent(self, outgoing: Outgoing, outcome: Outcome, error: AiogramError) -> None:
        now = self._wire.clock.now()
        match outcome.fate:
            case Fate.STOP:
                await self._wire.database.write(outbox.give_back, outgoing.id)
                if not self.broken.done():
                    self.broken.set_result(error)
            case Fate.LATER:
                await self._later(outgoing, outcome, now)
            case Fate.MOVED:
                await self._wire.database.write(settlement.migrated, outgoing, outcome.moved_to)
                self._wire.disturb()
            case Fate.UNCERTAIN:
                await self.uncertain(outgoing, outcome.reason)
            case Fate.FAILED:
                if outcome.reason not in EXPECTED:
                    log.error("telegram refused", kind=outgoing.kind, outbox_id=outgoing.id)
                await self._settle(outgoing, "failed", reason=outcome.reason)

    async def _later(self, outgoing: Outgoing, outcome: Outcome, now: datetime) -> None:
        # A whole second: whatever else waits for the chat is put off to the same moment, in order.
        until = (now + timedelta(seconds=outcome.wait + 1)).replace(microsecond=0)
        if outcome.reason != "flood":
            await self._wire.database.write(outbox.give_back, outgoing.id, until)
            return
        self._flood(outcome.wait)
        wait = (until - now).total_seconds()
        self._wire.pace.hold_chat(outgoing.chat_id, self._wire.timer.now() + wait)
        self.hold_bulk(until)
        await self._wire.database.write(
            settlement.flooded, outgoing, until, now, self._wire.manner.zone
        )
        self._wire.disturb()

    def hold_bulk(self, until: datetime) -> None:
        """Let whatever is in no hurry wait until ``until``."""
        wait = (until - self._wire.clock.now()).total_seconds()
        if wait > 0:
            self._wire.pace.hold_bulk(self._wire.timer.now() + wait)

    async def uncertain(self, outgoing: Outgoing, reason: str) -> None:
        """Nobody knows: what may come twice is sent again, a broadcast's copy is not."""
        if settlement.repeatable(outgoing.kind) and outgoing.attempts < MAX_ATTEMPTS:
            wait = RETRY_SECONDS[min(outgoing.attempts, len(RETRY_SECONDS)) - 1]
            until = self._wire.clock.now() + timedelta(seconds=wait)
            await self._wire.database.write(outbox.retry, outgoing.id, until)
        else:
            await self._settle(outgoing, "uncertain", reason=reason)

    async def _settle(
        self,
        outgoing: Outgoing,
        state: str,
        *,
        reason: str | None = None,
        sent: Sent = Sent(),  # noqa: B008 - it never changes
    ) -> None:
        await self._wire.database.write(
            settlement.settle,
            outgoing,
            state,
            self._wire.clock.now(),
            reason=reason,
            message_id=sent.message_id,
            parts=sent.parts,
        )
        self._sent(outgoing.kind, state)

    def _recipient(self, outgoing: Outgoing) -> Recipient:
        return Recipient(
            person_id=outgoing.person_id or 0,
            t=translator(outgoing.language, self._wire.manner.default_language),
            now=self._wire.clock.now(),
            zone=self._wire.manner.zone,
            bot_username=self._wire.manner.bot_username,
            group_id=outgoing.group_id,
        )
