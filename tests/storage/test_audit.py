"""The trail on both engines: who, what, which object, how it ended; kept only with the effect."""

from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import audit, people
from storage.database import Database
from storage.rules.access import Actor
from storage.tables import audit as table
from tests import world
from tests.conftest import NOW, ZONE


@pytest.fixture
async def secretary(database: Database) -> Actor:
    await database.write(world.people_it)
    found = await database.read(people.actor_of, 1002, NOW.astimezone(ZONE).date())
    assert found is not None
    return found


async def trail(database: Database) -> list[tuple[Any, ...]]:
    columns = ("at", "person_id", "action", "subject", "subject_id", "outcome", "details")
    query = select(*(table.c[name] for name in columns)).order_by(table.c.id)
    return await database.read(lambda tx: [tuple(row) for row in tx.execute(query)])


async def test_what_was_done_is_recorded_with_its_object(
    database: Database, secretary: Actor
) -> None:
    await database.write(
        audit.record, secretary, NOW, "close_request", "request", 147, before="new", after="done"
    )
    details = {"before": "new", "after": "done"}
    assert await trail(database) == [(NOW, 2, "close_request", "request", 147, "done", details)]


async def test_the_program_itself_is_nobody(database: Database) -> None:
    await database.write(audit.record, None, NOW, "erase", "request", 1)
    assert await trail(database) == [(NOW, None, "erase", "request", 1, "done", {})]


async def test_a_refusal_is_recorded_as_one(database: Database, secretary: Actor) -> None:
    await database.write(audit.refusal, secretary, NOW, "administer", branch_id=3)
    assert await trail(database) == [
        (NOW, 2, "administer", None, None, "refused", {"branch_id": 3})
    ]


async def test_what_is_undone_leaves_no_trace(database: Database, secretary: Actor) -> None:
    def half(tx: Connection) -> None:
        audit.record(tx, secretary, NOW, "close_request", "request", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(half)
    assert await trail(database) == []
