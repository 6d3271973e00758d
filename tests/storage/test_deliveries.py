import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from storage import broadcasts, deliveries, outbox, people, settlement
from storage.broadcasts.reading import Broadcast
from storage.database import Database
from storage.deliveries import Named, Those
from storage.errors import NotFound
from storage.tables import outbox as outbox_table
from tests.conftest import NOW
from tests.storage import broadcast_world as world
from tests.storage.broadcast_world import Place
from tests.storage.queues import send_due


@pytest.fixture
async def place(database: Database) -> Place:
    return await database.write(world.settle_in)


@pytest.fixture
async def running(database: Database, place: Place) -> Broadcast:
    """Her broadcast to the branch: two copies wait, one person has blocked the bot."""

    def confirm(tx: Connection) -> Broadcast:
        who = world.actor(tx, world.SECRETARY)
        shown = broadcasts.draft(
            tx, who, place.saryagash, broadcasts.Content("Мәтін"), NOW, world.TODAY
        )
        number, total = shown.broadcast.id, shown.audience.total
        return broadcasts.confirm(tx, who, number, 1, total, NOW, world.TODAY)

    return await database.write(confirm)


def progress(tx: Connection, number: int) -> deliveries.Progress:
    return deliveries.progress(tx, world.actor(tx, world.SECRETARY), number)


def numbers(seen: deliveries.Progress) -> tuple[int, int, int, int, int]:
    return seen.sent, seen.waiting, seen.failed, seen.uncertain, seen.read


async def test_totals_add_up_before_and_after(database: Database, running: Broadcast) -> None:
    before = await database.read(progress, running.id)
    assert numbers(before) == (0, 2, 1, 0, 0)
    await database.write(world.send_all, message_id=5)
    after = await database.read(progress, running.id)
    assert numbers(after) == (2, 0, 1, 0, 0)
    assert after.reasons == {"blocked": 1}
    assert before.total == after.total == 3


async def test_finished_only_when_nothing_waits_and_the_author_is_told_once(
    database: Database, running: Broadcast
) -> None:
    def send_one(tx: Connection) -> str:
        (one,) = send_due(tx, NOW, 1)
        settlement.settle(tx, one, "sent", NOW)
        return one.kind

    assert await database.write(send_one) == "broadcast_copy"
    assert (await database.read(progress, running.id)).broadcast.state == "running"
    assert await database.write(send_one) == "broadcast_copy"
    assert (await database.read(progress, running.id)).broadcast.state == "finished"
    assert not await database.write(broadcasts.finish_if_done, running.id, NOW)
    (notice,) = await database.write(world.send_all)
    assert (notice.kind, notice.chat_id) == ("broadcast_result", world.SECRETARY)


async def test_last_two_copies_settled_at_once_still_finish(
    database: Database, running: Broadcast
) -> None:
    sending = await database.write(send_due, NOW, 10)
    await asyncio.gather(*(database.write(settlement.settle, one, "sent", NOW) for one in sending))
    assert (await database.read(progress, running.id)).broadcast.state == "finished"


async def test_crash_while_sending_is_uncertain_not_sent_again(
    database: Database, running: Broadcast
) -> None:
    await database.write(send_due, NOW, 10)
    left = await database.read(outbox.left_over, set())
    assert not any(settlement.repeatable(one.kind) for one in left)

    def settle_left(tx: Connection) -> None:
        for one in left:
            settlement.settle(tx, one, "uncertain", NOW, reason="crash")

    await database.write(settle_left)
    seen = await database.read(progress, running.id)
    assert numbers(seen) == (0, 0, 1, 2, 0)
    assert seen.broadcast.state == "finished"


async def test_who_blocks_meanwhile_is_counted_with_the_reason_and_marked(
    database: Database, running: Broadcast
) -> None:
    await database.write(world.send_all, state="failed", reason="blocked")
    seen = await database.read(progress, running.id)
    assert seen.reasons == {"blocked": 3}

    def can(tx: Connection) -> bool:
        return people.get(tx, world.actor(tx, world.ELDER).person_id).reachable

    assert not await database.read(can)


async def test_other_failures_leave_the_person_reachable(
    database: Database, running: Broadcast
) -> None:
    await database.write(world.send_all, state="failed", reason="refused")

    def can(tx: Connection) -> bool:
        return people.get(tx, world.actor(tx, world.ELDER).person_id).reachable

    assert await database.read(can)


async def test_read_counts_once_and_by_its_first_moment(
    database: Database, running: Broadcast
) -> None:
    await database.write(world.send_all)

    def tap(tx: Connection, minutes: int) -> deliveries.Copy:
        who = world.actor(tx, world.ELDER)
        return deliveries.acknowledge(tx, who, running.id, NOW + timedelta(minutes=minutes))

    first = await database.write(tap, 1)
    second = await database.write(tap, 9)
    assert first.read_at == second.read_at == NOW + timedelta(minutes=1)
    assert (await database.read(progress, running.id)).read == 1


