"""The turnstile: whatever the bot says in a chat passes here, and waits for the pace if need be.

It stands between the client and Telegram, so that nothing can be said past it: what the outbox
holds was counted by its dispatcher before, a screen that answers at once is counted here.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.delivery.wire import Wire

SAYING = ("send", "edit", "copy", "forward")  # methods that Telegram's limits count, edits too
PATIENCE = 10.0  # seconds; whoever waited longer for a screen has tapped again or given up


class TooBusy(AiogramError):
    """A screen would have to wait too long for its turn: it is not shown."""


@dataclass
class _Ticket:
    valid: bool = True


_ticket: ContextVar[_Ticket | None] = ContextVar("_ticket", default=None)


@contextmanager
def counted_already() -> Iterator[None]:
    """Within it the first message has been counted; others wait for their turn, however long."""
    token = _ticket.set(_Ticket())
    try:
        yield
    finally:
        _ticket.reset(token)


class Turnstile(BaseRequestMiddleware):
    """Lets each message pass at its moment: first its chat must be ready, then the whole bot."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._line = asyncio.Lock()  # whose chat is ready: first come, first served

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:
        """Let the request through in its turn. Raises TooBusy for a screen that waited in vain."""
        chat_id = getattr(method, "chat_id", None)
        if not isinstance(chat_id, int) or not method.__api_method__.startswith(SAYING):
            return await make_request(bot, method)
        ticket = _ticket.get()
        if ticket is not None and ticket.valid:
            ticket.valid = False
            return await make_request(bot, method)
        key = object()
        if ticket is not None:
            await self._turn_of(chat_id, key)
        else:
            await self._soon(chat_id, key)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            until = self._wire.timer.now() + error.retry_after
            self._wire.pace.hold_chat(chat_id, until)
            self._wire.pace.hold_bulk(until)
            raise
        finally:
            self._wire.pace.all.arrived(key, self._wire.timer.now())

    async def _soon(self, chat_id: int, key: object) -> None:
        wait = self._wire.pace.chat_ready_at(chat_id, at_once=True) - self._wire.timer.now()
        if wait > PATIENCE:
            raise TooBusy("the chat's limit is used up")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turn_of(chat_id, key)
        except TimeoutError:
            raise TooBusy("the limits are used up") from None

    async def _turn_of(self, chat_id: int, key: object) -> None:
        """Wait for the turn of a message to ``chat_id``, and count it; ``key`` is on the way."""
        pace, timer = self._wire.pace, self._wire.timer
        while True:
            # Whose own chat is not ready yet keeps nobody else waiting.
            while (ready := pace.chat_ready_at(chat_id, at_once=True)) > (now := timer.now()):
                await timer.sleep(ready - now)
            async with self._line:
                while (ready := pace.at_once_ready_at(now := timer.now())) > now:
                    await timer.sleep(ready - now)
                if pace.chat_ready_at(chat_id, at_once=True) <= now:
                    pace.take_at_once(chat_id, now)
                    pace.all.set_out(key)
                    return
