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
        self._over = False  # let go for good
        self._writing = asyncio.Lock()  # a renewal must not come after the letting go

    async def renew(self) -> bool:
        """Take or renew it; True when it has just become ours."""
        async with self._writing:
            if self._over:
                return False
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
        """Give it back for good, so that another process need not wait."""
        self._over = True
        self.held.clear()
        async with self._writing:
            with suppress(Exception):  # it runs out by itself
                now = self._clock.now()
                await self._database.write(leases.let_go, self._name, self._holder, now)