async def test_only_a_recipient_confirms(database: Database, running: Broadcast) -> None:
    await database.write(world.send_all)

    def tap(tx: Connection, telegram_id: int) -> None:
        deliveries.acknowledge(tx, world.actor(tx, telegram_id), running.id, NOW)

    for other in (world.STRANGER, world.SECRETARY, world.GONE):
        with pytest.raises(NotFound):
            await database.write(tap, other)


async def test_who_confirms_has_it_even_if_the_answer_was_lost(
    database: Database, running: Broadcast
) -> None:
    def tap(tx: Connection, telegram_id: int) -> None:
        deliveries.acknowledge(tx, world.actor(tx, telegram_id), running.id, NOW)

    sending = await database.write(send_due, NOW, 10)
    await database.write(tap, world.DEPUTY)  # before the sending was given up
    for one in sending:
        await database.write(settlement.settle, one, "uncertain", NOW)
    await database.write(tap, world.ELDER)  # and after
    seen = await database.read(progress, running.id)
    assert numbers(seen) == (2, 0, 1, 0, 2)


async def test_names_of_those_who_have_not_read_and_those_not_reached(
    database: Database, running: Broadcast
) -> None:
    await database.write(world.send_all)

    def named(tx: Connection, those: Those) -> list[Named]:
        who = world.actor(tx, world.SECRETARY)
        found = deliveries.named(tx, who, running.id, those, 0, 8)
        assert deliveries.count_named(tx, who, running.id, those) == len(found)
        return found

    unread = await database.read(named, Those.UNREAD)
    assert [person.name for person in unread] == ["Бекзат Оразов", "Виктор Ким"]
    assert await database.read(named, Those.FAILED) == [Named("Дина Әлиева", "failed", "blocked")]
    assert await database.read(named, Those.UNCERTAIN) == []


async def test_foreign_results_stay_closed(database: Database, running: Broadcast) -> None:
    def peek(tx: Connection) -> None:
        deliveries.progress(tx, world.actor(tx, world.STRANGER), running.id)

    def peek_names(tx: Connection) -> None:
        deliveries.named(tx, world.actor(tx, world.STRANGER), running.id, Those.UNREAD, 0, 8)

    for look in (peek, peek_names):
        with pytest.raises(NotFound):
            await database.read(look)


async def test_list_of_mine_newest_first_with_its_numbers(
    database: Database, running: Broadcast, place: Place
) -> None:
    await database.write(world.send_all)

    def another(tx: Connection) -> None:
        who = world.actor(tx, world.SECRETARY)
        broadcasts.draft(tx, who, place.saryagash, broadcasts.Content("Қаралама"), NOW, world.TODAY)

    await database.write(another)

    def mine(tx: Connection, telegram_id: int) -> list[deliveries.Sent]:
        who = world.actor(tx, telegram_id)
        found = deliveries.mine(tx, who, 0, 8)
        assert deliveries.count_mine(tx, who) == len(found)
        return found

    draft, sent = await database.read(mine, world.SECRETARY)
    assert (draft.state, draft.total) == ("draft", 0)
    assert (sent.state, sent.total, sent.sent, sent.read) == ("finished", 3, 2, 0)
    assert await database.read(mine, world.STRANGER) == []


async def test_other_kinds_are_settled_in_the_outbox_alone(
    database: Database, place: Place
) -> None:
    def remind(tx: Connection) -> None:
        who = world.actor(tx, world.ELDER).person_id
        outbox.put(tx, "reminder:1", "roadmap_reminder", who, {}, NOW)

    await database.write(remind)
    (sent,) = await database.write(world.send_all, message_id=77)
    assert settlement.repeatable(sent.kind)
    row = await database.read(lambda tx: tx.execute(select(outbox_table)).mappings().one())
    assert (row["state"], row["message_id"]) == ("sent", 77)


async def test_a_report_is_counted_without_reading_a_row(
    database: Database, running: Broadcast
) -> None:
    if not database.is_sqlite:
        pytest.skip("of so few rows PostgreSQL reads all")

    def plans(tx: Connection) -> list[str]:
        asked: list[tuple[str, tuple[object, ...]]] = []

        def heard(*given: Any) -> None:
            asked.append((given[2], given[3]))

        event.listen(tx, "before_cursor_execute", heard)
        progress(tx, running.id)
        event.remove(tx, "before_cursor_execute", heard)
        [(counting, given)] = [one for one in asked if "GROUP BY deliveries.state" in one[0]]
        rows = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {counting}", given)
        return [str(row[-1]) for row in rows]

    assert "COVERING INDEX ix_deliveries_counted" in (await database.read(plans))[0]
