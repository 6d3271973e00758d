"""A client to whom Telegram is out of sorts: some chats' first message meets a fault of its own."""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.simulator import errors
from bot.simulator.api import BotApi
from bot.simulator.errors import ApiError
from tests.benchmarks.in_process import InProcess

SEED = 7
ASKED = 3  # seconds that a 429 asks to wait
# One of so many chats meets it. After "lost" Telegram has the message, and says 500.
SHARES = {"429": 1000, "403": 40, "400": 100, "500": 200, "lost": 200}


class Faulty(InProcess):
    """``struck`` says which chats met what, ``asked`` when Telegram asked to wait."""

    def __init__(self, api: BotApi, chats: Sequence[int], now: Callable[[], float]) -> None:
        super().__init__(api)
        self._now = now
        left = random.Random(SEED).sample(list(chats), len(chats))  # noqa: S311 - no secret
        self._waiting: dict[int, str] = {}
        for fault, share in SHARES.items():
            for _ in range(max(1, len(chats) // share)):
                self._waiting[left.pop()] = fault
        self.struck = Counter(self._waiting.values())
        self.asked: list[float] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        """Carry the call out, or refuse it."""
        fault = self._waiting.pop(getattr(method, "chat_id", 0), None)
        if fault is None or fault == "lost":
            answer = await super().make_request(bot, method, timeout)
            if fault is None:
                return answer
        error = self._error(fault)
        self.check_response(bot, method, error.code, json.dumps(error.envelope()))
        raise AssertionError("a refusal was taken for an answer")

    def seconds_asked(self) -> float:
        """For how long Telegram asked to wait, overlaps counted once."""
        total, until = 0.0, 0.0
        for at in self.asked:
            total += max(0.0, at + ASKED - max(at, until))
            until = max(until, at + ASKED)
        return total

    def _error(self, fault: str) -> ApiError:
        if fault == "429":
            self.asked.append(self._now())
        refusals: dict[str, Any] = {
            "429": errors.too_many(ASKED),
            "403": errors.blocked(),
            "400": errors.chat_not_found(),
        }
        refused: ApiError = refusals.get(fault) or ApiError(500, "Internal Server Error")
        return refused
