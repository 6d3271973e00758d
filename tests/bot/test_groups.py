"""Groups: one that moves, one that throws the bot out, one that lets it in again."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from storage import chats, conversations
from storage.tables import chats as chat_table
from storage.tables import outbox as outbox_table
from tests.bot.doubles import until
from tests.bot.post import SENT, WORD, Post, at_the_post, failed
from tests.conftest import NOW
from tests.handlers.conftest import Stage

GROUP = -500

pytestmark = pytest.mark.usefixtures("words")


async def put(post: Post, text: str, chat_id: int = GROUP) -> None:
    """Queue a message to a group."""

    def queue(tx: Connection, now: datetime) -> None:
        values = {"key": text, "kind": WORD, "chat_id": chat_id, "params": {"text": text}}
        moments = {"priority": 1, "not_before": now, "created_at": now, "state": "waiting"}
        tx.execute(insert(outbox_table).values(**values, **moments))

    await post.database.write(queue, post.clock.now())


async def known(stage: Stage) -> dict[int, tuple[str, bool, str | None]]:
    """Group → title, reachable, why not."""
    query = select(chat_table)
    return await stage.database.read(
        lambda tx: {
            row.chat_id: (row.title, row.reachable, row.unreachable_reason)
            for row in tx.execute(query)
        }
    )


async def knows(stage: Stage, chat_id: int, what: tuple[str, bool, str | None]) -> None:
    async def holds() -> bool:
        return (await known(stage)).get(chat_id) == what

    await until(holds, f"{chat_id}: {what}, {await known(stage)}")


async def group(stage: Stage, *, bot_is_member: bool = True) -> Any:
    stage.telegram.add_group(
        id=GROUP, title="Сарыағаш", members=[1003], bot_is_member=bot_is_member
    )
    return stage.person(1003).in_chat(GROUP)


async def test_a_group_is_known_from_the_moment_the_bot_is_added(stage: Stage) -> None:
    dauren = await group(stage, bot_is_member=False)
    await dauren._act("add_bot")
    await knows(stage, GROUP, ("Сарыағаш", True, None))
    await dauren._act("remove_bot")
    await knows(stage, GROUP, ("Сарыағаш", False, "removed"))
    await dauren._act("add_bot")
    await knows(stage, GROUP, ("Сарыағаш", True, None))


async def test_a_refusal_makes_a_group_unreachable_and_a_message_brings_it_back(
    stage: Stage,
) -> None:
    dauren = await group(stage)
    await stage.database.write(chats.seen, GROUP, "Сарыағаш", NOW)
    async with at_the_post(stage) as post:
        stage.telegram.hub.world.chats[GROUP].bot_status = "kicked"
        await put(post, "first")
        stage.app.courier.wake()
        await until(lambda: failed(post, "first"), "the refusal")
        await knows(stage, GROUP, ("Сарыағаш", False, "removed"))
        await put(post, "second")
        stage.app.courier.wake()
        assert await post.settled() == {
            "first": ("failed", "removed"),
            "second": ("failed", "unreachable"),
        }
        stage.telegram.hub.world.chats[GROUP].bot_status = "member"
        await dauren.send("/menu")
        await dauren.wait_for("Бұл жеке мәселе")
        await knows(stage, GROUP, ("Сарыағаш", True, None))
        await put(post, "third")
        stage.app.courier.wake()
        assert (await post.settled())["third"] == SENT


async def test_a_group_that_moved_is_followed_on_its_own_word(stage: Stage) -> None:
    dauren = await group(stage)
    await stage.database.write(chats.seen, GROUP, "Сарыағаш", NOW)
    await stage.database.write(conversations.save, GROUP, 1003, "search:text", {"x": 1}, NOW)
    moved = (await dauren._act("upgrade_group"))["chat"]
    await knows(stage, moved, ("Сарыағаш", True, None))
    assert set(await known(stage)) == {moved}
    kept = await stage.database.read(conversations.load, moved, 1003)
    assert kept == ("search:text", {"x": 1})


async def test_a_group_that_moved_unheard_is_followed_on_the_refusal(stage: Stage) -> None:
    await group(stage)
    await stage.database.write(chats.seen, GROUP, "Сарыағаш", NOW)
    world = stage.telegram.hub.world
    moved = -1_001_000_000_500
    world.add_group(moved, "Сарыағаш", [1003], "member")
    world.chats[GROUP].migrated_to = moved
    async with at_the_post(stage) as post:
        await put(post, "first")
        await put(post, "second")
        stage.app.courier.wake()
        assert await post.settled() == {"first": SENT, "second": SENT}
        texts = [m["text"] for m in await stage.person(1003).in_chat(moved).messages()]
        assert texts == ["kk first", "kk second"]
        assert {row["attempts"] for row in (await post.rows()).values()} == {1}
    assert set(await known(stage)) == {moved}
