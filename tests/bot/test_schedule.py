"""Ticks: what is due stands in the database, so a tick too many does no harm."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.schedule import Schedule
from bot.watchdog import Watchdog
from storage.clock import MovableClock
from storage.database import Database
from storage.tables import reminders
from tests import world
from tests.bot.doubles import outbox_rows, until
from tests.conftest import NOW, ZONE

DUE = NOW - timedelta(minutes=1)


def due_reminder(number: int) -> dict[str, Any]:
    return {
        "subject": "roadmap_item",
        "subject_id": number,
        "person_id": 3,
        "rung": "-3",
        "deadline": NOW.date() + timedelta(days=3),
        "due_at": DUE,
        "state": "planned",
    }


class Clockwork:
    """A schedule over a database with reminders."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.woken = 0
        clock = MovableClock(world.StartingAt(NOW))
        self.schedule = Schedule(database, clock, ZONE, self._wake, Watchdog(_no_alarm))

    def _wake(self) -> None:
        self.woken += 1

    async def plan(self, number: int) -> None:
        row = due_reminder(number)
        await self.database.write(lambda tx: tx.execute(insert(reminders).values(**row)))

    async def queued(self) -> list[str]:
        return [row["kind"] for row in await outbox_rows(self.database, "roadmap_reminder")]


async def _no_alarm(_minutes: int) -> None:
    raise AssertionError("it ticks")


async def test_two_ticks_at_once_queue_once(small_world: Database) -> None:
    work = Clockwork(small_world)
    await work.plan(1)
    await asyncio.gather(*(work.schedule.tick() for _ in range(5)))
    assert await work.queued() == ["roadmap_reminder"]
    assert work.woken == 5, "the courier looks, finds nothing, and sleeps on"
    states = await small_world.read(
        lambda tx: list(tx.execute(select(reminders.c.state)).scalars())
    )
    assert states == ["queued"]


async def test_the_first_tick_comes_at_once_and_stopping_ends_it(small_world: Database) -> None:
    work = Clockwork(small_world)
    await work.plan(1)
    work.schedule.start()

    async def said() -> bool:
        return bool(await work.queued())

    await until(said, "the first tick")
    work.schedule.stop()
    await work.plan(2)
    await asyncio.sleep(0.05)
    assert await work.queued() == ["roadmap_reminder"]
