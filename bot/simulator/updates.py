"""The queue of updates and its two exits: the long poll here, the webhook beside it.

Lifetimes and the meaning of ``offset`` are Telegram's. Left out on purpose: the server's slowing
down of a caller who repeats one offset, which would only make tests slow.
"""

import asyncio
import copy
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.errors import conflict
from bot.simulator.world import Json

DAY = timedelta(days=1)
LIFETIMES = {"callback_query": timedelta(seconds=150), "inline_query": timedelta(seconds=30)}
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
FORGET_NUMBERS_AFTER = timedelta(days=7)
MAX_EVENTS = 100_000
OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass
class Update:
    """One update on its way; ``lane`` is the webhook queue in which order is kept."""

    id: int
    kind: str
    lane: str
    expires: datetime
    body: Json


class Updates:
    """All updates the bot has not acknowledged."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._waiting: deque[Update] = deque()
        self._next = _random_start()
        self._last_push: datetime | None = None
        self._poll: asyncio.Future[str | None] | None = None
        self.allowed: set[str] = set()
        self.on_push: Callable[[Update], None] | None = None

    def push(self, kind: str, payload: Json, lane: str) -> None:
        """Queue an update, if the bot asked for its kind."""
        if self.allowed and kind not in self.allowed:
            return
        if not self.allowed and kind in NOT_BY_DEFAULT:
            return
        now = self._now()
        if self._last_push and now - self._last_push > FORGET_NUMBERS_AFTER and not self._waiting:
            self._next = _random_start()
        self._last_push = now
        if len(self._waiting) >= MAX_EVENTS:
            return
        # a copy: what happens to a message later must not change what was said about it
        body = {"update_id": self._next, kind: copy.deepcopy(payload)}
        update = Update(self._next, kind, lane, now + LIFETIMES.get(kind, DAY), body)
        self._next += 1
        self._waiting.append(update)
        if self.on_push:
            self.on_push(update)
        else:
            self._wake(None)

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which kinds of update the bot wants; an empty list means the default."""
        self.allowed = set(kinds)

    def pending(self) -> list[Update]:
        """Return what is waiting, without what has expired."""
        now = self._now()
        if any(update.expires <= now for update in self._waiting):
            self._waiting = deque(u for u in self._waiting if u.expires > now)
        return list(self._waiting)

    def forget(self, update: Update) -> None:
        """Take one update out: delivered or given up."""
        if update in self._waiting:
            self._waiting.remove(update)

    def clear(self) -> None:
        """Forget everything that waits (``drop_pending_updates``)."""
        self._waiting.clear()

    def interrupt(self, reason: str | None) -> None:
        """End the running long poll: with 409 and ``reason``, or with an empty answer."""
        self._wake(reason)

    async def get(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109
        """Answer getUpdates: what is there, or what comes within ``timeout`` real seconds."""
        self._acknowledge(offset)
        ready = self._head(limit)
        if ready or timeout <= 0:
            return ready
        self._wake(OTHER_POLL)
        poll: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        try:
            async with asyncio.timeout(timeout):
                reason = await poll
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        if reason:
            raise conflict(reason)
        return self._head(limit)

    def _wake(self, reason: str | None) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(reason)

    def _acknowledge(self, offset: int) -> None:
        waiting = self.pending()
        if offset < 0:
            self._waiting = deque(waiting[offset:])
        elif waiting and waiting[0].id < offset <= self._next + 10:
            self._waiting = deque(u for u in waiting if u.id >= offset)

    def _head(self, limit: int) -> list[Json]:
        return [update.body for update in self.pending()[:limit]]


def _random_start() -> int:
    return 100_000_000 + secrets.randbelow(800_000_000)
