"""A draft made from a template or a former broadcast: all that its author may read, no more."""

import pytest
from sqlalchemy import Connection, insert, update

from storage import broadcasts
from storage.broadcasts import Content, addressing, approving, templates
from storage.broadcasts.reading import find
from storage.database import Database
from storage.errors import NotFound
from storage.selections import Selection
from storage.tables import broadcasts as table
from storage.tables import meetings
from tests.conftest import NOW
from tests.storage import broadcast_world as world
from tests.storage.broadcast_world import Place


@pytest.fixture
async def place(database: Database) -> Place:
    return await database.write(world.settle_in)


def drafted(tx: Connection, by: int, branch_id: int | None) -> int:
    who = world.actor(tx, by)
    return broadcasts.draft(tx, who, branch_id, Content("Мәтін"), NOW, world.TODAY).broadcast.id


def theirs(tx: Connection, place: Place) -> int:
    """The region's, to those of a branch who are called to a meeting that the branch does not see
    and have not confirmed what went to the whole region; it has gone out.
    """
    row = {
        "branch_id": place.ordabasy, "body": "bureau", "kind": "regular",
        "state": "draft", "title_kk": "Кеңес", "title_ru": "Совет",
    }  # fmt: skip
    meeting = tx.execute(insert(meetings).values(**row).returning(meetings.c.id)).scalar_one()
    wide = drafted(tx, world.REGIONAL, None)
    number = drafted(tx, world.REGIONAL, place.saryagash)
    whom = Selection((place.saryagash,), meeting_id=meeting, silent_of=wide, overdue=True)
    who = world.actor(tx, world.REGIONAL)
    addressing.address(tx, who, number, 1, whom, NOW, world.TODAY)
    tx.execute(update(table).values(state="finished"))
    return number


async def test_what_its_author_may_not_read_is_left_out_of_the_audience(
    database: Database, place: Place
) -> None:
    source = await database.write(theirs, place)
    secretary = await database.read(world.actor, world.SECRETARY)
    shown = await database.write(templates.begin, secretary, source, NOW, world.TODAY)
    whom = shown.broadcast.whom
    assert (whom.meeting_id, whom.silent_of, whom.overdue) == (None, None, True)
    assert (await database.read(addressing.named, secretary, whom)).meeting is None
    region = await database.read(world.actor, world.REGIONAL)
    same = await database.write(templates.begin, region, source, NOW, world.TODAY)
    kept = await database.read(find, source)
    assert kept
    assert same.broadcast.whom == kept.whom


async def test_pinning_is_taken_over(database: Database, place: Place) -> None:
    number = await database.write(drafted, world.SECRETARY, place.saryagash)
    await database.write(lambda tx: tx.execute(update(table).values(pins=True)))
    secretary = await database.read(world.actor, world.SECRETARY)
    template = await database.write(templates.save, secretary, number, NOW)
    shown = await database.write(templates.begin, secretary, template, NOW, world.TODAY)
    assert shown.broadcast.pins


async def test_a_template_waits_for_nobodys_yes(database: Database, place: Place) -> None:
    number = await database.write(drafted, world.SECRETARY, place.saryagash)
    secretary = await database.read(world.actor, world.SECRETARY)
    template = await database.write(templates.save, secretary, number, NOW)
    region = await database.read(world.actor, world.REGIONAL)
    with pytest.raises(NotFound):
        await database.read(approving.awaiting, region, template, world.TODAY)
