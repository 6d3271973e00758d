"""After a restore nothing from before goes out by itself, and everything new does."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import broadcasts, inbox, outbox, quarantine, reminders, restoring
from storage.database import Database
from storage.errors import NotAllowed, NotPossible
from storage.rules.access import Actor, Membership, Role
from storage.tables import audit, deliveries
from storage.tables import broadcasts as broadcast_table
from storage.tables import outbox as outbox_table
from storage.tables import reminders as reminder_table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.queues import send_due, waiting

TODAY = date(2026, 11, 24)
OWNER = Actor(1, 1001, "Сейтова Айгүл", memberships=(Membership(Role.OWNER),))
DEPUTY = Actor(3, 1003, "Оразов Дархан", memberships=(Membership(Role.DEPUTY, 2),))
YESTERDAY = NOW - timedelta(days=1)


def overdue_reminder(tx: Connection, due_at: datetime, deadline: date, rung: str = "+7") -> None:
    row = {"subject": "roadmap_item", "subject_id": 1, "person_id": 3, "rung": rung}
    moments = {"deadline": deadline, "due_at": due_at, "state": "planned"}
    tx.execute(insert(reminder_table).values(**row, **moments))


def backup_of_yesterday(tx: Connection) -> None:
    """What stood in the backup: a message, one on its way, an update, a reminder."""
    world.people_it(tx)
    outbox.put(tx, "waited", "access_decided", 5, {}, YESTERDAY)
    outbox.put(tx, "on its way", "access_decided", 5, {}, YESTERDAY)
    on_its_way = outbox_table.c.key == "on its way"
    tx.execute(update(outbox_table).where(on_its_way).values(state="sending", attempts=1))
    inbox.keep(tx, [(1005, {"update_id": 7})], YESTERDAY)
    overdue_reminder(tx, YESTERDAY, date(2026, 11, 16))


async def given(database: Database) -> None:
    await database.write(backup_of_yesterday)
    await database.write(restoring.mark, NOW, TODAY)


async def keys(database: Database, **where: Any) -> set[str]:
    query = select(outbox_table.c.key).filter_by(**where)
    return set(await database.read(lambda tx: list(tx.execute(query).scalars())))


async def test_only_the_owners_question_goes_out(database: Database) -> None:
    await given(database)
    assert await database.read(restoring.held) == NOW
    claimed = await database.write(send_due, NOW + timedelta(hours=1), 20)
    assert [(one.kind, one.person_id) for one in claimed] == [("restored", 1)]
    assert await database.write(reminders.tick, NOW + timedelta(hours=1), ZONE) == 0
    found = await database.read(restoring.waiting)
    assert found == restoring.Held(NOW, messages=2, reminders=1)
    # What waited to be handled would answer people about yesterday.
    assert await database.write(waiting) == []
    [aside] = await database.read(quarantine.listed, OWNER, 0, 8)
    assert (aside.update_id, aside.error) == (7, "restored")


async def test_what_comes_later_goes_out_meanwhile(database: Database) -> None:
    await given(database)
    later = NOW + timedelta(hours=1)
    await database.write(outbox.put, "new", "access_decided", 5, {}, later)
    await database.write(overdue_reminder, NOW + timedelta(minutes=30), date(2026, 11, 17), "+7")
    claimed = await database.write(send_due, later, 20)
    assert {one.kind for one in claimed} == {"restored", "access_decided"}
    assert len(claimed) == 2
    assert await database.write(reminders.tick, later, ZONE) == 1


async def test_the_owner_lets_it_go_out(database: Database) -> None:
    await given(database)
    await database.write(restoring.confirm, OWNER, NOW, ZONE, send=True)
    assert await database.read(restoring.held) is None
    assert await database.write(reminders.tick, NOW, ZONE) == 1
    await database.write(send_due, NOW + timedelta(days=1), 20)
    assert len(await keys(database, state="sending")) == 4
    with pytest.raises(NotPossible):
        await database.write(restoring.confirm, OWNER, NOW, ZONE, send=False)


async def test_the_owner_drops_it_and_next_week_is_still_reminded_of(database: Database) -> None:
    await given(database)
    await database.write(restoring.confirm, OWNER, NOW, ZONE, send=False)
    assert await keys(database, reason="dropped_after_restore") == {"waited", "on its way"}
    assert await database.write(reminders.tick, NOW, ZONE) == 0
    rungs = select(reminder_table.c.rung, reminder_table.c.state).order_by(reminder_table.c.id)
    assert await database.read(lambda tx: [tuple(row) for row in tx.execute(rungs)]) == [
        ("+7", "expired"),
        ("+14", "planned"),
    ]
    codes = select(audit.c.action)
    said = await database.read(lambda tx: list(tx.execute(codes).scalars()))
    assert {"database.restore", "database.restore_confirm"} <= set(said)


async def test_copies_of_a_broadcast_that_are_dropped_end_it(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.people_it(tx)
        row = {"author_id": 2, "branch_id": 2, "text": "x", "state": "running"}
        tx.execute(insert(broadcast_table).values(id=1, created_at=YESTERDAY, **row))
        for person_id in (3, 5):
            copy = {"broadcast_id": 1, "person_id": person_id, "state": "waiting"}
            tx.execute(insert(deliveries).values(**copy))
            params = {"broadcast_id": 1}
            outbox.put(tx, f"c{person_id}", broadcasts.COPY, person_id, params, YESTERDAY)

    await database.write(build)
    await database.write(restoring.mark, NOW, TODAY)
    await database.write(restoring.confirm, OWNER, NOW, ZONE, send=False)
    ended = select(broadcast_table.c.state)
    assert await database.read(lambda tx: tx.execute(ended).scalar_one()) == "finished"
    reasons = select(deliveries.c.state, deliveries.c.reason).distinct()
    assert await database.read(lambda tx: [tuple(row) for row in tx.execute(reasons)]) == [
        ("failed", "dropped_after_restore")
    ]


async def test_only_an_administrator_decides(database: Database) -> None:
    await given(database)
    with pytest.raises(NotAllowed):
        await database.write(restoring.confirm, DEPUTY, NOW, ZONE, send=True)
    assert await database.read(restoring.held) == NOW
