"""Leases on both engines: one holder at a time, and a dead one's is free after its time."""

import asyncio
from datetime import timedelta

from storage import leases
from storage.database import Database
from tests.conftest import NOW

LASTS = timedelta(seconds=4)


async def hold(database: Database, holder: str, after: float = 0, name: str = "pace") -> bool:
    moment = NOW + timedelta(seconds=after)
    return await database.write(leases.hold, name, holder, moment, LASTS)


async def test_one_of_two_has_it_and_renews_it(database: Database) -> None:
    assert await hold(database, "a")
    assert not await hold(database, "b", 1)
    assert await hold(database, "a", 3)
    assert not await hold(database, "b", 6), "it was renewed"


async def test_it_runs_out_when_nobody_renews_it(database: Database) -> None:
    assert await hold(database, "dead")
    assert not await hold(database, "b", 3.9)
    assert await hold(database, "b", 4)
    assert not await hold(database, "dead", 5), "who comes back from the dead has it no more"


async def test_whoever_lets_go_lets_another_in_at_once(database: Database) -> None:
    await hold(database, "a")
    await database.write(leases.let_go, "pace", "b", NOW)
    assert not await hold(database, "b"), "it is not b's to give"
    await database.write(leases.let_go, "pace", "a", NOW)
    assert await hold(database, "b")


async def test_each_name_is_a_lease_of_its_own(database: Database) -> None:
    assert await hold(database, "a")
    assert await hold(database, "b", name="fetching")


async def test_of_many_at_once_one_has_it(database: Database) -> None:
    for after in (0, 4, 8):  # a new one, and one that ran out
        got = await asyncio.gather(*(hold(database, f"{after}:{n}", after) for n in range(6)))
        assert sum(got) == 1
