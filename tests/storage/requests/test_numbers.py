"""A thousand deputies at once: numbers are unique and without gaps in each branch and year."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, insert

from storage import people, requests
from storage.database import Database
from storage.requests import RequestDraft, VoterRequest
from storage.rules.access import Actor, Role
from storage.rules.categories import Category
from storage.tables import branches, memberships
from tests.conftest import NOW, ZONE

BRANCHES, EACH = 10, 100
BROKEN = 7  # every seventh breaks off after it took its number
# 31 December in UTC, the new year in Turkistan already.
NEW_YEAR = datetime(2026, 12, 31, 20, tzinfo=UTC)
LAMP = RequestDraft("Көше шамы жанбайды", Category.LIGHTING)


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[list[Database]]:
    """Two programs on one PostgreSQL; on SQLite there is one."""
    several = 1 if database_url.startswith("sqlite") else 2
    opened = [Database(database_url) for _ in range(several)]
    yield opened
    for database in opened:
        await database.close()


async def test_a_thousand_at_once_in_ten_branches(two: list[Database]) -> None:
    deputies = await two[0].write(_deputies)
    asked = [
        (two[n % len(two)], deputies[n % BRANCHES], NOW if n // BRANCHES % 2 else NEW_YEAR, n)
        for n in range(BRANCHES * EACH)
    ]
    done = await asyncio.gather(
        *(database.write(_register, actor, at, n) for database, actor, at, n in asked),
        return_exceptions=True,
    )
    kept = [found for found in done if isinstance(found, VoterRequest)]
    lost = [found for found in done if not isinstance(found, VoterRequest)]
    assert {type(error) for error in lost} == {BrokenOffError}
    assert len(lost) == len(range(0, BRANCHES * EACH, BROKEN))

    counters: dict[tuple[int, str], list[int]] = defaultdict(list)
    for request in kept:
        _, year, counter = request.number.split("-")
        counters[request.branch_id, year].append(int(counter))
    assert len(counters) == 2 * BRANCHES
    assert {year for _, year in counters} == {"2026", "2027"}
    for found in counters.values():
        assert sorted(found) == list(range(1, len(found) + 1))
    assert len({request.number for request in kept}) == len(kept)


class BrokenOffError(Exception):
    """What happens to a transaction in the middle."""


def _register(tx: Connection, actor: Actor, at: datetime, n: int) -> VoterRequest:
    draft = replace(LAMP, text=f"{LAMP.text} {n}")
    request = requests.register(tx, actor, draft, at, ZONE)
    if n % BROKEN == 0:
        raise BrokenOffError
    return request


def _deputies(tx: Connection) -> list[Actor]:
    return [_deputy(tx, n) for n in range(1, BRANCHES + 1)]


def _deputy(tx: Connection, n: int) -> Actor:
    branch = {
        "code": f"Б{n}",
        "kind": "district",
        "name_kk": f"{n}-филиал",
        "name_ru": f"Филиал {n}",
        "position": n + 1,
    }
    branch_id = tx.execute(insert(branches).values(branch).returning(branches.c.id)).scalar_one()
    person_id = people.meet(tx, n, f"Депутат {n}", NOW)
    tx.execute(
        insert(memberships).values(
            person_id=person_id,
            role=Role.DEPUTY,
            branch_id=branch_id,
            starts_on=NOW.date(),
        )
    )
    actor = people.actor_of(tx, n, NOW.astimezone(ZONE).date())
    assert actor is not None
    return actor
