"""Whom a broadcast goes to: chosen within the author's reach, each once, resolved at sending."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import broadcasts, deliveries
from storage.broadcasts import Content, addressing
from storage.broadcasts.drafting import Preview
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.rules.access import Role
from storage.selections import Invited, Selection
from storage.tables import deliveries as delivery_table
from storage.tables import invitees, meetings, people
from tests.conftest import NOW
from tests.storage import broadcast_world as world
from tests.storage.broadcast_world import Place


@pytest.fixture
async def place(database: Database) -> Place:
    return await database.write(world.settle_in)


def drafted(tx: Connection, by: int, branch_id: int | None) -> Preview:
    return broadcasts.draft(tx, world.actor(tx, by), branch_id, Content("Мәтін"), NOW, world.TODAY)


def addressed(tx: Connection, by: int, shown: Preview, whom: Selection) -> Preview:
    of = shown.broadcast
    who = world.actor(tx, by)
    return addressing.address(tx, who, of.id, of.version, whom, NOW, world.TODAY)


def id_of(tx: Connection, telegram_id: int) -> int:
    return world.actor(tx, telegram_id).person_id


async def test_roles_narrow_it_and_three_roles_are_one_person(
    database: Database, place: Place
) -> None:
    shown = await database.write(drafted, world.SECRETARY, place.saryagash)
    deputies = replace(shown.broadcast.whom, roles=(Role.DEPUTY, Role.BUREAU_MEMBER, Role.MEMBER))
    everybody = await database.write(addressed, world.SECRETARY, shown, deputies)
    assert everybody.audience.total == 3
    only = replace(deputies, roles=(Role.DEPUTY,))
    narrowed = await database.write(addressed, world.SECRETARY, everybody, only)
    assert (narrowed.audience.total, narrowed.audience.reachable) == (1, 1)
    with pytest.raises(AlreadyChanged):
        await database.write(addressed, world.SECRETARY, shown, only)


async def test_several_branches_and_nothing_beyond_ones_own(
    database: Database, place: Place
) -> None:
    both = Selection((place.saryagash, place.ordabasy))
    shown = await database.write(drafted, world.REGIONAL, place.saryagash)
    several = await database.write(addressed, world.REGIONAL, shown, both)
    assert several.audience.total == 5
    assert several.broadcast.branch_id is None
    own = await database.write(drafted, world.SECRETARY, place.saryagash)
    for beyond in (both, Selection(), Selection((place.ordabasy,))):
        with pytest.raises(NotAllowed):
            await database.write(addressed, world.SECRETARY, own, beyond)


async def test_somebody_is_left_out_by_name(database: Database, place: Place) -> None:
    shown = await database.write(drafted, world.SECRETARY, place.saryagash)
    elder = await database.read(id_of, world.ELDER)
    stranger = await database.read(id_of, world.STRANGER)
    whom = replace(shown.broadcast.whom, without=(elder,))
    fewer = await database.write(addressed, world.SECRETARY, shown, whom)
    assert fewer.audience.total == 2
    secretary = await database.read(world.actor, world.SECRETARY)
    listed = await database.read(
        addressing.candidates, secretary, fewer.broadcast.id, world.TODAY, 0, 8
    )
    assert {one.name for one in listed if one.left_out} == {"Виктор Ким"}
    assert len(listed) == 3
    for nobody in (stranger, 10_000):
        with pytest.raises(NotFound):
            await database.write(
                addressed, world.SECRETARY, fewer, replace(whom, without=(nobody,))
            )
    with pytest.raises(NotPossible, match="too_many"):
        await database.write(
            addressed, world.SECRETARY, fewer, replace(whom, without=tuple(range(1, 102)))
        )


async def test_who_is_left_out_by_name_stays_out_whatever_is_narrowed_after(
    database: Database, place: Place
) -> None:
    shown = await database.write(drafted, world.SECRETARY, place.saryagash)
    elder = await database.read(id_of, world.ELDER)
    stranger = await database.read(id_of, world.STRANGER)
    everybody = replace(shown.broadcast.whom, without=(elder,))
    fewer = await database.write(addressed, world.SECRETARY, shown, everybody)
    deputies = replace(everybody, roles=(Role.DEPUTY,))  # the elder is none
    narrowed = await database.write(addressed, world.SECRETARY, fewer, deputies)
    assert narrowed.audience.total == 1
    back = await database.write(addressed, world.SECRETARY, narrowed, everybody)
    assert back.audience.total == 2, "nobody who was left out gets it after all"
    with pytest.raises(NotFound):
        await database.write(
            addressed, world.SECRETARY, back, replace(everybody, without=(elder, stranger))
        )


async def test_only_who_is_invited_to_a_meeting(database: Database, place: Place) -> None:
    def called(tx: Connection) -> tuple[int, int]:
        numbers = []
        for branch in (place.saryagash, place.ordabasy):
            row = {
                "branch_id": branch,
                "body": "bureau",
                "kind": "regular",
                "state": "announced",
                "title_kk": "Отырыс",
                "title_ru": "Заседание",
            }
            numbers.append(
                tx.execute(insert(meetings).values(**row).returning(meetings.c.id)).scalar_one()
            )
        for who in (world.ELDER, world.STRANGER):
            tx.execute(
                insert(invitees).values(
                    meeting_id=numbers[0],
                    person_id=id_of(tx, who),
                    name="?",
                    capacity="invited",
                )
            )
        return numbers[0], numbers[1]

    here, there = await database.write(called)
    shown = await database.write(drafted, world.SECRETARY, place.saryagash)
    whom = replace(shown.broadcast.whom, meeting_id=here)
    narrowed = await database.write(addressed, world.SECRETARY, shown, whom)
    assert narrowed.audience.total == 1, "the stranger is invited, but of another branch"
    await database.write(lambda tx: tx.execute(update(invitees).values(answer="will")))
    silent = await database.write(
        addressed, world.SECRETARY, narrowed, replace(whom, invited=Invited.SILENT)
    )
    assert (silent.audience.total, silent.broadcast.whom.invited) == (0, Invited.SILENT)
    narrowed = silent
    with pytest.raises(NotFound):
        await database.write(
            addressed, world.SECRETARY, narrowed, replace(whom, meeting_id=there + 99)
        )


async def test_who_has_not_confirmed_is_resolved_at_the_moment_of_sending(
    database: Database, place: Place
) -> None:
    first = await database.write(drafted, world.SECRETARY, place.saryagash)

    def sent(tx: Connection) -> None:
        who = world.actor(tx, world.SECRETARY)
        broadcasts.confirm(tx, who, first.broadcast.id, 1, 3, NOW, world.TODAY)
        world.send_all(tx)

    await database.write(sent)
    second = await database.write(drafted, world.SECRETARY, place.saryagash)
    whom = replace(second.broadcast.whom, silent_of=first.broadcast.id)
    shown = await database.write(addressed, world.SECRETARY, second, whom)
    assert shown.audience.total == 3
    deputy = await database.read(world.actor, world.DEPUTY)
    await database.write(deliveries.acknowledge, deputy, first.broadcast.id, NOW)
    secretary = await database.read(world.actor, world.SECRETARY)
    given = (shown.broadcast.id, shown.broadcast.version)
    unsent = await database.write(broadcasts.confirm, secretary, *given, 3, NOW, world.TODAY)
    assert unsent.state == "draft", "one fewer than was shown"
    await database.write(broadcasts.confirm, secretary, *given, 2, NOW, world.TODAY)
    query = (
        select(people.c.telegram_id)
        .join(delivery_table, delivery_table.c.person_id == people.c.id)
        .where(delivery_table.c.broadcast_id == shown.broadcast.id)
        .order_by(people.c.telegram_id)
    )
    got = await database.read(lambda tx: tx.execute(query).scalars().all())
    assert got == [world.ELDER, world.BLOCKED]
