"""People on both engines: met once, with the memberships that last today."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from storage import people
from storage.database import Database
from storage.errors import NotFound
from storage.renaming import rename
from storage.rules.access import Membership, Role
from storage.tables import memberships
from storage.tables import people as table
from tests import world
from tests.conftest import NOW, ZONE

TODAY = NOW.astimezone(ZONE).date()
DAY = timedelta(days=1)
HERE, THERE = world.SARYAGASH, world.ORDABASY


@pytest.fixture(autouse=True)
async def branch(database: Database) -> None:
    await database.write(world.people_it)


async def names(database: Database, branch_id: int | None) -> list[str]:
    found = await database.read(people.secretaries, branch_id, TODAY)
    return [person.name for person in found]


async def test_somebody_is_met_once_even_in_many_chats_at_once(database: Database) -> None:
    ids = await asyncio.gather(
        *(database.write(people.meet, 5000, f"Арман {n}", NOW) for n in range(8))
    )
    assert len(set(ids)) == 1
    count = select(func.count()).select_from(table).where(table.c.telegram_id == 5000)
    assert await database.read(lambda tx: tx.execute(count).scalar_one()) == 1
    met = await database.read(people.get, ids[0])
    assert (met.language, met.reachable) == (None, True)


async def test_meeting_again_keeps_the_name_of_the_branch(database: Database) -> None:
    assert await database.write(people.meet, 1003, "dark_one", NOW) == 3
    assert (await database.read(people.get, 3)).name == "Оразов Дархан"


async def test_an_actor_has_all_roles_of_today(database: Database) -> None:
    actor = await database.read(people.actor_of, 1003, TODAY)
    assert actor is not None
    assert set(actor.memberships) == {
        Membership(Role.DEPUTY, HERE),
        Membership(Role.MEMBER, HERE),
    }
    assert (actor.person_id, actor.language, actor.reachable) == (3, "kk", True)
    assert await database.read(people.actor_of, 4711, TODAY) is None


@pytest.mark.parametrize(
    ("starts", "ends", "lasts"),
    [
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY, True),
        (TODAY - 2 * DAY, TODAY - DAY, False),
        (TODAY, TODAY, True),
    ],
)
async def test_a_membership_lasts_from_its_first_day_to_its_last(
    database: Database,
    starts: object,
    ends: object,
    lasts: bool,
) -> None:
    person_id = await database.write(people.meet, 5000, "Арман", NOW)
    row = {"person_id": person_id, "role": "member", "branch_id": HERE}
    await database.write(
        lambda tx: tx.execute(insert(memberships).values(**row, starts_on=starts, ends_on=ends))
    )
    actor = await database.read(people.actor_of, 5000, TODAY)
    assert actor is not None
    assert actor.is_guest is not lasts


async def test_a_role_that_is_held_is_not_doubled_but_comes_back(database: Database) -> None:
    async def held() -> int:
        query = select(func.count()).select_from(memberships).where(memberships.c.person_id == 7)
        return await database.read(lambda tx: tx.execute(query).scalar_one())

    await database.write(people.join, 7, Role.EXECUTOR, None, TODAY)
    assert await held() == 1, "for the whole region: no branch is a branch too"
    await database.write(people.join, 7, Role.EXECUTOR, HERE, TODAY)
    await database.write(people.join, 7, Role.MEMBER, HERE, TODAY)
    await database.write(people.join, 7, Role.MEMBER, HERE, TODAY)
    assert await held() == 3
    ended = update(memberships).where(memberships.c.role == Role.MEMBER)
    await database.write(lambda tx: tx.execute(ended.values(ends_on=TODAY - DAY)))
    await database.write(people.join, 7, Role.MEMBER, HERE, TODAY)
    assert await held() == 4


async def test_the_secretary_of_the_branch_is_asked_else_the_regions(database: Database) -> None:
    assert await names(database, HERE) == ["Жандосова Мөлдір"]
    assert await names(database, THERE) == ["Сейтова Айгүл"]
    assert await names(database, None) == ["Сейтова Айгүл"]
    ended = update(memberships).where(memberships.c.role == Role.BRANCH_SECRETARY)
    await database.write(lambda tx: tx.execute(ended.values(ends_on=TODAY - DAY)))
    assert await names(database, HERE) == ["Сейтова Айгүл"]


async def test_owners_of_the_settings_are_owners_known_or_not(database: Database) -> None:
    for _ in range(2):
        await database.write(people.ensure_owners, [1001, 1003, 5000], NOW, TODAY)
    owners = await database.read(people.owners, TODAY)
    assert [owner.telegram_id for owner in owners] == [1001, 1003, 5000]
    deputy = await database.read(people.actor_of, 1003, TODAY)
    assert deputy is not None
    assert deputy.roles == {Role.DEPUTY, Role.MEMBER, Role.OWNER}, "what one is stays"
    assert deputy.name == "Оразов Дархан"


async def test_what_is_changed_of_a_person_changes_of_this_one_only(database: Database) -> None:
    await database.write(people.set_language, 3, "ru")
    await database.write(rename, 3, "Оразов Дархан Маратұлы")
    await database.write(people.set_reachable, 1003, "blocked")
    changed = await database.read(people.get, 3)
    assert (changed.language, changed.name) == ("ru", "Оразов Дархан Маратұлы")
    assert not changed.reachable
    await database.write(people.set_reachable, 1003, None)
    assert (await database.read(people.get, 3)).reachable
    other = await database.read(people.get, 5)
    assert (other.language, other.name, other.reachable) == ("kk", "Төлегенова Сәуле", True)


async def test_nobody_by_that_number(database: Database) -> None:
    for nobody in (0, -1, 2**40):
        with pytest.raises(NotFound):
            await database.read(people.get, nobody)


async def test_whoever_is_taken_out_of_the_setting_is_owner_no_more(database: Database) -> None:
    today = NOW.date()
    await database.write(people.ensure_owners, [71, 72], NOW, today)
    await database.write(people.ensure_owners, [72], NOW, today)
    owners = await database.read(people.owners, today)
    assert [person.telegram_id for person in owners] == [72]
    await database.write(people.ensure_owners, [], NOW, today)
    assert len(await database.read(people.owners, today)) == 1, "an empty setting changes nothing"
