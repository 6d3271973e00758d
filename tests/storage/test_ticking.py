"""A tick does what is due, leaves a sign, and tells of a standstill once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import heartbeat, people, ticking
from storage.database import Database
from storage.reminders import is_late
from storage.rules.access import Role
from storage.tables import audit, outbox, reminders
from storage.ticking import Ticked
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world

OWNERS = (1101, 1102)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.fixture(autouse=True)
async def region(database: Database) -> None:
    """The region's people and two owners."""

    def settle(tx: Connection) -> None:
        world.settle(tx, NOW)
        for telegram_id in OWNERS:
            person_id = people.meet(tx, telegram_id, "Иесі", NOW)
            people.join(tx, person_id, Role.OWNER, None, date(2025, 1, 1))

    await database.write(settle)


async def ticks(database: Database, moment: datetime, *, starting: bool = False) -> Ticked:
    return await database.write(ticking.tick, moment, ZONE, starting=starting)


async def said(database: Database, kind: str) -> list[Any]:
    query = select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return await database.read(lambda tx: list(tx.execute(query).mappings()))


async def test_each_tick_leaves_a_sign(database: Database) -> None:
    assert await database.read(heartbeat.last, heartbeat.TICK) is None
    await ticks(database, at(6, 2))
    await ticks(database, at(6, 2, 9, 1))
    assert await database.read(heartbeat.last, heartbeat.TICK) == at(6, 2, 9, 1)


async def test_a_tick_that_fails_leaves_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ticks(database, at(6, 2))

    def broken(*_args: Any) -> int:
        raise RuntimeError("disk full")

    monkeypatch.setattr(ticking, "DAILY", (broken,))
    with pytest.raises(RuntimeError):
        await ticks(database, at(6, 3))
    assert await database.read(heartbeat.last, heartbeat.TICK) == at(6, 2)


