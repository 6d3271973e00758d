"""The database the bots work on: the demo's region, and people for the load."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select

from bot import unlocking
from bot.settings import Settings
from storage import demo, schema
from storage.broadcasts import approving
from storage.clock import SystemClock
from storage.database import Database
from storage.people import actor_of
from storage.rules.access import Role
from storage.tables import branches, memberships, people

ZONE = ZoneInfo("Asia/Almaty")
REGIONAL = 1001  # the demo's regional secretary
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
        await unlocking.unlock(Settings.model_construct(data_dir=path.parent), database)
        await schema.migrate(database)
        await database.write(demo.load, SystemClock().now(), ZONE)
        await database.write(_no_second_person)
        first = FIRST
        for count, role, branch in groups:
            for start in range(0, count, BLOCK):
                size = min(BLOCK, count - start)
                await database.write(_add, first, size, role, branch)
                first += size
    finally:
        await database.close()


def _no_second_person(tx: Connection) -> None:
    """The loads go to one branch on one person's word."""
    now = SystemClock().now()
    secretary = actor_of(tx, REGIONAL, now.astimezone(ZONE).date())
    assert secretary is not None
    approving.set_limit(tx, secretary, approving.GREATEST_LIMIT, now)


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
