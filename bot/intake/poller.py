"""Fetching: an update is on disk before the next request tells Telegram that it arrived."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.intake.raw import ALLOWED_UPDATES, GetUpdatesRaw, lane_of
from storage import inbox
from storage.clock import Clock
from storage.database import Database

log = structlog.get_logger(__name__)

LONG_POLL_SECONDS = 25
BACKOFF_SECONDS = (1, 2, 4, 8, 15)


class Poller:
    """Asks Telegram for updates and keeps them in the inbox; ``kept`` is called after a batch."""

    def __init__(
        self, bot: Bot, database: Database, clock: Clock, kept: Callable[[], None]
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._kept = kept
        self._offset: int | None = None

    async def run(self) -> None:
        """Fetch until cancelled. Raises TelegramUnauthorizedError when the token is revoked."""
        failures = 0
        while True:
            try:
                await self._keep(await self._fetch())
                failures = 0
            except TelegramUnauthorizedError:
                raise
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except (TelegramAPIError, ClientDecodeError) as error:
                failures += 1
                self._report(error)
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS)) - 1])

    async def _fetch(self) -> list[dict[str, Any]]:
        return await self._bot(
            GetUpdatesRaw(
                offset=self._offset, timeout=LONG_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
            ),
            request_timeout=LONG_POLL_SECONDS + 10,
        )

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        if not updates:
            return
        now = self._clock.now()
        lanes = [(lane_of(update), update) for update in updates]
        await self._database.write(inbox.keep, lanes, now)
        self._offset = updates[-1]["update_id"] + 1
        self._kept()

    def _report(self, error: Exception) -> None:
        if isinstance(error, TelegramConflictError):
            log.error("another program fetches this bot's updates: stop it, or stop this one")
        else:
            log.warning("telegram does not answer", error=type(error).__name__)
