"""Conversations on both engines: one standing for each person in each chat."""

import asyncio

from sqlalchemy import select, update

from storage import chats, conversations
from storage.database import Database
from storage.tables import conversations as table
from tests.conftest import NOW

DRAFT = {
    "text": "Су жоқ «бізде» \U0001f6b0",
    "n": 3,
    "list": [1, None],
    "paused": {"x": {"a": True}},
}


async def test_nobody_stands_anywhere_at_first(database: Database) -> None:
    assert await database.read(conversations.load, 1003, 1003) == (None, {})


async def test_the_draft_comes_back_as_it_was_and_is_replaced_whole(database: Database) -> None:
    await database.write(conversations.save, 1003, 1003, "requests:text", DRAFT, NOW)
    assert await database.read(conversations.load, 1003, 1003) == ("requests:text", DRAFT)
    await database.write(conversations.save, 1003, 1003, None, {}, NOW)
    assert await database.read(conversations.load, 1003, 1003) == (None, {})


async def test_chats_and_people_do_not_mix(database: Database) -> None:
    await database.write(conversations.save, -500, 1003, "a:b", {"n": 1}, NOW)
    await database.write(conversations.save, -500, 1004, "c:d", {"n": 2}, NOW)
    assert await database.read(conversations.load, 1003, 1003) == (None, {})
    assert await database.read(conversations.load, -500, 1003) == ("a:b", {"n": 1})
    assert await database.read(conversations.load, -500, 1004) == ("c:d", {"n": 2})


async def test_what_was_loaded_is_the_callers_own(database: Database) -> None:
    await database.write(conversations.save, 1003, 1003, "a:b", {"n": 1}, NOW)
    _, draft = await database.read(conversations.load, 1003, 1003)
    draft["n"] = 2
    assert (await database.read(conversations.load, 1003, 1003))[1] == {"n": 1}


async def test_saving_at_once_ends_with_one_of_them(database: Database) -> None:
    await asyncio.gather(
        *(database.write(conversations.save, 1, 1, f"a:{n}", {"n": n}, NOW) for n in range(10))
    )
    state, draft = await database.read(conversations.load, 1, 1)
    assert state == f"a:{draft['n']}"


async def test_a_draft_goes_with_its_group_to_the_new_number(database: Database) -> None:
    await database.write(conversations.save, -500, 1003, "a:b", DRAFT, NOW)
    for _ in range(2):  # Telegram tells it in both groups
        await database.write(chats.migrate, -500, -100500)
    assert await database.read(conversations.load, -100500, 1003) == ("a:b", DRAFT)
    assert await database.read(conversations.load, -500, 1003) == (None, {})


async def test_another_ones_draft_is_not_taken_for_ones_own(database: Database) -> None:
    """Somebody with access to the database copied it: its reader begins anew and goes on."""
    await database.write(conversations.save, 1003, 1003, "a:b", DRAFT, NOW)
    await database.write(conversations.save, 1004, 1004, "c:d", {}, NOW)
    taken = select(table.c.data).where(table.c.chat_id == 1003).scalar_subquery()
    change = update(table).where(table.c.chat_id == 1004).values(data=taken)
    await database.write(lambda tx: tx.execute(change))
    assert await database.read(conversations.load, 1004, 1004) == (None, {})
