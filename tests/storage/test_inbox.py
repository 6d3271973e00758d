"""The inbox on both engines: kept once, in order, counted, and blanked when done."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy import update as sql_update

from storage import inbox
from storage.database import Database
from storage.inbox import AfterFailure
from storage.tables import inbox as table
from tests.conftest import NOW
from tests.storage.queues import waiting

SOON = NOW + timedelta(seconds=10)


def update(number: int, text: str = "hm") -> dict[str, Any]:
    return {"update_id": number, "message": {"text": text}}


async def row(database: Database, number: int) -> Any:
    query = select(table).where(table.c.update_id == number)
    return await database.read(lambda tx: tx.execute(query).one())


async def test_raw_updates_come_back_as_they_came_oldest_first(database: Database) -> None:
    odd = update(2, 'Қазақша \U0001f1f0\U0001f1ff \x00 \ud800 " \\ \n')
    await database.write(inbox.keep, [(7, update(3)), (-100, odd)], NOW)
    kept = await database.write(waiting)
    assert [(one.update_id, one.lane, one.body) for one in kept] == [
        (2, -100, odd),
        (3, 7, update(3)),
    ]
    assert {(one.attempts, one.received_at) for one in kept} == {(0, NOW)}


async def test_large_numbers_fit(database: Database) -> None:
    number, lane = 2**40, -1_002_000_000_000
    await database.write(inbox.keep, [(lane, update(number))], NOW)
    [kept] = await database.write(waiting)
    assert (kept.update_id, kept.lane) == (number, lane)


async def test_what_is_kept_already_is_passed_over(database: Database) -> None:
    await database.write(inbox.keep, [(1, update(1, "first"))], NOW)
    await database.write(inbox.keep, [(1, update(1, "again")), (1, update(2))], NOW)
    kept = await database.write(waiting)
    assert [one.body["message"]["text"] for one in kept] == ["first", "hm"]
    await database.write(inbox.keep, [], NOW)


async def test_two_processes_that_fetch_the_same_keep_it_once(database: Database) -> None:
    batch = [(1, update(number)) for number in range(1, 51)]
    await asyncio.gather(*(database.write(inbox.keep, batch, NOW) for _ in range(4)))
    assert await database.read(inbox.depth) == 50


async def test_what_is_at_work_or_done_is_not_claimed_again(database: Database) -> None:
    await database.write(inbox.keep, [(1, update(number)) for number in range(1, 8)], NOW)
    await database.write(inbox.done, [2, 5], NOW)
    again = await database.write(inbox.claim, "a", NOW, SOON, {1, 3}, 20)
    assert [one.update_id for one in again] == [4, 6, 7]
    assert await database.read(inbox.depth) == 5


async def test_a_done_update_keeps_no_personal_data_and_never_comes_back(
    database: Database,
) -> None:
    await database.write(inbox.keep, [(1, update(1, "Канарейкина"))], NOW)
    await database.write(inbox.done, [1], NOW)
    kept = await row(database, 1)
    assert (kept.state, kept.body, kept.done_at) == ("done", None, NOW)
    await database.write(inbox.keep, [(1, update(1, "Канарейкина"))], NOW)
    assert await database.read(inbox.depth) == 0
    assert (await row(database, 1)).body is None


async def test_the_third_failure_sets_aside_and_keeps_the_body(database: Database) -> None:
    await database.write(inbox.keep, [(1, update(1)), (1, update(2))], NOW)
    outcomes = [
        await database.write(inbox.failed, 1, "ValueError", NOW) for _ in range(inbox.MAX_ATTEMPTS)
    ]
    assert outcomes == [AfterFailure.AGAIN, AfterFailure.AGAIN, AfterFailure.QUARANTINED]
    kept = await row(database, 1)
    assert (kept.state, kept.attempts, kept.error) == ("quarantined", 3, "ValueError")
    assert kept.body is not None, "somebody may want to know what it was"
    assert [one.update_id for one in await database.write(waiting)] == [2]


@pytest.mark.parametrize("ends", ["done", "quarantined"])
async def test_a_failure_after_the_end_changes_nothing(database: Database, ends: str) -> None:
    await database.write(inbox.keep, [(1, update(1))], NOW)
    if ends == "done":
        await database.write(inbox.done, [1], NOW)
    else:
        for _ in range(inbox.MAX_ATTEMPTS):
            await database.write(inbox.failed, 1, "ValueError", NOW)
    before = await row(database, 1)
    assert await database.write(inbox.failed, 1, "TypeError", NOW) is AfterFailure.DONE
    assert await row(database, 1) == before


async def test_what_people_typed_is_not_readable_where_it_waits(database: Database) -> None:
    await database.write(inbox.keep, [(7, update(1, "Асанова, +77011234567"))], NOW)
    kept = (await row(database, 1)).body
    assert "Асанова" not in kept
    assert "77011234567" not in kept


async def test_an_update_that_does_not_open_is_set_aside_and_stops_no_other(
    database: Database,
) -> None:
    """Somebody with access to the database put the body of one update in the place of another."""
    await database.write(inbox.keep, [(7, update(1)), (7, update(2))], NOW)
    first = (await row(database, 1)).body
    change = sql_update(table).where(table.c.update_id == 2).values(body=first)
    await database.write(lambda tx: tx.execute(change))
    assert [one.update_id for one in await database.write(waiting)] == [1]
    moved = await row(database, 2)
    assert (moved.state, moved.error) == ("quarantined", "Unreadable")
