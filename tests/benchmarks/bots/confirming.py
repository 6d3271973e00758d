"""Confirms one broadcast to the whole region and tells what it took, as one line of JSON."""

import asyncio
import json
import sys
import time
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.client import make_dispatcher
from storage import broadcasts
from storage.clock import SystemClock
from storage.database import Database
from storage.people import actor_of
from storage.rules.access import Actor
from tests.benchmarks.people import ZONE
from tests.benchmarks.processes import memory

AUTHOR = 1001  # the demo's regional secretary


def _drafted(tx: Connection) -> tuple[Actor, broadcasts.Preview]:
    now, today = _now()
    author = actor_of(tx, AUTHOR, today)
    assert author is not None
    return author, broadcasts.draft(tx, author, None, "Ертең 15:00-де жиналыс", now, today)


def _now() -> tuple[datetime, date]:
    now = SystemClock().now()
    return now, now.astimezone(ZONE).date()


async def main(url: str) -> None:
    make_dispatcher()
    database = Database(url)
    author, preview = await database.write(_drafted)
    # The kernel counts the peak from here.
    Path("/proc/self/clear_refs").write_text("5")  # noqa: ASYNC240 - nobody waits meanwhile
    idle = memory()
    began = time.perf_counter()
    number, version = preview.broadcast.id, preview.broadcast.version
    now, today = _now()
    sent = await database.write(
        broadcasts.confirm, author, number, version, preview.audience.total, now, today
    )
    seconds = time.perf_counter() - began
    peak = memory(name="VmHWM")
    await database.close()
    found = {"seconds": seconds, "idle": idle, "peak": peak, "recipients": sent.recipients}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
