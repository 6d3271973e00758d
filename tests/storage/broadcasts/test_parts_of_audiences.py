"""Primary organisations, factions, saved lists, states and exclusions; each person once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select

from storage import audiences, broadcasts, deliveries, primaries
from storage.broadcasts import Content, addressing, saved_lists
from storage.broadcasts.drafting import Preview
from storage.broadcasts.reading import get
from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.rules.access import Role
from storage.selections import Invited, Selection
from storage.tables import control_items, invitees, meetings, people
from storage.tables import deliveries as delivery_table
from tests.conftest import NOW
from tests.storage import broadcast_world as world
from tests.storage.broadcast_world import Place


@pytest.fixture
async def place(database: Database) -> Place:
    return await database.write(world.settle_in)


def id_of(tx: Connection, telegram_id: int) -> int:
    return world.actor(tx, telegram_id).person_id


def names(tx: Connection, whom: Selection) -> list[int]:
    """The Telegram ids of those who are meant, in order."""
    query = audiences.recipients(whom, 0, world.TODAY, people.c.telegram_id)
    return list(tx.execute(query.order_by(people.c.telegram_id)).scalars())


def organised(tx: Connection, by: int, branch_id: int, *members: int) -> int:
    """A primary organisation of the branch with these members; returns its id."""
    who = world.actor(tx, by)
    primaries.add(tx, who, branch_id, [("№1 БПҰ", "ППО №1")], NOW)
    number = primaries.kept(tx, who, branch_id)[0].id
    for one in members:
        primaries.switch(tx, who, number, id_of(tx, one), NOW, world.TODAY)
    return number


def drafted(tx: Connection, by: int, branch_id: int | None) -> Preview:
    return broadcasts.draft(tx, world.actor(tx, by), branch_id, Content("Мәтін"), NOW, world.TODAY)


def addressed(tx: Connection, by: int, whom: Selection, branch_id: int | None) -> Preview:
    of = drafted(tx, by, branch_id).broadcast
    who = world.actor(tx, by)
    return addressing.address(tx, who, of.id, of.version, whom, NOW, world.TODAY)


def sent(tx: Connection, by: int, shown: Preview) -> int:
    of = shown.broadcast
    given = (of.id, of.version, shown.audience.total, NOW, world.TODAY)
    broadcasts.confirm(tx, world.actor(tx, by), *given)
    return of.id


async def test_one_person_in_three_audiences_gets_one_copy(
    database: Database, place: Place
) -> None:
    def story(tx: Connection) -> list[int]:
        number = organised(tx, world.SECRETARY, place.saryagash, world.DEPUTY, world.ELDER)
        deputies = Selection((place.saryagash,), roles=(Role.DEPUTY,))
        kept = addressed(tx, world.SECRETARY, deputies, place.saryagash)
        who = world.actor(tx, world.SECRETARY)
        saved = saved_lists.save(tx, who, kept.broadcast.id, "Депутаттар", NOW)
        thrice = Selection(
            (place.saryagash,),
            roles=(Role.BUREAU_MEMBER,),
            primaries=(number,),
            factions=(place.saryagash,),
            lists=(saved.listed,),
        )
        shown = addressed(tx, world.SECRETARY, thrice, place.saryagash)
        assert (shown.audience.total, shown.audience.reachable) == (2, 2)
        broadcast_id = sent(tx, world.SECRETARY, shown)
        query = select(delivery_table.c.person_id).where(
            delivery_table.c.broadcast_id == broadcast_id
        )
        return list(tx.execute(query.order_by(delivery_table.c.person_id)).scalars())

    got = await database.write(story)
    assert got == await database.read(lambda tx: [id_of(tx, world.DEPUTY), id_of(tx, world.ELDER)])


async def test_a_primary_organisation_is_of_whoever_belongs_to_it_today(
    database: Database, place: Place
) -> None:
    number = await database.write(organised, world.SECRETARY, place.saryagash, world.ELDER)
    whom = Selection((place.saryagash,), primaries=(number,))
    assert await database.read(names, whom) == [world.ELDER]
    who = await database.read(world.actor, world.SECRETARY)
    deputy = await database.read(id_of, world.DEPUTY)
    elder = await database.read(id_of, world.ELDER)
    await database.write(primaries.switch, who, number, deputy, NOW, world.TODAY)
    await database.write(primaries.switch, who, number, elder, NOW, world.TODAY)
    assert await database.read(names, whom) == [world.DEPUTY]
    stranger = await database.read(id_of, world.STRANGER)
    with pytest.raises(NotFound):
        await database.write(primaries.switch, who, number, stranger, NOW, world.TODAY)


async def test_nobody_belongs_to_two(database: Database, place: Place) -> None:
    first = await database.write(organised, world.SECRETARY, place.saryagash, world.ELDER)
    who = await database.read(world.actor, world.SECRETARY)
    await database.write(primaries.add, who, place.saryagash, [("№2 БПҰ", "")], NOW)
    second = (await database.read(primaries.kept, who, place.saryagash))[1]
    elder = await database.read(id_of, world.ELDER)
    await database.write(primaries.switch, who, second.id, elder, NOW, world.TODAY)
    kept = await database.read(primaries.kept, who, place.saryagash)
    assert {one.id: one.members for one in kept} == {first: 0, second.id: 1}
    assert second.name_ru == "№2 БПҰ", "a name in one language serves both"


async def test_a_faction_is_the_deputies_of_one_branch(database: Database, place: Place) -> None:
    await database.write(
        world.person, 21, "Зере Абай", "kk", [(Role.FACTION_LEADER, place.ordabasy)]
    )
    here = Selection(factions=(place.saryagash,))
    assert await database.read(names, here) == [world.DEPUTY]
    both = Selection(factions=(place.saryagash, place.ordabasy))
    assert await database.read(names, both) == [world.DEPUTY, 21]


async def test_nothing_of_another_branch_is_chosen(database: Database, place: Place) -> None:
    foreign = await database.write(organised, world.STRANGER, place.ordabasy)
    for whom, refusal in (
        (Selection((place.saryagash,), primaries=(foreign,)), NotAllowed),
        (Selection((place.saryagash,), primaries=(9999,)), NotFound),
        (Selection((place.saryagash,), factions=(place.ordabasy,)), NotAllowed),
    ):
        with pytest.raises(refusal):
            await database.write(addressed, world.SECRETARY, whom, place.saryagash)


async def test_a_role_and_a_list_are_left_out(database: Database, place: Place) -> None:
    here = Selection((place.saryagash,))
    assert await database.read(names, here) == [11, 12, 13, 15]
    deputies = replace(here, roles=(Role.DEPUTY,))
    shown = await database.write(addressed, world.SECRETARY, deputies, place.saryagash)
    who = await database.read(world.actor, world.SECRETARY)
    saved = await database.write(saved_lists.save, who, shown.broadcast.id, "Депутаттар", NOW)
    without_list = replace(here, not_lists=(saved.listed,))
    assert await database.read(names, without_list) == [11, 13, 15]
    without_role = replace(here, not_roles=(Role.BUREAU_MEMBER, Role.BRANCH_SECRETARY))
    assert await database.read(names, without_role) == [13, 15]
    assert Selection.read(None, without_list.kept) == without_list, "it is kept as it is"


async def test_lists_are_renamed_and_deleted_and_a_draft_keeps_its_own(
    database: Database, place: Place
) -> None:
    deputies = Selection((place.saryagash,), roles=(Role.DEPUTY,))
    shown = await database.write(addressed, world.SECRETARY, deputies, place.saryagash)
    who = await database.read(world.actor, world.SECRETARY)
    saved = await database.write(saved_lists.save, who, shown.broadcast.id, "Депутаттар", NOW)
    for name, why in ((" депутаттар ", "known"), ("—", "no_name"), ("а" * 41, "too_long")):
        with pytest.raises(NotPossible, match=why):
            await database.write(saved_lists.save, who, shown.broadcast.id, name, NOW)
    uses = replace(deputies, roles=(), lists=(saved.listed,))
    draft = await database.write(addressed, world.SECRETARY, uses, place.saryagash)
    other = await database.read(world.actor, world.STRANGER)
    assert await database.read(saved_lists.every, other) == []
    with pytest.raises(NotFound):
        await database.read(saved_lists.one_of, other, saved.id)
    named = await database.write(saved_lists.rename, who, saved.id, 1, "Фракция", NOW)
    assert (named.name, named.version) == ("Фракция", 2)
    await database.write(saved_lists.remove, who, saved.id, 2, NOW)
    assert await database.read(saved_lists.every, who) == []
    kept = await database.read(get, who, draft.broadcast.id)
    assert await database.read(names, kept.whom) == [world.DEPUTY]
    assert await database.read(saved_lists.named, kept.whom.lists) == {saved.id: "Фракция"}


async def test_a_list_is_resolved_anew(database: Database, place: Place) -> None:
    deputies = Selection((place.saryagash,), roles=(Role.DEPUTY,))
    shown = await database.write(addressed, world.SECRETARY, deputies, place.saryagash)
    who = await database.read(world.actor, world.SECRETARY)
    saved = await database.write(saved_lists.save, who, shown.broadcast.id, "Депутаттар", NOW)
    await database.write(world.person, 22, "Иса Омар", "kk", [(Role.DEPUTY, place.saryagash)])
    uses = Selection((place.saryagash,), lists=(saved.listed,))
    assert await database.read(names, uses) == [world.DEPUTY, 22]


async def test_who_has_said_no_and_who_is_late(database: Database, place: Place) -> None:
    def invited(tx: Connection) -> int:
        row = {
            "branch_id": place.saryagash, "body": "bureau", "kind": "regular",
            "state": "announced", "title_kk": "Кеңес", "title_ru": "Совет",
            "starts_at": NOW + timedelta(days=3),
        }  # fmt: skip
        number = tx.execute(insert(meetings).values(**row).returning(meetings.c.id)).scalar_one()
        for who, answer in ((world.DEPUTY, "cannot"), (world.ELDER, None), (world.BLOCKED, "will")):
            one = {"person_id": id_of(tx, who), "name": "?", "capacity": "member"}
            tx.execute(insert(invitees).values(meeting_id=number, answer=answer, **one))
        late = {
            "branch_id": place.saryagash, "number": "1", "title_kk": "Жол", "state": "planned",
            "deadline": world.YESTERDAY, "executor_id": id_of(tx, world.ELDER),
        }  # fmt: skip
        done = late | {"number": "2", "state": "done", "executor_id": id_of(tx, world.DEPUTY)}
        tx.execute(insert(control_items), [late, done])
        return int(number)

    number = await database.write(invited)
    here = Selection((place.saryagash,), meeting_id=number)
    for which, who in (
        (Invited.ALL, [world.DEPUTY, world.ELDER, world.BLOCKED]),
        (Invited.SILENT, [world.ELDER]),
        (Invited.CANNOT, [world.DEPUTY]),
    ):
        assert await database.read(names, replace(here, invited=which)) == who
    assert await database.read(names, Selection((place.saryagash,), overdue=True)) == [world.ELDER]
    once = {"branches": [place.saryagash], "meeting_id": number, "unanswered": True}
    assert Selection.read(None, once).invited is Invited.SILENT, "as it was kept once"


async def test_the_number_is_of_the_moment_of_sending(database: Database, place: Place) -> None:
    number = await database.write(organised, world.SECRETARY, place.saryagash, world.ELDER)
    whom = Selection((place.saryagash,), primaries=(number,))
    shown = await database.write(addressed, world.SECRETARY, whom, place.saryagash)
    who = await database.read(world.actor, world.SECRETARY)
    deputy = await database.read(id_of, world.DEPUTY)
    await database.write(primaries.switch, who, number, deputy, NOW, world.TODAY)
    of = shown.broadcast
    given = (of.id, of.version, 1, NOW, world.TODAY)
    after = await database.write(broadcasts.confirm, who, *given)
    assert after.state == "draft", "they are two by now: it is shown anew"
    assert await database.read(deliveries.count_named, who, of.id, deliveries.Those.UNREAD) == 0
