"""At its moment, paused, stopped: nobody gets it twice, and nobody is forgotten."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from storage import broadcasts, facts, outbox, settlement
from storage import deliveries as deliveries_of
from storage.broadcasts import Content, approving, recalling, steering, timing
from storage.broadcasts.reading import Broadcast, find
from storage.database import Database
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.outbox import Priority
from storage.rules.access import Role
from storage.tables import deliveries, memberships
from storage.tables import outbox as outbox_table
from tests.conftest import NOW, ZONE
from tests.storage import broadcast_world as world

LATER = NOW + timedelta(hours=2)


def drafted(tx: Connection) -> Broadcast:
    place = world.settle_in(tx)
    who = world.actor(tx, world.SECRETARY)
    shown = broadcasts.draft(tx, who, place.saryagash, Content("Мәтін"), NOW, world.TODAY)
    return shown.broadcast


def timed(tx: Connection, at: datetime = LATER) -> Broadcast:
    of = drafted(tx)
    who = world.actor(tx, world.SECRETARY)
    timing.schedule(tx, who, of.id, of.version, at, NOW, world.TODAY)
    return broadcasts.confirm(tx, who, of.id, of.version + 1, 3, NOW, world.TODAY)


def running(tx: Connection) -> Broadcast:
    of = drafted(tx)
    who = world.actor(tx, world.SECRETARY)
    return broadcasts.confirm(tx, who, of.id, of.version, 3, NOW, world.TODAY)


def due(tx: Connection, now: datetime) -> list[str]:
    return [one.kind for one in outbox.due(tx, Priority.BROADCAST, now, set(), 100)]


def state_of(tx: Connection, number: int) -> str:
    found = find(tx, number)
    assert found is not None
    return found.state


async def test_it_goes_at_its_moment_and_not_before(database: Database) -> None:
    of = await database.write(timed)
    assert of.state == "scheduled"
    assert await database.write(timing.tick, LATER - timedelta(seconds=1), ZONE) == 0
    assert await database.read(due, LATER) == []
    assert await database.write(timing.tick, LATER, ZONE) == 1
    assert await database.read(due, LATER) == ["broadcast_copy"] * 2
    assert await database.write(timing.tick, LATER, ZONE) == 0, "a second tick finds nothing"


async def test_who_joins_meanwhile_gets_it(database: Database) -> None:
    of = await database.write(timed)
    branch = of.branch_id
    await database.write(lambda tx: world.person(tx, 40, "Жаңа", "kk", [(Role.MEMBER, branch)]))
    await database.write(timing.tick, LATER, ZONE)
    assert await database.read(due, LATER) == ["broadcast_copy"] * 3


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=370)])
async def test_neither_the_past_nor_the_far_future(database: Database, at: datetime) -> None:
    of = await database.write(drafted)
    who = await database.read(world.actor, world.SECRETARY)
    with pytest.raises(NotPossible):
        await database.write(timing.schedule, who, of.id, 1, at, NOW, world.TODAY)


async def test_after_a_long_standstill_it_is_a_draft_again(database: Database) -> None:
    of = await database.write(timed)
    late = LATER + timing.EXPIRES + timedelta(minutes=1)
    await database.write(timing.tick, late, ZONE)
    assert await database.read(state_of, of.id) == "draft"
    sent = await database.write(world.send_all)
    assert [(one.kind, one.params.get("why")) for one in sent] == []
    told = select(outbox_table.c.params).where(outbox_table.c.kind == timing.NOT_SENT)
    (params,) = await database.read(lambda tx: tx.execute(told).scalars().all())
    assert params["why"] == "expired"


async def test_an_author_without_the_role_sends_nothing(database: Database) -> None:
    of = await database.write(timed)
    await database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == of.author_id)
            .values(role=Role.MEMBER)
        )
    )
    await database.write(timing.tick, LATER, ZONE)
    assert await database.read(state_of, of.id) == "draft"
    assert await database.read(due, LATER) == []


async def test_what_was_due_before_a_restore_waits_for_the_owner(database: Database) -> None:
    of = await database.write(timed)
    await database.write(facts.remember, facts.RESTORED_AT, LATER + timedelta(hours=1))
    assert await database.write(timing.tick, LATER + timedelta(hours=2), ZONE) == 0
    assert await database.read(state_of, of.id) == "scheduled"


async def test_taken_back_it_does_not_go(database: Database) -> None:
    of = await database.write(timed)
    who = await database.read(world.actor, world.SECRETARY)
    await database.write(approving.take_back, who, of.id, of.version, NOW)
    assert await database.write(timing.tick, LATER, ZONE) == 0
    assert await database.read(state_of, of.id) == "draft"


async def test_paused_nothing_is_due_and_resumed_all_of_it_is(database: Database) -> None:
    of = await database.write(running)
    who = await database.read(world.actor, world.SECRETARY)
    await database.write(steering.pause, who, of.id, NOW)
    assert await database.read(due, LATER) == []
    with pytest.raises(AlreadyChanged):
        await database.write(steering.pause, who, of.id, NOW)
    await database.write(steering.resume, who, of.id, NOW)
    assert await database.read(due, LATER) == ["broadcast_copy"] * 2
    stranger = await database.read(world.actor, world.STRANGER)
    for act in (steering.pause, steering.resume, steering.stop):
        with pytest.raises(NotFound):
            await database.write(act, stranger, of.id, NOW)


async def test_what_came_back_from_the_wire_stays_paused(database: Database) -> None:
    of = await database.write(running)
    who = await database.read(world.actor, world.SECRETARY)

    def given_back(tx: Connection) -> None:
        first = outbox.due(tx, Priority.BROADCAST, NOW, set(), 1)
        (taken,) = outbox.take(tx, [one.id for one in first])
        steering.pause(tx, who, of.id, NOW)
        outbox.give_back(tx, taken.id)

    await database.write(given_back)
    await database.write(timing.tick, NOW, ZONE)
    assert await database.read(due, LATER) == []


async def test_stopped_it_goes_to_nobody_else_and_what_is_on_the_wire_is_counted(
    database: Database,
) -> None:
    of = await database.write(running)
    who = await database.read(world.actor, world.SECRETARY)

    def one_on_the_wire(tx: Connection) -> outbox.Outgoing:
        first = outbox.due(tx, Priority.BROADCAST, NOW, set(), 1)
        (taken,) = outbox.take(tx, [one.id for one in first])
        return taken

    taken = await database.write(one_on_the_wire)
    assert (await database.write(steering.stop, who, of.id, NOW)).state == "stopped"
    await database.write(settlement.settle, taken, "sent", NOW)
    rows = select(deliveries.c.state, deliveries.c.reason).order_by(deliveries.c.state)
    found = await database.read(lambda tx: [tuple(row) for row in tx.execute(rows)])
    assert sorted(found, key=str) == [("failed", "blocked"), ("failed", "stopped"), ("sent", None)]
    with pytest.raises(AlreadyChanged):
        await database.write(steering.resume, who, of.id, NOW)


async def test_a_run_of_faults_pauses_it_and_the_author_learns_why(database: Database) -> None:
    def begun(tx: Connection) -> Broadcast:
        of = drafted(tx)
        world.crowd(tx, of.branch_id or 0, 40)
        who = world.actor(tx, world.SECRETARY)
        return broadcasts.confirm(tx, who, of.id, of.version, 43, NOW, world.TODAY)

    of = await database.write(begun)

    def refused(tx: Connection, number: int, state: str) -> None:
        first = outbox.due(tx, Priority.BROADCAST, NOW, set(), number)
        for taken in outbox.take(tx, [one.id for one in first]):
            reason = "refused" if state == "failed" else None
            settlement.settle(tx, taken, state, NOW, reason=reason)

    await database.write(refused, steering.RUN - 1, "failed")
    await database.write(refused, 1, "sent")  # not in a row
    await database.write(refused, 1, "failed")
    assert await database.read(state_of, of.id) == "running"
    await database.write(refused, steering.RUN - 1, "failed")
    assert await database.read(state_of, of.id) == "paused"
    kinds = select(outbox_table.c.kind).where(outbox_table.c.kind == steering.PAUSED)
    assert len(await database.read(lambda tx: tx.execute(kinds).all())) == 1
    assert await database.read(due, LATER) == []


async def test_a_recall_reaches_whom_it_says_and_nobody_else(database: Database) -> None:
    of = await database.write(running)
    await database.write(world.send_all, message_id=5)
    who = await database.read(world.actor, world.SECRETARY)
    stranger = await database.read(world.actor, world.STRANGER)
    with pytest.raises(NotFound):
        await database.write(recalling.recall, stranger, of.id, 2, NOW)
    late = NOW + timedelta(hours=48)
    assert await database.read(recalling.reach, who, of.id, late) == recalling.Reach(0, 2)
    with pytest.raises(AlreadyChanged):
        await database.write(recalling.recall, who, of.id, 3, NOW)
    await database.write(recalling.recall, who, of.id, 2, NOW)
    assert await database.read(due, LATER) == ["broadcast_recall"] * 2
    with pytest.raises(NotPossible, match="state"):
        await database.write(recalling.recall, who, of.id, 2, NOW)
    elder = await database.read(world.actor, world.ELDER)
    with pytest.raises(NotFound):
        await database.read(deliveries_of.copy_of, elder.person_id, of.id)
