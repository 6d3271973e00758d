"""The outbox on both engines: queued once, most urgent first, each to its final state."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import (
    alarms,
    broadcasts,
    chats,
    conversations,
    inbox,
    outbox,
    people,
    settlement,
)
from storage.database import Database
from storage.kinds import KINDS, Kind
from storage.outbox import Message, Outgoing, Priority
from storage.tables import broadcasts as broadcast_table
from storage.tables import chats as chat_table
from storage.tables import outbox as table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.queues import send_due, waiting

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
        ("removed", False),
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


# -- what goes first -------------------------------------------------------------------------


async def copies(database: Database, stream: int, number: int) -> None:
    """Copies of the broadcast ``stream``."""

    def build(tx: Connection) -> None:
        rows = [
            {
                "key": f"{stream}:{n:03}",
                "kind": broadcasts.COPY,
                "person_id": DARKHAN,
                "params": {"key": f"{stream}:{n:03}"},
                "priority": Priority.BROADCAST,
                "stream": stream,
                "not_before": NOW,
                "state": "waiting",
                "created_at": NOW,
            }
            for n in range(number)
        ]
        tx.execute(insert(table), rows)

    await database.write(build)


async def due(
    database: Database, priority: Priority, limit: int = 20, known: frozenset[int] = frozenset()
) -> list[str]:
    found = await database.read(outbox.due, priority, NOW, set(known), limit)
    names = await database.read(lambda tx: dict(tx.execute(select(table.c.id, table.c.key)).all()))
    return [names[one.id] for one in found]


async def test_two_broadcasts_take_turns_whichever_is_longer(database: Database) -> None:
    await copies(database, 1, 500)
    await copies(database, 2, 3)
    assert await due(database, Priority.BROADCAST, 8) == [
        "1:000",
        "2:000",
        "1:001",
        "2:001",
        "1:002",
        "2:002",
        "1:003",
        "1:004",
    ]


async def test_each_priority_is_a_queue_of_its_own(database: Database) -> None:
    await copies(database, 1, 2)
    await put(database, "reminder", priority=Priority.REMINDER)
    await put(database, "notice", priority=Priority.NOTICE)
    await put(database, "answer")
    assert await due(database, Priority.ANSWER) == ["answer"]
    assert await due(database, Priority.NOTICE) == ["notice"]
    assert await due(database, Priority.REMINDER) == ["reminder"]
    assert await due(database, Priority.BROADCAST) == ["1:000", "1:001"]
    assert await due(database, Priority.BROADCAST, 1) == ["1:000"]


async def test_what_is_known_already_is_not_seen_again(database: Database) -> None:
    await put(database, "a")
    await put(database, "b")
    [first, _] = await database.read(outbox.due, Priority.ANSWER, NOW, set(), 9)
    assert await due(database, Priority.ANSWER, known=frozenset({first.id})) == ["b"]
    assert (first.chat_id, first.kind) == (1003, KIND)


async def test_what_waits_no_longer_is_passed_over(database: Database) -> None:
    for key in ("a", "b", "c", "d"):
        await put(database, key)
    seen = await database.read(outbox.due, Priority.ANSWER, NOW, set(), 9)
    ids = [one.id for one in seen]
    await database.write(outbox.finish, ids[1], "failed", NOW, reason="dropped_after_restore")
    await database.write(outbox.take, [ids[2]])
    taken = await database.write(outbox.take, [ids[3], *ids[:3], 999_999])
    assert keys(taken) == ["d", "a"], "in the order asked for"
    assert await database.write(outbox.take, []) == []


async def test_what_is_put_off_counts_no_try(database: Database) -> None:
    await put(database, "a")
    await put(database, "b")
    [sending] = await claimed(database, 1)
    waiting = await database.read(outbox.due, Priority.ANSWER, NOW, set(), 9)
    await database.write(outbox.postpone, [sending.id, *(one.id for one in waiting)], SOON)
    assert await claimed(database) == []
    assert (await row(database, "a")).state == "sending", "it is on the wire"
    [later] = await claimed(database, at=SOON)
    assert (later.params, later.attempts) == ({"key": "b"}, 1)


# -- flood -------------------------------------------------------------------------------------


async def flood(database: Database, key: str, seconds: int, kind: str = KIND) -> None:
    sending = next(one for one in await claimed(database) if one.params["key"] == key)
    until = NOW + timedelta(seconds=seconds)
    await database.write(settlement.flooded, sending, until, NOW, ZONE)


async def told_of_delay(database: Database) -> list[int | None]:
    query = select(table.c.person_id).where(table.c.kind == "delivery_delayed")
    return await database.read(lambda tx: list(tx.execute(query).scalars()))


async def test_the_wait_is_kept_in_the_row_and_for_all_bulk(database: Database) -> None:
    await put(database, "a")
    await flood(database, "a", 37)
    kept = await row(database, "a")
    assert (kept.state, kept.attempts) == ("waiting", 0), "it costs no try"
    assert kept.not_before == NOW + timedelta(seconds=37)
    assert await database.read(settlement.bulk_held_until) == kept.not_before
    assert await told_of_delay(database) == []


async def test_a_short_wait_does_not_end_a_long_one(database: Database) -> None:
    await put(database, "a")
    await flood(database, "a", 600)
    await put(database, "b")
    await flood(database, "b", 3)
    assert await database.read(settlement.bulk_held_until) == NOW + timedelta(seconds=600)


async def test_more_than_an_hour_is_told_to_the_owners_once_a_hold(database: Database) -> None:
    for key, seconds in (("a", 3600), ("b", 3601), ("c", 7000)):
        await put(database, key)
        await flood(database, key, seconds)
    assert await told_of_delay(database) == [1], "the owner, and once"


async def test_a_broadcast_that_is_held_up_is_told_to_its_author(database: Database) -> None:
    def build(tx: Connection) -> None:
        told = {"author_id": 2, "branch_id": 2, "text": "x", "state": "running"}
        tx.execute(insert(broadcast_table).values(id=1, created_at=NOW, **told))
        params = {"key": "copy", "broadcast_id": 1}
        outbox.put(tx, "copy", broadcasts.COPY, DARKHAN, params, NOW)

    await database.write(build)
    await flood(database, "copy", 10_000)
    assert await told_of_delay(database) == [2]


# -- groups ------------------------------------------------------------------------------------


GROUP, SUPERGROUP = -500, -1_001_000_000_500


async def to_group(database: Database, key: str) -> None:
    """A message to the group."""
    values = {"key": key, "kind": KIND, "chat_id": GROUP, "params": {"key": key}, "priority": 1}
    moments = {"not_before": NOW, "created_at": NOW, "state": "waiting"}
    await database.write(lambda tx: tx.execute(insert(table).values(**values, **moments)))


async def chat(database: Database, chat_id: int) -> Any:
    query = select(chat_table).where(chat_table.c.chat_id == chat_id)
    return await database.read(lambda tx: tx.execute(query).one_or_none())


async def test_a_group_is_written_to_like_a_person(database: Database) -> None:
    await database.write(chats.seen, GROUP, "Сарыағаш", NOW)
    await to_group(database, "a")
    [sending] = await claimed(database)
    assert (sending.chat_id, sending.person_id, sending.language) == (GROUP, None, None)
    assert sending.reachable
    await database.write(settlement.settle, sending, "failed", NOW, reason="removed")
    kept = await chat(database, GROUP)
    assert (kept.reachable, kept.unreachable_reason) == (False, "removed")
    await to_group(database, "b")
    [sending] = await claimed(database)
    assert not sending.reachable
    await database.write(chats.seen, GROUP, "Сарыағаш", NOW)
    assert await database.read(chats.reachable, GROUP)


async def test_a_group_that_moved_has_its_new_id_everywhere(database: Database) -> None:
    def build(tx: Connection) -> None:
        chats.seen(tx, GROUP, "Сарыағаш", NOW)
        conversations.save(tx, GROUP, 1003, "search:text", {"x": 1}, NOW)
        inbox.keep(tx, [(GROUP, {"update_id": 1}), (7, {"update_id": 2})], NOW)

    await database.write(build)
    for key in ("a", "b"):
        await to_group(database, key)
    [first, _] = await claimed(database)
    for _ in range(2):  # Telegram says so twice, and so may an answer of its
        await database.write(settlement.migrated, first, SUPERGROUP)
    assert await chat(database, GROUP) is None
    assert (await chat(database, SUPERGROUP)).title == "Сарыағаш"
    moved = await database.read(conversations.load, SUPERGROUP, 1003)
    assert moved == ("search:text", {"x": 1})
    assert {one.lane for one in await database.write(waiting)} == {SUPERGROUP, 7}
    assert (await row(database, "b")).chat_id == SUPERGROUP, "also what is on the wire"
    [again] = await claimed(database)
    assert (again.chat_id, again.params, again.attempts) == (SUPERGROUP, {"key": "a"}, 1)


async def test_what_was_said_in_the_new_group_first_is_kept_when_the_old_is_unknown(
    database: Database,
) -> None:
    await database.write(chats.seen, SUPERGROUP, "Сарыағаш", NOW)
    await database.write(chats.migrate, GROUP, SUPERGROUP)
    await database.write(chats.migrate, SUPERGROUP, SUPERGROUP)
    assert (await chat(database, SUPERGROUP)).reachable


# -- broken tags -------------------------------------------------------------------------------


async def test_broken_tags_are_told_to_the_owners_once_a_kind_and_day(database: Database) -> None:
    for kind, days in ((KIND, 0), (KIND, 0), ("access_asked", 0), (KIND, 1)):
        moment = NOW + timedelta(days=days)
        await database.write(alarms.text_broken, kind, moment, ZONE)
    query = select(table.c.person_id, table.c.params).where(table.c.kind == "text_broken")
    told = await database.read(lambda tx: [tuple(one) for one in tx.execute(query)])
    assert told == [(1, {"kind": KIND}), (1, {"kind": "access_asked"}), (1, {"kind": KIND})]


async def test_a_personal_kind_is_sealed_and_comes_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, KIND, Kind(KIND, personal=True))
    await put(database, "Асанова")
    kept = (await row(database, "Асанова")).params
    assert isinstance(kept, str)
    assert "Асанова" not in kept
    assert keys(await claimed(database)) == ["Асанова"]
    assert keys(await database.read(outbox.left_over, set())) == ["Асанова"]


async def test_a_message_that_does_not_open_stops_no_other(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parameters that were moved to another message come empty: it fails when it is rendered."""
    monkeypatch.setitem(KINDS, KIND, Kind(KIND, personal=True))
    for key in ("a", "b"):
        await put(database, key)
    moved = (await row(database, "a")).params
    change = update(table).where(table.c.key == "b").values(params=moved)
    await database.write(lambda tx: tx.execute(change))
    assert [one.params for one in await claimed(database)] == [{"key": "a"}, {}]
