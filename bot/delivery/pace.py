"""The pace of sending: Telegram's limits, kept with a margin."""

import asyncio
from collections.abc import Callable

OVERALL_PER_SECOND = 25
BULK_PER_SECOND = 20  # the rest is kept for answers
CHAT_INTERVAL = 1.0  # seconds between two messages to one chat


class Pace:
    """Hands out moments to send at. ``time`` is monotonic seconds."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._next_any = 0.0
        self._next_bulk = 0.0
        self._next_in_chat: dict[int, float] = {}

    async def turn(self, chat_id: int, *, bulk: bool) -> None:
        """Wait until a message may go to ``chat_id``."""
        now = self._time()
        at = max(now, self._next_any, self._next_in_chat.get(chat_id, 0.0))
        if bulk:
            at = max(at, self._next_bulk)
            self._next_bulk = at + 1 / BULK_PER_SECOND
        self._next_any = max(self._next_any, now) + 1 / OVERALL_PER_SECOND
        self._next_in_chat[chat_id] = at + CHAT_INTERVAL
        self._forget(now)
        if at > now:
            await asyncio.sleep(at - now)

    def _forget(self, now: float) -> None:
        if len(self._next_in_chat) > 10_000:
            self._next_in_chat = {c: at for c, at in self._next_in_chat.items() if at > now}
