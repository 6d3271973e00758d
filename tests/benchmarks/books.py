"""(k) A roadmap of 5,000 lines: read from its workbook and compared with what is there."""

import time
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import Connection

from handlers.roadmap_books import reading
from storage import people, schema
from storage.database import Database
from storage.roadmap_books import checking
from tests import world
from tests.benchmarks.report import Check, Section
from tests.conftest import NOW, ZONE
from tests.handlers.roadmap_books import made

SECONDS = 5.0
SECRETARY = 1002
TODAY = NOW.astimezone(ZONE).date()


async def measure(folder: Path, lines: int = 5000, rounds: int = 5) -> Section:
    """What the preview of ``lines`` takes, before a word is shown."""
    content = made.lines(lines)
    database = Database(f"sqlite+aiosqlite:///{folder}/books.db")
    try:
        await schema.migrate(database)
        await database.write(world.people_it)
        look = partial(_look, content=content, lines=lines)
        seconds = [await database.read(look) for _ in range(rounds)]
    finally:
        await database.close()
    took = median(seconds)
    return Section(
        f"(k) A roadmap of {lines:,} lines looked at",
        ("lines", "rounds", "seconds"),
        [(f"{lines:,}", str(rounds), f"{took:.2f}")],
        [Check(f"{took:.2f} s, at most {SECONDS:.0f}", took <= SECONDS)],
    )


def _look(tx: Connection, content: bytes, lines: int) -> float:
    began = time.perf_counter()
    secretary = people.actor_of(tx, SECRETARY, TODAY)
    assert secretary is not None
    rows = reading.read(reading.opened(content), {}, TODAY.year).rows
    seen = checking.check(tx, secretary, rows, world.SARYAGASH, TODAY)
    assert (len(seen.new), seen.problems) == (lines, ())
    return time.perf_counter() - began
