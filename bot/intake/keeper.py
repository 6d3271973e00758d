"""The one way into the inbox: for what was fetched and for what a webhook brought."""

from collections.abc import Callable
from typing import Any

from bot.intake.raw import lane_of
from storage import inbox
from storage.clock import Clock
from storage.database import Database


class Keeper:
    """Puts raw updates on disk; ``kept`` hears how many, after each batch."""

    def __init__(self, database: Database, clock: Clock, kept: Callable[[int], None]) -> None:
        self._database = database
        self._clock = clock
        self._kept = kept

    async def keep(self, updates: list[dict[str, Any]]) -> None:
        """Keep ``updates``; when this returns they are on disk and may be acknowledged."""
        lanes = [(lane_of(update), update) for update in updates]
        await self._database.write(inbox.keep, lanes, self._clock.now())
        self._kept(len(updates))
