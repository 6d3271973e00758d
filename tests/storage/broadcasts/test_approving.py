"""A second person's yes: to the very content and audience, once."""

import asyncio

import pytest
from sqlalchemy import Connection, select, update

from storage import broadcasts
from storage.broadcasts import Content, approving
from storage.broadcasts.reading import Broadcast
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.rules.access import Role
from storage.tables import memberships, outbox
from tests.conftest import NOW
from tests.storage import broadcast_world as world
from tests.storage.broadcast_world import Place

OF_BUREAU, OTHER_REGIONAL = 31, 32


def settled(tx: Connection) -> Place:
    place = world.settle_in(tx)
    world.person(tx, OF_BUREAU, "Камила Есім", "kk", [(Role.BUREAU_MEMBER, None)])
    world.person(tx, OTHER_REGIONAL, "Лаура Бек", "ru", [(Role.REGIONAL_SECRETARY, None)])
    return place


@pytest.fixture
async def place(database: Database) -> Place:
    return await database.write(settled)


def asked(tx: Connection, by: int, branch_id: int | None) -> Broadcast:
    who = world.actor(tx, by)
    shown = broadcasts.draft(tx, who, branch_id, Content("Мәтін"), NOW, world.TODAY)
    of, total = shown.broadcast, shown.audience.total
    return broadcasts.confirm(tx, who, of.id, of.version, total, NOW, world.TODAY)


def approve(tx: Connection, by: int, of: Broadcast, shown: int | None = None) -> Broadcast:
    total = of.recipients or 0 if shown is None else shown
    who = world.actor(tx, by)
    return approving.approve(tx, who, of.id, of.version, total, NOW, world.TODAY)


async def test_across_branches_nothing_goes_before_the_second_person(
    database: Database, place: Place
) -> None:
    of = await database.write(asked, world.REGIONAL, None)
    assert of.state == "awaiting"
    queued = select(outbox.c.kind, outbox.c.person_id).order_by(outbox.c.person_id)
    found = (await database.read(lambda tx: tx.execute(queued).all())) or []
    assert {row.kind for row in found} == {"broadcast_approval"}
    assert len(found) == 2  # the other regional secretary and the member of the Bureau
    with pytest.raises(NotFound):
        await database.write(approve, world.REGIONAL, of)  # not the author
    with pytest.raises(NotFound):
        await database.write(approve, world.SECRETARY, of)  # not of a branch
    running = await database.write(approve, OF_BUREAU, of)
    assert running.state == "running"
    assert running.recipients == of.recipients


async def test_above_the_number_and_not_at_it(database: Database, place: Place) -> None:
    def numbered(tx: Connection, number: int) -> None:
        approving.set_limit(tx, world.actor(tx, world.REGIONAL), number, NOW)

    await database.write(numbered, 3)
    assert (await database.write(asked, world.SECRETARY, place.saryagash)).state == "running"
    await database.write(numbered, 2)
    assert (await database.write(asked, world.SECRETARY, place.saryagash)).state == "awaiting"
    with pytest.raises(NotPossible, match="number"):
        await database.write(numbered, -1)
    with pytest.raises(NotAllowed):
        await database.write(
            lambda tx: approving.set_limit(tx, world.actor(tx, world.SECRETARY), 9, NOW)
        )


async def test_any_change_voids_what_was_asked(database: Database, place: Place) -> None:
    of = await database.write(asked, world.REGIONAL, None)
    regional = await database.read(world.actor, world.REGIONAL)
    with pytest.raises(AlreadyChanged):  # it is no draft while it is looked at
        await database.write(
            broadcasts.rewrite, regional, of.id, of.version, Content("Басқа"), NOW, world.TODAY
        )
    await database.write(approving.take_back, regional, of.id, of.version, NOW)
    await database.write(
        broadcasts.rewrite, regional, of.id, of.version + 1, Content("Басқа"), NOW, world.TODAY
    )
    with pytest.raises((AlreadyChanged, NotFound)):
        await database.write(approve, OF_BUREAU, of)


async def test_two_approvers_at_once_send_one(database: Database, place: Place) -> None:
    of = await database.write(asked, world.REGIONAL, None)
    tries = [database.write(approve, who, of) for who in (OF_BUREAU, OTHER_REGIONAL)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Broadcast) for one in outcomes) == 1
    assert sum(isinstance(one, AlreadyChanged) for one in outcomes) == 1
    copies = select(outbox.c.id).where(outbox.c.kind == "broadcast_copy")
    sent = await database.read(lambda tx: tx.execute(copies).all())
    assert len(sent) == (of.recipients or 0) - 1  # one has blocked the bot


async def test_other_people_than_were_shown_are_shown_anew(
    database: Database, place: Place
) -> None:
    of = await database.write(asked, world.REGIONAL, None)
    still = await database.write(approve, OF_BUREAU, of, 1)
    assert still.state == "awaiting"


async def test_an_author_without_the_role_sends_nothing(database: Database, place: Place) -> None:
    of = await database.write(asked, world.REGIONAL, None)
    await database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == of.author_id)
            .values(role=Role.MEMBER)
        )
    )
    with pytest.raises(NotPossible, match="author"):
        await database.write(approve, OF_BUREAU, of)


async def test_returned_it_is_a_draft_and_its_author_is_told(
    database: Database, place: Place
) -> None:
    of = await database.write(asked, world.REGIONAL, None)
    second = await database.read(world.actor, OF_BUREAU)
    await database.write(approving.give_back, second, of.id, of.version, NOW, world.TODAY)
    sent = await database.write(world.send_all)
    assert [one.kind for one in sent if one.chat_id == world.REGIONAL] == ["broadcast_returned"]
    with pytest.raises((AlreadyChanged, NotFound)):
        await database.write(approve, OTHER_REGIONAL, of)


async def test_without_any_second_person_it_is_said(database: Database) -> None:
    await database.write(world.settle_in)
    with pytest.raises(NotPossible, match="no_approver"):
        await database.write(asked, world.REGIONAL, None)
