"""Lanes: the updates of one chat are one process's at a time, and a dead one's are taken over."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from storage import facts, inbox
from storage.database import Database
from storage.inbox import AlreadyHandled
from storage.tables import lanes as table
from tests.conftest import NOW

SOON, LATER = NOW + timedelta(seconds=10), NOW + timedelta(seconds=20)


async def keep(database: Database, *updates: tuple[int, int]) -> None:
    """Keep updates (number, lane)."""
    rows = [(lane, {"update_id": number}) for number, lane in updates]
    await database.write(inbox.keep, rows, NOW)


async def claimed(
    database: Database,
    holder: str,
    now: datetime = NOW,
    until: datetime = SOON,
    taken: frozenset[int] = frozenset(),
    limit: int = 100,
) -> list[int]:
    found = await database.write(inbox.claim, holder, now, until, set(taken), limit)
    return [one.update_id for one in found]


async def holders(database: Database) -> dict[int, str | None]:
    query = select(table.c.lane, table.c.holder).order_by(table.c.lane)
    return await database.read(lambda tx: {row.lane: row.holder for row in tx.execute(query)})


async def test_a_lane_is_one_holders_with_all_that_waits_in_it(database: Database) -> None:
    await keep(database, (1, 7), (2, 8), (3, 7))
    assert await claimed(database, "a", limit=1) == [1, 3], "the whole lane, in its order"
    await keep(database, (4, 7))
    assert await claimed(database, "b") == [2]
    assert await claimed(database, "a", taken=frozenset({1, 3})) == [4], "also what comes later"
    assert await holders(database) == {7: "a", 8: "b"}


async def test_two_that_claim_at_once_share_nothing(database: Database) -> None:
    await keep(database, *((number, number % 9) for number in range(1, 91)))
    shares = await asyncio.gather(*(claimed(database, f"{n}") for n in range(4)))
    taken = [number for share in shares for number in share]
    assert sorted(taken) == sorted(set(taken))
    of_lane: dict[int, set[int]] = {}
    for number, share in enumerate(shares):
        assert share == sorted(share)
        for update_id in share:
            of_lane.setdefault(update_id % 9, set()).add(number)
    assert all(len(who) == 1 for who in of_lane.values()), "no lane has two holders"


async def test_a_dead_holders_lanes_are_free_after_their_time(database: Database) -> None:
    await keep(database, (1, 7), (2, 7))
    await claimed(database, "dead")
    assert await claimed(database, "b", SOON - timedelta(seconds=1), LATER) == []
    assert await claimed(database, "b", SOON, LATER) == [1, 2]


async def test_a_living_holder_keeps_them(database: Database) -> None:
    await keep(database, (1, 7))
    await claimed(database, "a")
    await database.write(inbox.renew, "a", LATER)
    assert await claimed(database, "b", SOON, LATER) == []


async def test_whoever_lost_a_lane_neither_renews_nor_releases_it(database: Database) -> None:
    await keep(database, (1, 7))
    await claimed(database, "a")
    await claimed(database, "b", SOON, LATER)
    await database.write(inbox.renew, "a", LATER + timedelta(hours=1))
    await database.write(inbox.write_up, "a", [], [7], SOON)
    await database.write(inbox.release, "a")
    assert await holders(database) == {7: "b"}
    assert await claimed(database, "c", LATER, LATER + timedelta(seconds=10)) == [1]


async def test_idle_lanes_are_given_back_with_the_mark(database: Database) -> None:
    await keep(database, (1, 7), (2, 8), (3, 9))
    await claimed(database, "a")
    await database.write(inbox.write_up, "a", [1, 2], [7], NOW)
    assert await holders(database) == {7: None, 8: "a", 9: "a"}
    assert await database.read(inbox.depth) == 1
    await database.write(inbox.release, "a")
    assert await holders(database) == {7: None, 8: None, 9: None}


async def test_the_effect_of_whoever_was_taken_for_dead_is_rolled_back(database: Database) -> None:
    await keep(database, (1, 7))
    await claimed(database, "zombie")
    await claimed(database, "b", SOON, LATER)

    def effect(tx: Connection, name: str) -> None:
        facts.remember(tx, name, NOW)
        inbox.settle(tx, 1, SOON)

    await database.write(effect, "of b")
    with pytest.raises(AlreadyHandled):
        await database.write(effect, "of the zombie")
    assert await database.read(facts.recall, "of b") == NOW
    assert await database.read(facts.recall, "of the zombie") is None


async def test_of_two_effects_at_once_one_is_kept(database: Database) -> None:
    await keep(database, (1, 7))

    def effect(tx: Connection, name: str) -> None:
        facts.remember(tx, name, NOW)
        inbox.settle(tx, 1, NOW)

    ends = await asyncio.gather(
        *(database.write(effect, f"{number}") for number in range(5)), return_exceptions=True
    )
    assert sum(isinstance(end, AlreadyHandled) for end in ends) == 4
    kept = [await database.read(facts.recall, f"{number}") for number in range(5)]
    assert sum(moment is not None for moment in kept) == 1


async def test_the_one_process_of_an_embedded_database_frees_every_lane(
    database: Database,
) -> None:
    await keep(database, (1, 7))
    await claimed(database, "the last run")
    await database.write(inbox.release_all)
    assert await claimed(database, "this run") == [1]
