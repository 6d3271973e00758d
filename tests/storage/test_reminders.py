"""Reminders: queued when due, once, as one message a person, never at night or on a day off."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.ext.asyncio import create_async_engine

from storage import reminders, roadmap
from storage.database import Database
from storage.roadmap import State, replanning
from storage.tables import calendar_overrides, outbox
from storage.tables import reminders as table
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world

DEADLINE = date(2026, 12, 24)


def at(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def build(*deadlines: date) -> Any:
    def builder(tx: Connection) -> list[int]:
        world.settle(tx, NOW)
        return [world.item(tx, f"1.{i}", day, NOW) for i, day in enumerate(deadlines)]

    return builder


def queued(tx: Connection) -> list[Any]:
    return list(tx.execute(select(outbox).order_by(outbox.c.id)).mappings())


def states(tx: Connection) -> dict[str, str]:
    rows = tx.execute(select(table.c.rung, table.c.state).order_by(table.c.due_at))
    return {row.rung: row.state for row in rows}


async def test_nothing_is_queued_before_it_is_due(database: Database) -> None:
    await database.write(build(DEADLINE))
    assert await database.read(reminders.next_due) == at(12, 10)
    assert await database.write(reminders.tick, at(12, 10) - timedelta(seconds=1), ZONE) == 0
    assert await database.write(reminders.tick, at(12, 10), ZONE) == 1
    assert await database.read(reminders.next_due) == at(12, 17)


async def test_one_item_comes_as_a_reminder_of_it(database: Database) -> None:
    (item_id,) = await database.write(build(DEADLINE))
    await database.write(reminders.tick, at(12, 10, 9, 5), ZONE)
    (row,) = await database.read(queued)
    assert (row["kind"], row["priority"]) == ("roadmap_reminder", 2)
    assert row["params"] == {
        "subject": "roadmap_item",
        "item_id": item_id,
        "deadline": "2026-12-24",
        "due_at": "2026-12-10T04:00:00+00:00",
    }
    assert row["not_before"] == at(12, 10, 9, 5)


async def test_several_items_come_as_one_message(database: Database) -> None:
    ids = await database.write(build(DEADLINE, date(2026, 12, 17), date(2026, 12, 11)))
    assert await database.write(reminders.tick, at(12, 10), ZONE) == 1
    (row,) = await database.read(queued)
    assert row["kind"] == "reminder_digest"
    # Most urgent first: tomorrow, in a week, in two weeks.
    assert [one["item_id"] for one in row["params"]["items"]] == ids[::-1]


async def test_a_second_tick_finds_nothing(database: Database) -> None:
    await database.write(build(DEADLINE))
    await database.write(reminders.tick, at(12, 10), ZONE)
    assert await database.write(reminders.tick, at(12, 10), ZONE) == 0
    assert len(await database.read(queued)) == 1


async def test_two_processes_tick_at_once(database: Database, database_url: str) -> None:
    await database.write(build(*(DEADLINE + timedelta(days=i % 3) for i in range(60))))
    other = Database(database_url)
    moment = at(12, 11)
    said = await asyncio.gather(
        *(one.write(reminders.tick, moment, ZONE) for one in (database, other) * 3)
    )
    await other.close()
    rows = await database.read(queued)
    assert len(rows) == sum(said)
    ids = [one["item_id"] for row in rows for one in row["params"].get("items", [row["params"]])]
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == 60  # fourteen days before: Thursday, Friday, and Friday for Saturday


async def test_after_a_standstill_only_the_last_rung_is_said(database: Database) -> None:
    await database.write(build(DEADLINE))
    assert await database.write(reminders.tick, at(12, 21, 15), ZONE) == 1
    found = await database.read(states)
    assert found["-14"] == found["-7"] == "expired"
    assert found["-3"] == "queued"
    assert found["-1"] == "planned"


async def test_what_came_due_long_ago_is_late(database: Database) -> None:
    assert not reminders.is_late(at(12, 10), at(12, 11))
    assert reminders.is_late(at(12, 10), at(12, 11, 9, 1))


async def test_what_a_standstill_left_over_comes_with_what_is_due_that_morning(
    database: Database,
) -> None:
    # "-14" of Thursday was missed until Friday night; another item's is due on Monday.
    left, due = await database.write(build(DEADLINE, date(2026, 12, 28)))
    for moment in (at(12, 11, 23), at(12, 12, 12), at(12, 14, 8, 30)):
        assert await database.write(reminders.tick, moment, ZONE) == 0
    assert await database.write(reminders.tick, at(12, 14), ZONE) == 1
    (row,) = await database.read(queued)
    assert [one["item_id"] for one in row["params"]["items"]] == [left, due]
    assert row["not_before"] == at(12, 14)


async def test_a_day_that_was_moved_later_is_kept_quiet(database: Database) -> None:
    await database.write(build(DEADLINE))
    override = insert(calendar_overrides).values(day=date(2026, 12, 10), is_working=False)
    await database.write(lambda tx: tx.execute(override))
    assert await database.write(reminders.tick, at(12, 10), ZONE) == 0
    assert await database.write(reminders.tick, at(12, 11), ZONE) == 1
    (row,) = await database.read(queued)
    assert row["not_before"] == at(12, 11)


async def test_overdue_is_said_every_week(database: Database) -> None:
    await database.write(build(DEADLINE))
    moments = []
    for day in range(60):
        moment = at(12, 24) + timedelta(days=day)
        if await database.write(reminders.tick, moment, ZONE):
            moments.append(f"{moment:%d.%m}")
    # 07.01 is Christmas: that week's comes on the day after.
    assert moments == [
        "24.12",
        "31.12",
        "08.01",
        "14.01",
        "21.01",
        "28.01",
        "04.02",
        "11.02",
        "18.02",
    ]


async def test_weeks_that_passed_unsaid_are_not_made_up_for(database: Database) -> None:
    await database.write(build(DEADLINE))
    assert await database.write(reminders.tick, at(1, 25, 12, year=2027), ZONE) == 1
    assert await database.read(reminders.next_due) == at(1, 28, year=2027)


async def test_what_is_done_is_not_reminded_of(database: Database) -> None:
    (item_id,) = await database.write(build(DEADLINE))

    def finish(tx: Connection) -> None:
        actor = world.actor(tx, world.DAUREN, NOW)
        roadmap.report(tx, actor, item_id, 1, State.DONE, None, NOW, ZONE)

    await database.write(finish)
    assert await database.read(reminders.next_due) is None
    assert await database.write(reminders.tick, at(2, 1, year=2027), ZONE) == 0


async def test_done_while_a_tick_plans_the_next_week(database: Database) -> None:
    (item_id,) = await database.write(build(DEADLINE))
    await database.write(reminders.tick, at(12, 24), ZONE)
    week_later = at(12, 31)

    def finish(tx: Connection) -> None:
        actor = world.actor(tx, world.DAUREN, NOW)
        roadmap.report(tx, actor, item_id, 1, State.DONE, None, week_later, ZONE)

    if database.is_sqlite:
        # One writer: the two can only come one after the other.
        assert await database.write(reminders.tick, week_later, ZONE) == 1
        await database.write(finish)
    else:
        other = create_async_engine(database.url)
        async with other.begin() as connection:
            assert await connection.run_sync(reminders.tick, week_later, ZONE) == 1
            finishing = asyncio.create_task(database.write(finish))
            await asyncio.sleep(0.3)  # it waits for the tick's rows
        await finishing
        await other.dispose()
    assert await database.read(reminders.next_due) is None


async def test_the_weeks_go_on_when_the_day_of_the_last_one_was_moved(database: Database) -> None:
    (item_id,) = await database.write(build(date(2026, 12, 1)))
    await database.write(reminders.tick, at(12, 8), ZONE)  # "+7"
    later = at(12, 8, 11)

    def closed_and_opened(tx: Connection) -> None:
        # The day on which it was said is off after all: the rung's own day is tomorrow again.
        tx.execute(insert(calendar_overrides).values(day=date(2026, 12, 8), is_working=False))
        secretary = world.actor(tx, world.SECRETARY, NOW)
        roadmap.report(tx, secretary, item_id, 1, State.DONE, None, later, ZONE)
        roadmap.report(tx, secretary, item_id, 2, State.AT_RISK, None, later, ZONE)

    await database.write(closed_and_opened)
    assert await database.read(reminders.next_due) == at(12, 15)
    assert (await database.read(states))["+7"] == "queued"


async def test_what_was_put_off_does_not_take_the_next_week_with_it(database: Database) -> None:
    """Put off to the very morning of the weekly rung, one is said and the weeks go on."""
    (item_id,) = await database.write(build(DEADLINE))
    await database.write(reminders.tick, at(12, 24), ZONE)

    def put_off(tx: Connection) -> date:
        actor = world.actor(tx, world.DAUREN, NOW)
        return replanning.snooze(tx, actor, item_id, 7, at(12, 24, 10), ZONE)

    assert await database.write(put_off) == date(2026, 12, 31)
    assert await database.write(reminders.tick, at(12, 31), ZONE) == 1
    found = await database.read(states)
    assert {found["+7"], found["~2026-12-31"]} == {"queued", "expired"}
    assert found["+14"] == "planned"
    assert await database.read(reminders.next_due) == at(1, 8, year=2027)
