"""Cards that are posted into any chat: which meetings, in which order, with how many items."""

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.errors import NotAllowed
from storage.meetings import cards
from storage.meetings.lists import Only
from storage.rules.access import Role
from storage.tables import agenda_items
from tests.conftest import NOW
from tests.storage.meetings.world import actor, fill


async def test_the_nearest_first_then_the_latest_held(database: Database) -> None:
    world = await database.write(fill)
    gulnar = actor(Role.MEMBER, world.saryagash)
    found = await database.read(cards.public_cards, gulnar, NOW)
    assert [one.id for one in found] == [world.ahead, world.later, world.held, world.undated]


async def test_a_draft_is_nobodys_card_and_a_foreign_meeting_only_its_branchs(
    database: Database,
) -> None:
    world = await database.write(fill)
    secretary = actor(Role.BRANCH_SECRETARY, world.saryagash)
    ids = [world.draft, world.kentau_ahead, world.ahead]
    found = await database.read(cards.public_cards, secretary, NOW, ids=ids)
    assert [one.id for one in found] == [world.ahead]
    found = await database.read(cards.public_cards, actor(Role.MEMBER, world.kentau), NOW, ids=ids)
    assert [one.id for one in found] == [world.kentau_ahead, world.ahead]
    assert not await database.read(cards.public_cards, secretary, NOW, ids=[])
    assert not await database.read(cards.public_cards, secretary, NOW, Only("faction"))
    with pytest.raises(NotAllowed):
        await database.read(cards.public_cards, actor(None), NOW)


async def test_items_for_the_bureau_are_not_counted_whoever_asks(database: Database) -> None:
    world = await database.write(fill)
    secret = update(agenda_items).where(agenda_items.c.number == 2).values(visibility="bureau")
    await database.write(lambda tx: tx.execute(secret))
    for role in (Role.OWNER, Role.BUREAU_MEMBER, Role.MEMBER):
        found = await database.read(
            cards.public_cards, actor(role, world.saryagash), NOW, ids=[world.ahead]
        )
        assert [one.items for one in found] == [1]
