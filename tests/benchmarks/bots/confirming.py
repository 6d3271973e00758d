"""Approves one broadcast to the whole region and tells what it took, as one line of JSON."""

import asyncio
import json
import sys
import time
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.client import make_dispatcher
from storage import broadcasts
from storage.broadcasts import approving
from storage.broadcasts.reading import Broadcast
from storage.clock import SystemClock
from storage.database import Database
from storage.people import actor_of
from storage.rules.access import Actor
from tests.benchmarks.people import ZONE
from tests.benchmarks.processes import memory

AUTHOR = 1001  # the demo's regional secretary
SECOND = 1006  # of its Bureau


def _asked(tx: Connection) -> tuple[Actor, Broadcast]:
    now, today = _now()
    author, second = (actor_of(tx, who, today) for who in (AUTHOR, SECOND))
    assert author is not None
    assert second is not None
    said = broadcasts.Content("Ертең 15:00-де жиналыс")
    shown = broadcasts.draft(tx, author, None, said, now, today)
    draft, total = shown.broadcast, shown.audience.total
    return second, broadcasts.confirm(tx, author, draft.id, draft.version, total, now, today)


def _now() -> tuple[datetime, date]:
    # By day, whenever it is measured: at night nothing is queued before the morning.
    now = SystemClock().now().astimezone(ZONE).replace(hour=10)
    return now, now.astimezone(ZONE).date()


async def main(url: str) -> None:
    make_dispatcher()
    database = Database(url)
    second, asked = await database.write(_asked)
    # The kernel counts the peak from here.
    Path("/proc/self/clear_refs").write_text("5")  # noqa: ASYNC240 - nobody waits meanwhile
    idle = memory()
    began = time.perf_counter()
    now, today = _now()
    total = asked.recipients or 0
    sent = await database.write(
        approving.approve, second, asked.id, asked.version, total, now, today
    )
    seconds = time.perf_counter() - began
    peak = memory(name="VmHWM")
    await database.close()
    found = {"seconds": seconds, "idle": idle, "peak": peak, "recipients": sent.recipients}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
