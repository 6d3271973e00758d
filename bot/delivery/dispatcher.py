"""Letting messages go, each at its moment: the pace, the gate, and order within a chat."""

import asyncio
from datetime import timedelta
from typing import Any

from bot.delivery.carrier import Carrier, Rendered
from bot.delivery.wire import Wire
from storage import kinds, outbox, settlement, working_days
from storage.outbox import Due, Outgoing, Priority
from storage.rules.gate import opens_at

AHEAD = 64  # messages looked at in advance
BURST = 16  # messages that go in one step when the pace lets them
FRESH_SECONDS = 10.0  # what was seen longer ago is looked at anew: the gate may have closed
GATHER_SECONDS = 0.05  # what nobody waits for is looked for so much later: much at once, one look
IDLE_SECONDS = 0.5  # how often the outbox is looked at when nobody says that something is new


class Dispatcher:
    """Works off one of the queues of the outbox."""

    def __init__(self, priority: Priority, wire: Wire, carrier: Carrier) -> None:
        self._priority = priority
        self._wire = wire
        self._carrier = carrier
        self._news = wire.news[priority]
        self._landed = wire.landed[priority]
        self._upset = wire.upset[priority]
        self._ahead: list[Due] = []
        self._stale = True  # the outbox may hold more than what was seen
        self._seen_at = 0.0  # when the oldest of ``_ahead`` was looked at
        self._stopping = False

    async def run(self, holding: asyncio.Event) -> None:
        """Let messages go while ``holding`` is set, until cancelled or told to stop."""
        while not self._stopping:
            if not holding.is_set():
                self._forget()
                await holding.wait()
            else:
                await self._step()

    def stop(self) -> None:
        """End after the step that is under way."""
        self._stopping = True
        self._news.set()

    async def _step(self) -> None:
        self._landed.clear()
        if self._news.is_set():
            if not self._ahead and self._priority is not Priority.ANSWER:
                await self._wire.timer.sleep(GATHER_SECONDS)
            self._news.clear()
            self._stale = True
        if self._upset.is_set() or self._wire.timer.now() - self._seen_at > FRESH_SECONDS:
            self._upset.clear()
            self._forget()
        if self._stale and self._free() < AHEAD // 2:
            self._ahead += await self._look()
        burst = self._ready()
        if not burst:
            await self._wait(self._next_moment())
            return
        going = {due.id for due in burst}
        self._ahead = [due for due in self._ahead if due.id not in going]
        await self._let_go(burst)

    def _forget(self) -> None:
        self._ahead.clear()
        self._stale = True

    def _free(self) -> int:
        """How many of those seen wait for others to go first, and not for their own chat."""
        now = self._wire.timer.now()
        return sum(
            due.chat_id not in self._wire.chats and self._chat_ready_at(due) <= now
            for due in self._ahead
        )

    async def _look(self) -> list[Due]:
        now = self._wire.clock.now()
        if not self._ahead:
            self._seen_at = self._wire.timer.now()
        known = {due.id for due in self._ahead}
        found = await self._wire.database.read(outbox.due, self._priority, now, known, AHEAD)
        self._stale = len(found) == AHEAD
        return await self._past_the_gate(await self._past_the_holds(found))

    async def _past_the_holds(self, found: list[Due]) -> list[Due]:
        """Put off what goes to a chat in which Telegram asked to wait: it takes nobody's place."""
        now, pace = self._wire.timer.now(), self._wire.pace
        held: dict[float, list[int]] = {}
        for due in found:
            until = pace.chat_held_until(due.chat_id, now)
            if until is not None:
                held.setdefault(until, []).append(due.id)
        for until, ids in held.items():
            moment = self._wire.clock.now() + timedelta(seconds=until - self._wire.timer.now())
            # The whole second that the hold ends at, whatever the two clocks differ by.
            whole = (moment + timedelta(seconds=0.5)).replace(microsecond=0)
            await self._wire.database.write(outbox.postpone, ids, whole)
        put_off = {id_ for ids in held.values() for id_ in ids}
        return [due for due in found if due.id not in put_off]

    async def _past_the_gate(self, found: list[Due]) -> list[Due]:
        """Put off what the bot says by itself while people must not be disturbed."""
        now = self._wire.clock.now()
        own = [due.id for due in found if kinds.waits(due.kind)]
        if not own:
            return found
        calendar = await self._wire.database.read(working_days.load)
        opens = opens_at(now, calendar, self._wire.manner.zone)
        if opens <= now:
            return found
        await self._wire.database.write(outbox.postpone, own, opens)
        return [due for due in found if due.id not in set(own)]

    def _ready(self) -> list[Due]:
        """The messages that may go this very moment, counted by the pace; one for each chat."""
        now, wire = self._wire.timer.now(), self._wire
        wire.single_file.wait_no_more(self._priority)
        burst: list[Due] = []
        for due in self._ahead:
            if len(burst) == BURST or wire.pace.ready_at(now, bulk=self._priority.bulk) > now:
                break
            if due.chat_id in wire.chats or self._chat_ready_at(due) > now:
                continue
            if settlement.repeatable(due.kind) and not wire.single_file.enter(
                due.id, self._priority
            ):
                continue
            wire.pace.take(due.chat_id, now, bulk=self._priority.bulk)
            wire.pace.all.set_out(due.id)
            wire.chats.add(due.chat_id)
            burst.append(due)
        return burst

    def _chat_ready_at(self, due: Due) -> float:
        at_once = self._priority is Priority.ANSWER
        return self._wire.pace.chat_ready_at(due.chat_id, at_once=at_once)

    def _next_moment(self) -> float | None:
        """When the next message may go; None when that depends on what is on the wire."""
        now = self._wire.timer.now()
        any_chat = self._wire.pace.ready_at(now, bulk=self._priority.bulk)
        is_open = self._wire.single_file.is_open_to(self._priority)
        moments = [
            max(any_chat, self._chat_ready_at(due))
            for due in self._ahead
            if due.chat_id not in self._wire.chats
            and (is_open or not settlement.repeatable(due.kind))
        ]
        return min(moments, default=None)

    async def _wait(self, moment: float | None) -> None:
        """Wait for ``moment``, for news, for a chat to be free, or for the time to look again."""
        timer = self._wire.timer
        waits: set[asyncio.Future[Any]] = {asyncio.ensure_future(self._news.wait())}
        if self._ahead:
            waits.add(asyncio.ensure_future(self._landed.wait()))
        if moment is not None:
            waits.add(asyncio.ensure_future(timer.sleep(max(0.0, moment - timer.now()))))
        try:
            done, _ = await asyncio.wait(
                waits, timeout=IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for task in waits:
                task.cancel()
        if not done:
            self._stale = True
        await asyncio.gather(*waits, return_exceptions=True)

    async def _let_go(self, burst: list[Due]) -> None:
        taken = await self._wire.database.write(outbox.take, [due.id for due in burst])
        self._wire.sending.update(outgoing.id for outgoing in taken)
        kept = {outgoing.chat_id for outgoing in taken}
        self._wire.chats.difference_update({due.chat_id for due in burst} - kept)
        for id_ in {due.id for due in burst} - {outgoing.id for outgoing in taken}:
            self._wire.pass_by(id_)
        contents = await self._rendered(taken)
        for outgoing, content in zip(taken, contents, strict=True):
            await self._wire.places.acquire()
            task = asyncio.create_task(self._carrier.carry(outgoing, content))
            self._wire.tasks.add(task)
            task.add_done_callback(self._wire.tasks.discard)

    async def _rendered(self, taken: list[Outgoing]) -> list[Rendered]:
        try:
            return await self._wire.database.read(self._carrier.rendered, taken)
        except Exception:
            # They never went: whoever sorts them out later must not take them for uncertain.
            for outgoing in taken:
                await self._wire.database.write(outbox.give_back, outgoing.id)
            raise
