"""Ticks: APScheduler says when to look; what is due stands in the database."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.watchdog import Watchdog
from storage import ticking
from storage.clock import Clock
from storage.database import Database

log = structlog.get_logger(__name__)

TICK_SECONDS = 15


class Schedule:
    """Looks for what is due every fifteen seconds; each time, the watchdog hears of it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        zone: ZoneInfo,
        queued: Callable[[], None],
        watchdog: Watchdog,
        *,
        holder: str = "alone",
        late: Callable[[float], None] = lambda _seconds: None,
        nightly: Sequence[Callable[[], Awaitable[object]]] = (),
    ) -> None:
        """``holder`` names this process among those that share the database.

        ``late`` is told how late a tick came; each of ``nightly`` is called at half past each hour.
        """
        self._database = database
        self._clock = clock
        self._zone = zone
        self._queued = queued
        self.watchdog = watchdog
        self._holder = holder
        self._late = late
        self._nightly = nightly
        self._ticked_at: float | None = None
        self._starting = True  # until the first tick that succeeds
        # No job store, no memory of missed runs: a late tick finds the same rows due.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to tick, the first time at once."""
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS)
        self._scheduler.add_job(self.tick)
        for look in self._nightly:
            # At half past three it is time; in the hours after it a missed night is made up for.
            self._scheduler.add_job(look, "cron", minute=30, timezone=self._zone)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking."""
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Do what is due."""
        moment = time.monotonic()
        if self._ticked_at is not None:
            self._late(moment - self._ticked_at - TICK_SECONDS)
        self._ticked_at = moment
        ticked = await self._database.write(
            ticking.tick,
            self._clock.now(),
            self._zone,
            holder=self._holder,
            starting=self._starting,
        )
        self._starting = False
        self.watchdog.fed()
        if ticked.reminders:
            log.info("reminders queued", count=ticked.reminders)
        if ticked.daily:
            log.info("daily work done", count=ticked.daily)
        self._queued()
