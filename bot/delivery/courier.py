"""The courier: sends what the outbox holds, at the pace, each message to its final state.

Two dispatchers share one pace, so that answers and notices never wait behind a broadcast. A message
is marked as being sent only when it goes: a crash leaves as few uncertain ones as were on the wire.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from aiogram.exceptions import AiogramError
from sqlalchemy import Connection

from bot.delivery.outcome import UNREACHABLE, Fate, Outcome, outcome_of
from bot.delivery.pace import Pace
from bot.delivery.sender import Content, Sender
from bot.delivery.timer import LoopTimer, Timer
from handlers.notices import Recipient
from handlers.registry import render
from handlers.ui.i18n import translator
from storage import kinds, leases, outbox, settlement, working_days
from storage.clock import Clock
from storage.database import Database
from storage.outbox import Due, Outgoing, Priority, Urgency
from storage.rules.gate import opens_at

log = structlog.get_logger(__name__)

LEASE = "pace"
LEASE_LASTS = timedelta(seconds=4)
LEASE_RENEWED_SECONDS = 1.0

AHEAD = 64  # messages looked at in advance
AT_ONCE = 30  # messages on the wire
BURST = 16  # messages that go in one step when the pace lets them
IDLE_SECONDS = 0.5  # how often the outbox is looked at when nobody says that something is new

# How long to wait after each try that may have arrived: Telegram may be away for an hour.
RETRY_SECONDS = (5, 30, 300, 3600)
MAX_ATTEMPTS = len(RETRY_SECONDS) + 1
LONG_WAIT_SECONDS = 3600  # a wait longer than this is told to whoever waits for the message


@dataclass(frozen=True)
class Manner:
    """In whose name and language messages go out."""

    zone: ZoneInfo
    bot_username: str
    default_language: str
    holder: str  # this process, among those that share the database


class Courier:
    """Sends what the outbox holds, while it holds the lease of the pace."""

    def __init__(
        self,
        sender: Sender,
        database: Database,
        clock: Clock,
        manner: Manner,
        *,
        pace: Pace | None = None,
        timer: Timer | None = None,
        flood: Callable[[int], None] = lambda _seconds: None,
        sent: Callable[[str, str], None] = lambda _kind, _state: None,
    ) -> None:
        """``flood`` hears of each 429 (seconds), ``sent`` of each final state (kind, state)."""
        self._sender = sender
        self._database = database
        self._clock = clock
        self._manner = manner
        self._pace = pace or Pace()
        self._timer = timer or LoopTimer()
        self._flood = flood
        self._sent = sent
        self._news = {urgency: asyncio.Event() for urgency in Urgency}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._wire: set[asyncio.Task[None]] = set()
        self._sending: set[int] = set()  # outbox rows on the wire
        self._chats: set[int] = set()  # their chats: order is kept in each
        self._holding = asyncio.Event()
        self._stopping = False
        self._broken: AiogramError | None = None

    def wake(self) -> None:
        """There may be something new in the outbox."""
        for event in self._news.values():
            event.set()

    async def run(self) -> None:
        """Send until cancelled. Raises TelegramUnauthorizedError when the token is revoked."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_lease())
            for urgency in Urgency:
                group.create_task(self._dispatch(urgency))

    async def drain(self, seconds: float) -> None:
        """Take no new messages and let those on the wire arrive, ``seconds`` at most."""
        self._stopping = True
        self.wake()
        if self._wire:
            await asyncio.wait(self._wire, timeout=seconds)
        with suppress(Exception):
            await self._database.write(leases.let_go, LEASE, self._manner.holder, self._clock.now())

    async def _keep_lease(self) -> None:
        while not self._stopping:
            held = await self._database.write(
                leases.hold, LEASE, self._manner.holder, self._clock.now(), LEASE_LASTS
            )
            if held and not self._holding.is_set():
                await self._sort_out_left_over()
                self._holding.set()
            elif not held:
                self._holding.clear()
            if self._broken is not None:
                raise self._broken
            await asyncio.sleep(LEASE_RENEWED_SECONDS)

    async def _sort_out_left_over(self) -> None:
        """A message that was being sent when a program died may have arrived, or not."""
        held, left = await self._database.read(self._left_over)
        if held is not None:
            self._hold_bulk(held)
        for outgoing in left:
            await self._uncertain(outgoing, "interrupted")

    def _left_over(self, tx: Connection) -> tuple[datetime | None, list[Outgoing]]:
        return settlement.bulk_held_until(tx), outbox.left_over(tx, self._sending)

    async def _dispatch(self, urgency: Urgency) -> None:
        """Let the messages of one urgency go, each at its moment."""
        bulk = urgency is Urgency.BULK
        ahead: list[Due] = []
        while not self._stopping:
            await self._holding.wait()
            news = self._news[urgency]
            news.clear()
            if len(ahead) < AHEAD // 2:
                ahead += await self._look(urgency, ahead)
            burst = self._ready(ahead, bulk=bulk)
            if burst:
                going = {due.id for due in burst}
                ahead = [due for due in ahead if due.id not in going]
                await self._let_go(burst)
            else:
                await self._wait(news, self._next_moment(ahead, bulk=bulk))

    async def _look(self, urgency: Urgency, ahead: list[Due]) -> list[Due]:
        now = self._clock.now()
        known = {due.id for due in ahead}
        found = await self._database.read(outbox.due, urgency, now, known, AHEAD)
        own = [due.id for due in found if kinds.waits_for_the_gate(due.kind)]
        if not own:
            return found
        calendar = await self._database.read(working_days.load)
        opens = opens_at(now, calendar, self._manner.zone)
        if opens <= now:
            return found
        await self._database.write(outbox.postpone, own, opens)
        return [due for due in found if due.id not in set(own)]

    def _ready(self, ahead: list[Due], *, bulk: bool) -> list[Due]:
        """The messages that may go this very moment, counted by the pace; one for each chat."""
        now = self._timer.now()
        burst: list[Due] = []
        for due in ahead:
            if len(burst) == BURST or self._pace.ready_at(bulk=bulk) > now:
                break
            if due.chat_id in self._chats or self._pace.chat_ready_at(due.chat_id) > now:
                continue
            self._pace.take(due.chat_id, now, bulk=bulk)
            self._chats.add(due.chat_id)
            burst.append(due)
        return burst

    def _next_moment(self, ahead: list[Due], *, bulk: bool) -> float | None:
        """When the next message may go; None when that depends on what is on the wire."""
        any_chat = self._pace.ready_at(bulk=bulk)
        moments = [
            max(any_chat, self._pace.chat_ready_at(due.chat_id))
            for due in ahead
            if due.chat_id not in self._chats
        ]
        return min(moments, default=None)

    async def _wait(self, news: asyncio.Event, moment: float | None) -> None:
        """Wait for ``moment``, for news, or for the time to look again, whichever is first."""
        if moment is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), IDLE_SECONDS)
            return
        sleeping = asyncio.ensure_future(self._timer.sleep(max(0.0, moment - self._timer.now())))
        hearing = asyncio.ensure_future(news.wait())
        _, pending = await asyncio.wait({sleeping, hearing}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _let_go(self, burst: list[Due]) -> None:
        taken = await self._database.write(outbox.take, [due.id for due in burst])
        self._sending.update(outgoing.id for outgoing in taken)
        kept = {outgoing.chat_id for outgoing in taken}
        self._chats.difference_update({due.chat_id for due in burst} - kept)
        contents = await self._database.read(self._rendered, taken)
        for outgoing, content in zip(taken, contents, strict=True):
            await self._places.acquire()
            task = asyncio.create_task(self._carry(outgoing, content))
            self._wire.add(task)
            task.add_done_callback(self._wire.discard)

    def _rendered(self, tx: Connection, taken: list[Outgoing]) -> list[Content | None | Exception]:
        return [self._one_rendered(tx, outgoing) for outgoing in taken]

    def _one_rendered(self, tx: Connection, outgoing: Outgoing) -> Content | None | Exception:
        try:
            return render(tx, outgoing, self._recipient(outgoing))
        except Exception as error:  # noqa: BLE001 - one broken message must not stop the others
            return error

    async def _carry(self, outgoing: Outgoing, content: Content | None | Exception) -> None:
        """Bring one message to its final state, or back to wait."""
        try:
            await self._deliver(outgoing, content)
        except Exception:
            # The row still says that it is being sent: it is sorted out at the next start.
            log.exception("a message could not be settled", outbox_id=outgoing.id)
        finally:
            self._places.release()
            self._sending.discard(outgoing.id)
            self._chats.discard(outgoing.chat_id)
            self.wake()

    async def _deliver(self, outgoing: Outgoing, content: Content | None | Exception) -> None:
        if isinstance(content, Exception):
            log.error("a message could not be rendered", kind=outgoing.kind, exc_info=content)
            await self._settle(outgoing, "failed", reason="not_rendered")
        elif content is None:
            await self._settle(outgoing, "failed", reason="void")
        elif not outgoing.reachable and outgoing.priority != Priority.ANSWER:
            await self._settle(outgoing, "failed", reason="unreachable")
        else:
            try:
                message_id = await self._sender.send(outgoing.chat_id, content)
            except AiogramError as error:
                await self._not_sent(outgoing, outcome_of(error), error)
            else:
                await self._settle(outgoing, "sent", message_id=message_id)

    async def _not_sent(self, outgoing: Outgoing, outcome: Outcome, error: AiogramError) -> None:
        now = self._clock.now()
        match outcome.fate:
            case Fate.STOP:
                await self._database.write(outbox.give_back, outgoing.id, now)
                self._broken = error
            case Fate.LATER:
                await self._later(outgoing, outcome, now + timedelta(seconds=outcome.wait))
            case Fate.MOVED:
                await self._database.write(settlement.migrated, outgoing, outcome.moved_to, now)
            case Fate.UNCERTAIN:
                await self._uncertain(outgoing, outcome.reason)
            case Fate.FAILED:
                if outcome.reason not in UNREACHABLE.values():
                    log.error("telegram refused", kind=outgoing.kind, outbox_id=outgoing.id)
                await self._settle(outgoing, "failed", reason=outcome.reason)

    async def _later(self, outgoing: Outgoing, outcome: Outcome, until: datetime) -> None:
        if outcome.reason != "flood":
            await self._database.write(outbox.give_back, outgoing.id, until)
            return
        self._flood(outcome.wait)
        self._pace.hold_chat(outgoing.chat_id, self._timer.now() + outcome.wait)
        self._hold_bulk(until)
        await self._database.write(settlement.flooded, outgoing, until, self._clock.now())

    def _hold_bulk(self, until: datetime) -> None:
        wait = (until - self._clock.now()).total_seconds()
        if wait > 0:
            self._pace.hold_bulk(self._timer.now() + wait)

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
        self._sent(outgoing.kind, state)

    def _recipient(self, outgoing: Outgoing) -> Recipient:
        return Recipient(
            person_id=outgoing.person_id or 0,
            t=translator(outgoing.language, self._manner.default_language),
            now=self._clock.now(),
            zone=self._manner.zone,
            bot_username=self._manner.bot_username,
        )
