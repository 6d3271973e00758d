"""Reminders of what a visit recommended: to the curator, until it is followed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select

from storage import objects, reminders
from storage.database import Database
from storage.objects import ControlledObject, NewVisit, Visit, reminding
from storage.roadmap import Kind, replanning
from storage.rules.access import Actor
from storage.tables import outbox
from storage.tables import reminders as rows
from tests.conftest import NOW, ZONE
from tests.storage.objects.given import TODAY, an_object
from tests.storage.requests.world import World, build

DUE = date(2026, 12, 24)
LADDER = {"-14", "-7", "-3", "-1", "0", "+7"}  # thirty days before is this very morning


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def recommended(
    database: Database, world: World, **details: Any
) -> tuple[ControlledObject, Visit]:
    """Aigul visits an object of Dana's district and recommends something."""
    given = {"curator_id": world.aigul.person_id, **details}
    one = await database.write(an_object, world.dana, world.sar, **given)
    new = NewVisit(TODAY, "Жарық жоқ", recommendation="Кестені ұсыну", due_on=DUE)
    by = world.aigul if given["curator_id"] == world.aigul.person_id else world.dana
    return one, await database.write(objects.add_visit, by, one.id, new, NOW, ZONE)


def planned(tx: Connection) -> dict[int, set[str]]:
    query = select(rows.c.person_id, rows.c.rung).where(
        rows.c.subject == "object_visit", rows.c.state == "planned"
    )
    found: dict[int, set[str]] = {}
    for person_id, rung in tx.execute(query):
        found.setdefault(person_id, set()).add(rung)
    return found


async def awaits(database: Database, actor: Actor, visit: Visit) -> list[int]:
    found = await database.read(reminding.awaited, actor, [visit.id])
    return [one.id for _, one in found]


async def test_the_curator_is_reminded_until_it_is_followed(
    database: Database, world: World
) -> None:
    one, visit = await recommended(database, world)
    aigul = world.aigul.person_id
    assert await database.read(planned) == {aigul: LADDER}
    assert await awaits(database, world.aigul, visit) == [visit.id]
    assert await awaits(database, world.dana, visit) == []
    day = NOW + timedelta(days=16)
    await database.write(reminders.tick, day, ZONE)
    kinds = await database.read(lambda tx: tx.execute(select(outbox.c.kind)).scalars().all())
    assert "visit_reminder" in kinds
    given = (visit.id, visit.version, "Кесте ұсынылды", day, TODAY)
    await database.write(objects.follow_up, world.aigul, *given)
    assert await database.read(planned) == {}
    assert await awaits(database, world.aigul, visit) == []
    assert one.id


async def test_another_curator_takes_it_over_and_off_control_nobody_is_reminded(
    database: Database, world: World
) -> None:
    one, visit = await recommended(database, world, curator_id=None)
    dana = world.dana.person_id
    assert await database.read(planned) == {dana: LADDER}  # who noted it
    aigul = world.aigul.person_id
    curator = (world.dana, one.id, 1, "curator_id", aigul, NOW, ZONE)
    await database.write(objects.change, *curator)
    assert await database.read(planned) == {aigul: LADDER}
    assert await awaits(database, world.dana, visit) == []
    await database.write(objects.remove, world.dana, one.id, 2, "Бюро шешімі", NOW)
    assert await database.read(planned) == {}
    assert await awaits(database, world.aigul, visit) == []


async def test_what_was_noted_before_there_were_reminders_is_planned_once(
    database: Database, world: World
) -> None:
    one, visit = await recommended(database, world)
    await database.write(lambda tx: tx.execute(delete(rows)))
    assert await database.write(reminding.tick, NOW, ZONE) == 1
    assert await database.read(planned) == {world.aigul.person_id: LADDER}
    given = (visit.id, visit.version, "Кесте ұсынылды", NOW, TODAY)
    await database.write(objects.follow_up, world.aigul, *given)
    assert await database.write(reminding.tick, NOW, ZONE) == 0
    assert await database.read(planned) == {}
    assert one.id


async def test_the_ladder_of_recommendations_is_theirs(database: Database, world: World) -> None:
    await recommended(database, world)
    put = (Kind.RECOMMENDATION, 0, (5,), NOW, ZONE)
    await database.write(replanning.set_ladder, world.ermek, *put)
    assert await database.read(planned) == {world.aigul.person_id: {"-5", "0", "+7"}}


async def test_without_a_recommendation_nothing_is_planned(
    database: Database, world: World
) -> None:
    one = await database.write(an_object, world.dana, world.sar)
    new = NewVisit(TODAY, "Бәрі дұрыс")
    await database.write(objects.add_visit, world.dana, one.id, new, NOW, ZONE)
    assert await database.read(planned) == {}