async def test_the_daily_work_is_done_once_a_day_after_nine(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[datetime] = []

    def work(_tx: Connection, now: datetime, _zone: object) -> int:
        done.append(now)
        return 1

    monkeypatch.setattr(ticking, "DAILY", (work,))
    moments = [at(6, 1) + timedelta(minutes=20 * i) for i in range(-9, 3 * 72)]
    for moment in moments:
        await ticks(database, moment)
    assert done == [at(6, day) for day in (1, 2, 3)]
    await ticks(database, at(6, 6, 23))  # three days later, at night: at once
    await ticks(database, at(6, 7, 8, 59))
    await ticks(database, at(6, 7, 9))
    assert done[3:] == [at(6, 6, 23), at(6, 7)]


async def test_a_standstill_is_told_to_each_owner_once(database: Database) -> None:
    await database.write(world.item, "4.1", date(2026, 6, 4), at(5, 1))
    await database.write(world.item, "4.2", date(2026, 6, 5), at(5, 1))
    await database.write(world.item, "4.3", date(2026, 6, 30), at(6, 5))
    await ticks(database, at(6, 1))
    await ticks(database, at(6, 4, 12), starting=True)
    rows = await said(database, ticking.DOWN)
    assert len(rows) == 2
    assert rows[0]["params"] == {
        "since": at(6, 1).isoformat(),
        "until": at(6, 4, 12).isoformat(),
        "late": 2,
    }
    # It died again before the first tick was over; nothing is told twice.
    await database.write(heartbeat.beat, heartbeat.TICK, at(6, 1))
    await ticks(database, at(6, 4, 12, 1), starting=True)
    assert len(await said(database, ticking.DOWN)) == 2


@pytest.mark.parametrize(
    ("pause", "starting", "told"),
    [
        (timedelta(minutes=5), True, 0),
        (timedelta(minutes=5, seconds=1), True, 2),
        (timedelta(days=3), False, 0),  # the clock of a running demo was moved
    ],
)
async def test_what_counts_as_a_standstill(
    database: Database, pause: timedelta, starting: bool, told: int
) -> None:
    await ticks(database, at(6, 2), starting=True)
    assert await said(database, ticking.DOWN) == []
    await ticks(database, at(6, 2) + pause, starting=starting)
    assert len(await said(database, ticking.DOWN)) == told


async def test_three_days_over_a_weekend(database: Database) -> None:
    """Friday 19:00 to Monday 23:30: on Tuesday morning one digest a person, what is late marked."""
    for number, (executor, deadline) in enumerate(
        (
            (world.DAUREN, date(2026, 6, 8)),  # Monday: the eve was told on Friday; "0" is late
            (world.DAUREN, date(2026, 6, 11)),  # Thursday: three days before
            (world.DAUREN, date(2026, 6, 1)),  # overdue by a week
            (world.ASEL, date(2026, 6, 15)),  # a week before
            (world.ASEL, date(2026, 7, 20)),  # nothing yet
        )
    ):
        await database.write(world.item, f"4.{number}", deadline, at(5, 29, 12), executor=executor)
    friday = at(6, 5, 19)
    await ticks(database, friday)
    before = len(await said(database, "reminder_digest")) + len(
        await said(database, "roadmap_reminder")
    )
    assert (await ticks(database, at(6, 8, 23, 30), starting=True)).reminders == 0
    morning = at(6, 9, 9)
    assert (await ticks(database, morning)).reminders == 2
    assert (await ticks(database, morning + timedelta(seconds=15))).reminders == 0
    (digest,) = [r for r in await said(database, "reminder_digest") if r["created_at"] == morning]
    (single,) = [r for r in await said(database, "roadmap_reminder") if r["created_at"] == morning]
    assert len(digest["params"]["items"]) == 3
    assert digest["not_before"] == single["not_before"] == morning
    assert before + 2 == len(await said(database, "reminder_digest")) + len(
        await said(database, "roadmap_reminder")
    )
    dues = {one["due_at"] for one in (*digest["params"]["items"], single["params"])}
    assert dues == {"2026-06-08T04:00:00+00:00"}
    assert {row["params"]["late"] for row in await said(database, ticking.DOWN)} == {4}
    left = select(reminders.c.id).where(
        reminders.c.state == "planned", reminders.c.due_at <= morning
    )
    assert await database.read(lambda tx: tx.execute(left).all()) == []


async def test_what_came_due_in_the_midst_of_the_week_is_late(database: Database) -> None:
    """Wednesday noon to Saturday: Thursday's and Friday's come on Monday, marked late."""
    await database.write(
        world.item, "4.1", date(2026, 6, 18), at(6, 1)
    )  # two weeks before: Thursday
    await database.write(world.item, "4.2", date(2026, 6, 19), at(6, 1))  # two weeks before: Friday
    await ticks(database, at(6, 3, 12))
    await ticks(database, at(6, 6, 14), starting=True)
    await ticks(database, at(6, 8))
    (digest,) = await said(database, "reminder_digest")
    assert digest["not_before"] == at(6, 8)
    thursday, friday = (datetime.fromisoformat(i["due_at"]) for i in digest["params"]["items"])
    assert (thursday, friday) == (at(6, 4), at(6, 5))
    assert is_late(thursday, digest["not_before"])
    assert is_late(friday, digest["not_before"])


async def test_a_rung_that_a_later_one_overtook_leaves_a_record(database: Database) -> None:
    await database.write(world.item, "4.1", date(2026, 6, 4), at(6, 1, 8))  # "-3" is this morning
    await ticks(database, at(6, 4, 10))  # "-1" and "0" came too
    states = select(reminders.c.rung, reminders.c.state, reminders.c.id).order_by(reminders.c.id)
    rows = await database.read(lambda tx: tx.execute(states).all())
    assert {row.rung: row.state for row in rows} == {
        "-3": "expired",
        "-1": "expired",
        "0": "queued",
        "+7": "planned",
    }
    records = select(audit).where(audit.c.action == "reminders.expire")
    (record,) = await database.read(lambda tx: tx.execute(records).mappings().all())
    assert record["details"]["reminders"] == [row.id for row in rows[:2]]
    assert record["person_id"] is None
