"""The opening of an update on both engines: who writes and where they stand."""

from datetime import datetime, timedelta

from storage import conversations, people, refused_tries
from storage.database import Database
from storage.opening import opening
from storage.refused_tries import MOST, WITHIN
from storage.rules.access import Role
from tests import world
from tests.conftest import NOW

TODAY = NOW.date()
DAUREN = 1003  # a deputy


async def test_a_stranger_stands_nowhere(database: Database) -> None:
    assert await database.read(opening, 4711, 4711, TODAY) == (None, None, {}, None)


async def test_the_person_comes_with_the_roles_of_that_day(database: Database) -> None:
    await database.write(world.people_it)
    for day in (TODAY, TODAY - timedelta(days=3650)):
        actor, state, draft, _ = await database.read(opening, DAUREN, DAUREN, day)
        assert actor == await database.read(people.actor_of, DAUREN, day)
        assert (state, draft) == (None, {})


async def test_two_roles_are_still_one_standing(database: Database) -> None:
    await database.write(world.people_it)
    known = await database.read(people.actor_of, DAUREN, TODAY)
    assert known is not None
    await database.write(people.join, known.person_id, Role.BUREAU_MEMBER, None, TODAY)
    await database.write(conversations.save, DAUREN, DAUREN, "requests:text", {"n": [1]}, NOW)
    actor, state, draft, _ = await database.read(opening, DAUREN, DAUREN, TODAY)
    assert actor is not None
    assert actor.roles == known.roles | {Role.BUREAU_MEMBER}
    assert (state, draft) == ("requests:text", {"n": [1]})


async def test_one_stands_in_each_chat_by_oneself(database: Database) -> None:
    await database.write(world.people_it)
    await database.write(conversations.save, -500, DAUREN, "a:b", {"n": 1}, NOW)
    await database.write(conversations.save, DAUREN, 1002, "c:d", {"n": 2}, NOW)
    assert (await database.read(opening, DAUREN, DAUREN, TODAY))[1:] == (None, {}, None)
    assert (await database.read(opening, DAUREN, -500, TODAY))[1:] == ("a:b", {"n": 1}, None)


async def test_who_was_refused_too_often_waits_whoever_counts(database: Database) -> None:
    await database.write(world.people_it)
    known = await database.read(people.actor_of, DAUREN, TODAY)
    assert known is not None

    async def refused(many: int, now: datetime) -> datetime | None:
        for _ in range(many):
            await database.write(refused_tries.count, known.person_id, now)
        return (await database.read(opening, DAUREN, DAUREN, TODAY))[3]

    assert await refused(MOST - 1, NOW) is None
    last = NOW + WITHIN - timedelta(seconds=1)
    assert await refused(1, last) == NOW + WITHIN, "all of them within the time"
    assert await refused(1, NOW + WITHIN) is None, "then it is counted anew"
    assert await refused(MOST - 1, NOW + WITHIN) == NOW + 2 * WITHIN
