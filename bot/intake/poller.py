"""Fetching: an update is on disk before the next request tells Telegram that it arrived."""

import asyncio
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

from bot.intake.keeper import Keeper
from bot.intake.raw import ALLOWED_UPDATES
from bot.lease import Lease
from bot.plain import GetUpdates

log = structlog.get_logger(__name__)

LONG_POLL_SECONDS = 25
BACKOFF_SECONDS = (1, 2, 4, 8, 15)
CONFLICT_SECONDS = 30  # two that fetch at once push each other out: whoever is told so steps back


class Poller:
    """Asks Telegram for updates while it holds the lease of fetching, and keeps them."""

    def __init__(self, bot: Bot, keeper: Keeper, lease: Lease) -> None:
        self._bot = bot
        self._keeper = keeper
        self._lease = lease
        self._offset: int | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Fetch until cancelled. Raises a group of TelegramUnauthorizedError: a revoked token."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._lease.keep())
            self._fetching = group.create_task(self._fetch_all())

    async def stop(self) -> None:
        """Fetch no more, and let another process do it."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)
        await self._lease.let_go()

    async def _fetch_all(self) -> None:
        failures = 0
        alone = False  # whether a webhook of former days, which would refuse us, is taken away
        while True:
            await self._lease.held.wait()
            try:
                if not alone:
                    await self._bot.delete_webhook(drop_pending_updates=False)
                    alone = True
                await self._keep(await self._fetch())
                failures = 0
            except TelegramUnauthorizedError:
                raise
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except TelegramConflictError:
                log.error("another program fetches this bot's updates: stop it, or stop this one")
                await asyncio.sleep(CONFLICT_SECONDS)
            except (TelegramAPIError, ClientDecodeError) as error:
                failures += 1
                log.warning("telegram does not answer", error=type(error).__name__)
                await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS)) - 1])

    async def _fetch(self) -> list[dict[str, Any]]:
        return await self._bot(
            GetUpdates(
                offset=self._offset, timeout=LONG_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
            ),
            request_timeout=LONG_POLL_SECONDS + 10,
        )

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        if updates:
            await self._keeper.keep(updates)
            self._offset = updates[-1]["update_id"] + 1
