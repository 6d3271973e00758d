"""The database the bots work on: the demo's region, and people for the load."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select

from storage import demo, schema
from storage.clock import SystemClock
from storage.database import Database
from storage.rules.access import Role
from storage.tables import branches, memberships, people

ZONE = ZoneInfo("Asia/Almaty")
FIRST = 2_000_001  # Telegram id of the first of them
BLOCK = 10_000


def url_of(path: Path) -> str:
    """The address of an SQLite database."""
    return f"sqlite+aiosqlite:///{path}"


async def made(path: Path, groups: Sequence[tuple[int, Role, str | None]]) -> None:
    """Make a database with the demo and ``groups``: how many, in which role, of which branch.

    Without a branch they are spread over all territorial ones. Their Telegram ids count from
    ``FIRST``; every second one reads Russian.
    """
    database = Database(url_of(path))
    try:
        await schema.migrate(database)
        await database.write(demo.load, SystemClock().now(), ZONE)
        first = FIRST
        for count, role, branch in groups:
            for start in range(0, count, BLOCK):
                size = min(BLOCK, count - start)
                await database.write(_add, first, size, role, branch)
                first += size
    finally:
        await database.close()


def _add(tx: Connection, first: int, count: int, role: Role, branch: str | None) -> None:
    now = SystemClock().now()
    known = {row.code: row.id for row in tx.execute(select(branches.c.code, branches.c.id))}
    places = [known[branch]] if branch else [i for code, i in known.items() if code != "ОБЛ"]
    next_id = int(tx.execute(select(func.max(people.c.id))).scalar_one()) + 1
    tx.execute(
        insert(people),
        [
            {
                "id": next_id + n,
                "telegram_id": first + n,
                "name": f"Жүктемеев {first + n}",
                "language": ("kk", "ru")[n % 2],
                "created_at": now,
            }
            for n in range(count)
        ],
    )
    tx.execute(
        insert(memberships),
        [
            {
                "person_id": next_id + n,
                "role": role,
                "branch_id": places[n % len(places)],
                "starts_on": now.date() - timedelta(days=30),
            }
            for n in range(count)
        ],
    )
