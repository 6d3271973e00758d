"""The courier: sends what the outbox holds, at the pace, each message to its final state.

Each priority has a dispatcher, and all share one pace: an answer never waits behind a thousand
notices, nor these behind a broadcast. A message is marked as being sent only when it goes: a crash
leaves as few uncertain ones as were on the wire.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.delivery.carrier import Carrier
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.sender import Sender
from bot.delivery.wire import Wire
from bot.lease import RENEWED_SECONDS, Lease
from storage import outbox, settlement
from storage.outbox import Outgoing, Priority

LEASE = "pace"  # the limits are Telegram's for the whole bot: one process sends


class Courier:
    """Sends what the outbox holds, while it holds the lease of the pace."""

    def __init__(
        self,
        sender: Sender,
        wire: Wire,
        *,
        flood: Callable[[int], None] = lambda _seconds: None,
        sent: Callable[[str, str], None] = lambda _kind, _state: None,
    ) -> None:
        """``flood`` hears of each 429 (seconds), ``sent`` of each final state (kind, state)."""
        self._wire = wire
        self._carrier = Carrier(sender, wire, flood, sent)
        self._lease = Lease(LEASE, wire.manner.holder, wire.database, wire.clock)
        self._dispatchers = [Dispatcher(priority, wire, self._carrier) for priority in Priority]
        self._dispatching: list[asyncio.Task[None]] = []

    def wake(self) -> None:
        """There may be something new in the outbox."""
        self._wire.wake()

    async def run(self) -> None:
        """Send until cancelled. Raises a group of TelegramUnauthorizedError: a revoked token."""
        async with asyncio.TaskGroup() as group:
            self._dispatching = [
                group.create_task(dispatcher.run(self._lease.held))
                for dispatcher in self._dispatchers
            ]
            await self._keep_lease()

    async def drain(self, seconds: float) -> None:
        """Take no new messages and let those on the wire arrive, ``seconds`` at most."""
        for dispatcher in self._dispatchers:
            dispatcher.stop()
        self._lease.held.set()  # one that waits for it ends, too
        time = asyncio.get_running_loop().time
        end = time() + seconds
        for tasks in (self._dispatching, self._wire.tasks):
            if tasks:
                await asyncio.wait(tasks, timeout=max(0.0, end - time()))
        await self._lease.let_go()

    async def _keep_lease(self) -> None:
        while True:
            if await self._lease.renew():
                await self._sort_out_left_over()
                self._lease.held.set()
            await asyncio.wait({self._carrier.broken}, timeout=RENEWED_SECONDS)
            if self._carrier.broken.done():
                raise self._carrier.broken.result()

    async def _sort_out_left_over(self) -> None:
        """A message that was being sent when a program died may have arrived, or not."""
        held, left = await self._wire.database.read(self._left_over)
        if held is not None:
            self._carrier.hold_bulk(held)
        for outgoing in left:
            await self._carrier.uncertain(outgoing, "interrupted")

    def _left_over(self, tx: Connection) -> tuple[datetime | None, list[Outgoing]]:
        return settlement.bulk_held_until(tx), outbox.left_over(tx, self._wire.sending)
