"""An item put into another territory, or made one of another kind."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import people, reminder_ladders, roadmap
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.roadmap import Item, Kind, adding, placing
from storage.roadmap.adding import Wanted
from storage.rules.access import Role
from storage.tables import reminders
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world
from tests.storage.roadmap.test_board import as_

DEADLINE = date(2026, 12, 24)
REGIONAL, DEPUTY = 1007, 1008


@pytest.fixture
async def item(database: Database) -> Item:
    """An item of Saryagash; a deputy of that district executes it, the region's Asel curates."""

    def build(tx: Connection) -> Item:
        world.settle(tx, NOW)
        for who, name, role, branch in (
            (REGIONAL, "Айгүл Тасова", Role.REGIONAL_SECRETARY, None),
            (DEPUTY, "Оразов Дархан", Role.DEPUTY, world.SARYAGASH),
        ):
            person_id = people.meet(tx, who, name, NOW)
            people.join(tx, person_id, role, branch, date(2025, 1, 1))
        item_id = world.item(tx, "4.12", DEADLINE, NOW, executor=DEPUTY)
        asel = world.actor(tx, world.ASEL, NOW).person_id
        secretary = world.actor(tx, world.SECRETARY, NOW)
        return roadmap.put_beside(tx, secretary, item_id, 1, asel, "curator", NOW, ZONE)

    return await database.write(build)


async def planned(database: Database) -> dict[int, set[str]]:
    """The rungs that each person is to be reminded at."""
    query = select(reminders.c.person_id, reminders.c.rung).where(reminders.c.state == "planned")
    found: dict[int, set[str]] = {}
    for person_id, rung in await database.read(lambda tx: tx.execute(query).all()):
        found.setdefault(person_id, set()).add(rung)
    return found


def into(who: int, item: Item, branch_id: int, version: int = 0) -> Any:
    given = (item.id, version or item.version, branch_id, "ru", NOW, ZONE)
    return as_(who, placing.put_into, *given)


def kind(item: Item, to: Kind, who: int = world.SECRETARY) -> Any:
    return as_(who, placing.make, item.id, item.version, to, NOW, ZONE)


async def test_in_another_territory_it_is_carried_by_those_who_may_there(
    database: Database, item: Item
) -> None:
    assert len(await planned(database)) == 2
    after = await database.write(into(REGIONAL, item, world.ORDABASY))
    assert (after.branch_id, after.executor_id, after.executor) == (
        world.ORDABASY,
        None,
        "Оразов Дархан",
    )
    [curator] = after.curators
    assert set(await planned(database)) == {curator[0]}
    [line, *_] = await database.read(as_(REGIONAL, roadmap.history, item.id))
    assert (line.kind, line.text) == ("territory", "Сарыагашский район → Ордабасинский район")
    # Whose district it was sees it no more; whose it is now does.
    with pytest.raises(NotFound):
        await database.read(as_(world.SECRETARY, roadmap.get, item.id))
    assert await database.read(as_(world.OTHER_SECRETARY, roadmap.get, item.id))


async def test_only_who_looks_after_both_puts_it_there(database: Database, item: Item) -> None:
    for who, error in (
        (world.SECRETARY, NotAllowed),
        (world.OTHER_SECRETARY, NotFound),
        (DEPUTY, NotAllowed),
    ):
        with pytest.raises(error):
            await database.write(into(who, item, world.ORDABASY))
    with pytest.raises(NotFound):
        await database.write(into(REGIONAL, item, 999))
    with pytest.raises(NotPossible, match="same_territory"):
        await database.write(into(REGIONAL, item, world.SARYAGASH))
    with pytest.raises(AlreadyChanged):
        await database.write(into(REGIONAL, item, world.ORDABASY, version=1))


async def test_of_another_kind_it_keeps_its_number_and_takes_that_kinds_ladder(
    database: Database, item: Item
) -> None:
    ladder = as_(REGIONAL, reminder_ladders.put, Kind.RECOMMENDATION, 0, (5,), NOW)
    await database.write(ladder)
    after = await database.write(kind(item, Kind.RECOMMENDATION))
    assert (after.kind, after.number) == (Kind.RECOMMENDATION, "4.12")
    assert set(map(frozenset, (await planned(database)).values())) == {frozenset({"-5", "0", "+7"})}
    [line, *_] = await database.read(as_(world.SECRETARY, roadmap.history, item.id))
    assert (line.kind, line.text) == ("kind", "roadmap → recommendation")


async def test_a_number_that_the_other_kind_has_gives_way(database: Database, item: Item) -> None:
    wanted = Wanted(
        Kind.REPORTING, world.SARYAGASH, "Есеп беру", "kk", DEADLINE, executor_name="Ким О."
    )
    other = await database.write(as_(world.SECRETARY, adding.put, wanted, NOW, ZONE))
    again = await database.write(kind(other, Kind.ROADMAP))
    assert again.number == "1"
    numbered = Wanted(
        Kind.REPORTING, world.SARYAGASH, "Есеп беру", "kk", DEADLINE, executor_name="Ким О."
    )
    same = await database.write(as_(world.SECRETARY, adding.put, numbered, NOW, ZONE))
    assert same.number == "1"
    assert (await database.write(kind(same, Kind.ROADMAP))).number == "5"  # after 4.12


async def test_what_kind_it_cannot_be(database: Database, item: Item) -> None:
    for to, why in ((Kind.INSTRUCTION, "no_such_kind"), (Kind.ROADMAP, "same_kind")):
        with pytest.raises(NotPossible, match=why):
            await database.write(kind(item, to))
    with pytest.raises(NotAllowed):
        await database.write(kind(item, Kind.REPORTING, DEPUTY))
