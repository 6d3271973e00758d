"""The outbox on both engines: queued once, most urgent first, each to its final state."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import broadcasts, outbox, people, settlement
from storage.database import Database
from storage.outbox import Message, Outgoing, Priority
from storage.tables import outbox as table
from tests import world
from tests.conftest import NOW
from tests.storage.queues import send_due

DARKHAN, RUSLAN, KIND = 3, 4, "request_receipt"
SOON = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
async def branch(database: Database) -> None:
    await database.write(world.people_it)


async def put(database: Database, key: str, person_id: int = DARKHAN, **options: Any) -> None:
    await database.write(outbox.put, key, KIND, person_id, {"key": key}, NOW, **options)


async def claimed(database: Database, limit: int = 20, at: Any = NOW) -> list[Outgoing]:
    return await database.write(send_due, at, limit)


def keys(outgoing: list[Outgoing]) -> list[str]:
    return [one.params["key"] for one in outgoing]


async def row(database: Database, key: str) -> Any:
    query = select(table).where(table.c.key == key)
    return await database.read(lambda tx: tx.execute(query).one())


async def test_a_key_is_queued_once_for_ever(database: Database) -> None:
    await put(database, "a")
    await put(database, "a", RUSLAN)
    [sending] = await claimed(database)
    assert sending.person_id == DARKHAN
    await database.write(outbox.finish, sending.id, "sent", NOW, message_id=7)
    await put(database, "a")
    assert await claimed(database) == []


async def test_several_are_queued_together_passing_over_those_that_are(
    database: Database,
) -> None:
    await put(database, "b")
    messages = [Message(key, KIND, DARKHAN, {"key": key}) for key in ("a", "b", "c", "c")]
    await database.write(outbox.put_all, messages, NOW, priority=Priority.NOTICE)
    await database.write(outbox.put_all, [], NOW)
    assert sorted(keys(await claimed(database))) == ["a", "b", "c"]


async def test_the_most_urgent_go_first_then_the_oldest(database: Database) -> None:
    await put(database, "broadcast", priority=Priority.BROADCAST)
    await put(database, "reminder", priority=Priority.REMINDER)
    await put(database, "late notice", priority=Priority.NOTICE)
    early = NOW - timedelta(hours=1)
    await put(database, "notice", priority=Priority.NOTICE, not_before=early)
    await put(database, "answer")
    await put(database, "second answer")
    assert keys(await claimed(database, 4)) == ["answer", "second answer", "notice", "late notice"]
    assert keys(await claimed(database, 4)) == ["reminder", "broadcast"]
    assert await claimed(database, 4) == []


async def test_nothing_goes_before_its_time(database: Database) -> None:
    await put(database, "later", not_before=SOON)
    assert await claimed(database) == []
    assert await database.read(outbox.next_due) == SOON
    assert keys(await claimed(database, at=SOON)) == ["later"]
    assert await database.read(outbox.next_due) is None


async def test_what_is_claimed_knows_its_recipient_of_now(database: Database) -> None:
    await put(database, "a")
    await database.write(people.set_language, DARKHAN, "ru")
    await database.write(people.set_reachable, 1003, "blocked")
    [sending] = await claimed(database)
    assert (sending.chat_id, sending.language, sending.reachable) == (1003, "ru", False)
    assert (sending.kind, sending.attempts, sending.priority) == (KIND, 1, Priority.ANSWER)


async def test_a_postponed_try_does_not_count_and_a_repeated_one_does(database: Database) -> None:
    await put(database, "a")
    [sending] = await claimed(database)
    await database.write(outbox.give_back, sending.id, SOON)
    [sending] = await claimed(database, at=SOON)
    assert sending.attempts == 1
    await database.write(outbox.retry, sending.id, SOON)
    [sending] = await claimed(database, at=SOON)
    assert sending.attempts == 2


@pytest.mark.parametrize(
    ("state", "reason", "message_id"),
    [("sent", None, 77), ("failed", "blocked", None), ("uncertain", "interrupted", None)],
)
async def test_final_states_are_final(
    database: Database, state: str, reason: str | None, message_id: int | None
) -> None:
    await put(database, "a")
    [sending] = await claimed(database)
    assert [one.id for one in await database.read(outbox.left_over, set())] == [sending.id]
    await database.write(
        outbox.finish, sending.id, state, SOON, reason=reason, message_id=message_id
    )
    kept = await row(database, "a")
    assert (kept.state, kept.reason, kept.message_id, kept.sent_at) == (
        state,
        reason,
        message_id,
        SOON,
    )
    assert await claimed(database, at=SOON) == []
    assert await database.read(outbox.left_over, set()) == []


async def test_claims_at_once_share_nothing(database: Database) -> None:
    for number in range(12):
        await put(database, f"{number:02}")
    batches = await asyncio.gather(*(claimed(database, 5) for _ in range(4)))
    taken = [key for batch in batches for key in keys(batch)]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize(
    ("reason", "reachable"),
    [
        ("blocked", False),
        ("never_started", False),
        ("deactivated", False),
        ("refused", True),
        ("unreachable", True),
        (None, True),
    ],
)
async def test_some_failures_mean_that_the_person_cannot_be_reached(
    database: Database,
    reason: str | None,
    reachable: bool,
) -> None:
    await put(database, "a")
    [sending] = await claimed(database)
    await database.write(settlement.settle, sending, "failed", NOW, reason=reason)
    assert (await database.read(people.get, DARKHAN)).reachable is reachable
    assert (await database.read(people.get, RUSLAN)).reachable


def test_only_a_broadcast_must_not_come_twice() -> None:
    assert settlement.repeatable(KIND)
    assert not settlement.repeatable(broadcasts.COPY)
    assert not settlement.repeatable("kind_of_an_older_program")
