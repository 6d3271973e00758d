"""The numbers of /status and /metrics: each counts what it says, in six statements at most."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, update

from storage import health, heartbeat, inbox, outbox, people, quarantine, undelivered
from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.rules.access import Actor, Membership, Role
from storage.tables import control_items, meetings, memberships, voter_requests
from storage.tables import outbox as outbox_table
from storage.tables import people as people_table
from tests import world
from tests.conftest import NOW
from tests.storage.queues import send_due, waiting

TODAY = date(2026, 11, 24)
OWNER = Actor(1, 1001, "Сейтова Айгүл", memberships=(Membership(Role.OWNER),))
SECRETARY = Actor(2, 1002, "Жандосова Мөлдір", memberships=(Membership(Role.BRANCH_SECRETARY, 2),))


def hours_ago(number: float) -> datetime:
    return NOW - timedelta(hours=number)


def message(
    tx: Connection, key: str, created: datetime, kind: str = "commands", **values: Any
) -> None:
    outbox.put(tx, key, kind, 5, {}, created)
    if values:
        changed = update(outbox_table).where(outbox_table.c.key == key).values(**values)
        tx.execute(changed)


def update_of(tx: Connection, update_id: int, at: datetime, failures: int = 0) -> None:
    inbox.keep(tx, [(1005, {"update_id": update_id})], at)
    for _ in range(failures):
        inbox.failed(tx, update_id, "KeyError", at)


async def numbers(database: Database) -> health.Health:
    return await database.read(health.read, NOW, TODAY)


async def test_an_empty_database_reads_zero(database: Database) -> None:
    found = await numbers(database)
    assert set(found.should_be_zero.values()) == {0}
    assert found.inbox_waiting == found.outbox_waiting == found.outbox_due == 0
    assert found.inbox_oldest is found.outbox_oldest is found.last_tick is None


async def test_what_waits_and_since_when(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.people_it(tx)
        update_of(tx, 1, hours_ago(3), failures=3)
        update_of(tx, 2, hours_ago(2), failures=1)
        update_of(tx, 3, hours_ago(1))
        message(tx, "due", hours_ago(5))
        message(tx, "being sent", hours_ago(4), state="sending")
        message(tx, "in time", hours_ago(3), not_before=NOW + timedelta(days=1))
        message(tx, "sent", hours_ago(9), state="sent")
        message(tx, "perhaps", hours_ago(9), state="uncertain")
        heartbeat.beat(tx, heartbeat.TICK, hours_ago(1))

    await database.write(build)
    found = await numbers(database)
    assert (found.inbox_waiting, found.inbox_oldest) == (2, hours_ago(2))
    assert (found.outbox_waiting, found.outbox_due) == (3, 2)
    assert found.outbox_oldest == hours_ago(5)
    assert (found.quarantined, found.uncertain) == (1, 1)
    assert found.last_tick == hours_ago(1)


async def test_failures_of_a_week_by_reason_and_which_are_ours(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.people_it(tx)
        ends = [("refused", 1), ("refused", 2), ("blocked", 2), ("void", 2), ("refused", 24 * 8)]
        for n, (why, ago) in enumerate(ends):
            ended = hours_ago(ago)
            message(tx, str(n), ended, state="failed", reason=why, sent_at=ended)

    await database.write(build)
    found = await numbers(database)
    assert found.failed == {"refused": 2, "blocked": 1}
    assert found.failed_in_all == 3
    assert found.should_be_zero["failed"] == 2, "whoever blocks the bot is no fault of ours"


async def test_who_cannot_be_reached_and_what_nobody_answers_for(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.people_it(tx)
        people.meet(tx, 1008, "Қонақ Асан", NOW)
        # The member, and a guest of whom nothing is wanted.
        gone = people_table.c.telegram_id.in_((1005, 1008))
        tx.execute(update(people_table).where(gone).values(reachable=False))
        # The deputy of Saryagash left yesterday.
        left = memberships.c.person_id == 3
        yesterday = TODAY - timedelta(days=1)
        tx.execute(update(memberships).where(left).values(ends_on=yesterday))
        texts = {"direction": "a", "title": "b"}
        both = {f"{name}_{lang}": text for name, text in texts.items() for lang in ("kk", "ru")}
        for number, executor, deadline, state in (
            ("1", 3, yesterday, "planned"),  # nobody answers
            ("2", 3, yesterday, "done"),
            ("3", 3, TODAY, "planned"),
            ("4", 4, yesterday, "planned"),  # its executor is there, and late
        ):
            row = {"number": number, "executor_id": executor, "deadline": deadline, "state": state}
            tx.execute(insert(control_items).values(branch_id=2, **both, **row))
        request = {"branch_id": 2, "year": 2026, "text": "x", "category": "x"}
        for number, deputy, closed in (("САР-1", 3, None), ("САР-2", 3, NOW), ("САР-3", 4, None)):
            row = {"number": number, "deputy_id": deputy, "closed_at": closed, "due_on": yesterday}
            row |= {"state": "registered", "counter": int(number[-1]), "registered_at": NOW}
            tx.execute(insert(voter_requests).values(**request, **row))

    await database.write(build)
    found = await numbers(database)
    assert found.unreachable == 1
    assert found.unanswered == 2
    assert await database.read(undelivered.unreachable, OWNER, TODAY, 0, 8) == ["Төлегенова Сәуле"]
    assert await database.read(undelivered.count_unreachable, OWNER, TODAY) == 1


async def test_a_meeting_that_is_over_wants_its_summary(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.people_it(tx)
        for state, starts_at, summary in (
            ("held", hours_ago(1), None),  # held: a summary is wanted
            ("held", hours_ago(1), "Түйін"),
            ("announced", hours_ago(24 * 4), None),  # nobody said that it was held
            ("announced", hours_ago(4), None),
            ("announced", hours_ago(1), None),  # going on
            ("cancelled", hours_ago(24 * 4), None),
            ("announced", NOW + timedelta(days=1), None),
        ):
            titles = {"title_kk": "Отырыс", "title_ru": "Заседание", "summary_kk": summary}
            where = {"branch_id": 1, "body": "bureau", "kind": "regular"}
            row = {**titles, **where, "state": state, "starts_at": starts_at}
            tx.execute(insert(meetings).values(**row))

    await database.write(build)
    assert (await numbers(database)).without_summary == 3


async def test_it_takes_six_statements_at_most(database: Database) -> None:
    def counted(tx: Connection) -> int:
        said: list[str] = []

        def hear(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            said.append(statement)

        event.listen(tx, "before_cursor_execute", hear)
        health.read(tx, NOW, TODAY)
        event.remove(tx, "before_cursor_execute", hear)
        return len(said)

    assert 0 < await database.read(counted) <= 6


async def test_an_update_that_was_set_aside_is_tried_anew_or_forgotten(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.people_it(tx)
        for update_id in (1, 2):
            update_of(tx, update_id, hours_ago(update_id), failures=3)

    await database.write(build)
    assert [one.update_id for one in await database.read(quarantine.listed, OWNER, 0, 8)] == [2, 1]
    await database.write(quarantine.retry, OWNER, 1, NOW)
    await database.write(quarantine.drop, OWNER, 2, NOW)
    [again] = await database.write(waiting)
    assert (again.update_id, again.attempts) == (1, 0)
    assert await database.read(quarantine.count, OWNER) == 0
    for change in (quarantine.retry, quarantine.drop):
        with pytest.raises(NotFound):
            await database.write(change, OWNER, 2, NOW)
        with pytest.raises(NotAllowed):
            await database.write(change, SECRETARY, 1, NOW)
    with pytest.raises(NotAllowed):
        await database.read(quarantine.listed, SECRETARY, 0, 8)


async def test_only_what_may_come_twice_is_sent_again(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.people_it(tx)
        ends: dict[str, Any] = {
            "state": "uncertain",
            "reason": "interrupted",
            "attempts": 5,
            "sent_at": NOW,
        }
        message(tx, "a", hours_ago(1), "access_decided", **ends)
        message(tx, "b", hours_ago(1), "broadcast_copy", **ends)

    await database.write(build)
    assert await database.write(undelivered.send_again, OWNER, "access_decided", NOW) == 1
    [left] = await database.read(undelivered.by_kind, OWNER, NOW)
    assert (left.kind, left.state, left.number) == ("broadcast_copy", "uncertain", 1)
    [again] = await database.write(send_due, NOW, 9)
    assert (again.kind, again.attempts) == ("access_decided", 1)
    for kind in ("broadcast_copy", "access_decided", "no_such_kind"):
        with pytest.raises(NotPossible):
            await database.write(undelivered.send_again, OWNER, kind, NOW)
    with pytest.raises(NotAllowed):
        await database.write(undelivered.send_again, SECRETARY, "access_decided", NOW)
