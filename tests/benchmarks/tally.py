"""What the local Telegram was asked, counted as it comes."""

import asyncio
import time
from typing import Any

Json = dict[str, Any]


class Tally(list[Json]):
    """Stands in for the local Telegram's log of calls and takes the time of each."""

    def __init__(self) -> None:
        super().__init__()
        self._watched: set[int] = set()
        self._wanted = 0
        self._reached = asyncio.Event()
        self.answers = 0
        self.refused = 0
        self.elsewhere = 0
        self.first_poll: float | None = None
        self.last_answer: float | None = None
        self.answered_at: dict[int, float] = {}

    def watch(self, chats: set[int]) -> None:
        """Count answers to ``chats`` only, from zero."""
        self._watched = chats
        self.answers = 0
        self.answered_at = {}

    def append(self, call: Json) -> None:
        """Take a call that was just answered."""
        super().append(call)
        if call["method"] == "getUpdates" and self.first_poll is None:
            self.first_poll = time.perf_counter()
        if not call["ok"]:
            self.refused += 1
        elif call["method"] == "sendMessage":
            self._sent(call["chat_id"])

    def _sent(self, chat: int) -> None:
        if chat not in self._watched:
            self.elsewhere += 1
            return
        self.answers += 1
        self.last_answer = time.perf_counter()
        self.answered_at.setdefault(chat, self.last_answer)
        if self.answers >= self._wanted:
            self._reached.set()

    async def answered(self, wanted: int, seconds: float) -> None:
        """Return when ``wanted`` answers came, or after ``seconds``."""
        self._wanted = wanted
        self._reached.clear()
        if self.answers >= wanted:
            return
        try:
            await asyncio.wait_for(self._reached.wait(), seconds)
        except TimeoutError:
            return

    def view(self) -> Json:
        """How it stands."""
        taken = None
        if self.first_poll is not None and self.last_answer is not None:
            taken = self.last_answer - self.first_poll
        return {
            "answers": self.answers,
            "refused": self.refused,
            "elsewhere": self.elsewhere,
            "seconds": taken,
            "first_poll": self.first_poll,
        }
