"""Holding a lease of the database: what only one of several processes may do at a time."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from storage import leases
from storage.clock import Clock
from storage.database import Database

LASTS = timedelta(seconds=4)
RENEWED_SECONDS = 1.0


class Lease:
    """``held`` is set while this process holds the lease ``name``."""

    def __init__(self, name: str, holder: str, database: Database, clock: Clock) -> None:
        self._name = name
        self._holder = holder
        self._database = database
        self._clock = clock
        self.held = asyncio.Event()

    async def renew(self) -> bool:
        """Take or renew it; True when it has just become ours."""
        ours = await self._database.write(
            leases.hold, self._name, self._holder, self._clock.now(), LASTS
        )
        gained = ours and not self.held.is_set()
        if not ours:
            self.held.clear()
        return gained

    async def keep(self) -> None:
        """Take it as soon as it is free and renew it, until cancelled."""
        while True:
            if await self.renew():
                self.held.set()
            await asyncio.sleep(RENEWED_SECONDS)

    async def let_go(self) -> None:
        """Give it back, so that another process need not wait."""
        self.held.clear()
        with suppress(Exception):  # it runs out by itself
            await self._database.write(leases.let_go, self._name, self._holder, self._clock.now())
