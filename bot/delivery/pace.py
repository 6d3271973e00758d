"""The pace of sending: Telegram's limits, kept with a margin."""

import asyncio
from collections.abc import Callable

OVERALL_PER_SECOND = 25
BULK_PER_SECOND = 20  # the rest is kept for answers
CHAT_INTERVAL = 1.0  # seconds between two messages to one chat
REMEMBERED = 10_000  # chats


class Pace:
    """Hands out moments to send at. ``time`` is monotonic seconds."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._next_any = 0.0
        self._next_bulk = 0.0
        self._next_in_chat: dict[int, float] = {}

    async def turn(self, chat_id: int, *, bulk: bool) -> None:
        """Wait until a message may go to ``chat_id``.

        One limit after the other, the common one last: whoever waits for a chat or for the bulk
        holds no place that another could use meanwhile.
        """
        at = max(self._time(), self._next_in_chat.get(chat_id, 0.0))
        self._next_in_chat[chat_id] = at + CHAT_INTERVAL
        await self._until(at)
        if bulk:
            at = max(self._time(), self._next_bulk)
            self._next_bulk = at + 1 / BULK_PER_SECOND
            await self._until(at)
        at = max(self._time(), self._next_any)
        self._next_any = at + 1 / OVERALL_PER_SECOND
        self._next_in_chat[chat_id] = max(self._next_in_chat[chat_id], at + CHAT_INTERVAL)
        self._forget()
        await self._until(at)

    async def _until(self, moment: float) -> None:
        wait = moment - self._time()
        if wait > 0:
            await asyncio.sleep(wait)

    def _forget(self) -> None:
        if len(self._next_in_chat) > REMEMBERED:
            now = self._time()
            self._next_in_chat = {c: at for c, at in self._next_in_chat.items() if at > now}
