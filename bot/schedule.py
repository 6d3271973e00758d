"""Ticks: APScheduler says when to look; what is due stands in the database."""

from collections.abc import Callable
from datetime import UTC
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage import reminders
from storage.clock import Clock
from storage.database import Database

log = structlog.get_logger(__name__)

TICK_SECONDS = 15


class Schedule:
    """Looks for due reminders every fifteen seconds and puts them into the outbox."""

    def __init__(
        self, database: Database, clock: Clock, zone: ZoneInfo, queued: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone
        self._queued = queued
        # No job store, no memory of missed runs: a late tick finds the same rows due.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to tick, the first time at once."""
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS)
        self._scheduler.add_job(self.tick)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking."""
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Queue what is due."""
        queued = await self._database.write(reminders.tick, self._clock.now(), self._zone)
        if queued:
            log.info("reminders queued", count=queued)
        self._queued()
