"""Roadmap items: who sees them, who reports, and what a report changes."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage import roadmap
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.roadmap import State, Which
from storage.tables import audit, memberships, reminders
from storage.tables import outbox as outbox_table
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world
from tests.storage.queues import send_due

TODAY = date(2026, 11, 24)
DEADLINE = date(2026, 12, 24)


@pytest.fixture
async def item_id(database: Database) -> int:
    def build(tx: Connection) -> int:
        world.settle(tx, NOW)
        return world.item(tx, "4.12", DEADLINE, NOW)

    return await database.write(build)


def as_(who: int, fn: Callable[..., Any], *args: Any) -> Callable[[Connection], Any]:
    return lambda tx: fn(tx, world.actor(tx, who, NOW), *args)


def report(who: int, item_id: int, state: State, text: str | None = None, version: int = 1) -> Any:
    return as_(who, roadmap.report, item_id, version, state, text, NOW, ZONE)


def rungs(tx: Connection, state: str) -> list[tuple[str, date]]:
    rows = tx.execute(
        select(reminders.c.rung, reminders.c.deadline)
        .where(reminders.c.state == state)
        .order_by(reminders.c.due_at)
    )
    return [(row.rung, row.deadline) for row in rows]


async def test_a_new_item_is_remembered_ahead(database: Database, item_id: int) -> None:
    # 24 November 10:00: the rung of 30 days before was this morning.
    names = [rung for rung, _ in await database.read(rungs, "planned")]
    assert names == ["-14", "-7", "-3", "-1", "0", "+7"]


async def test_one_lists_what_one_carries(database: Database, item_id: int) -> None:
    def more(tx: Connection) -> None:
        world.item(tx, "4.13", TODAY - timedelta(days=2), NOW)
        world.item(tx, "4.14", TODAY, NOW, executor=world.ASEL)
        done = world.item(tx, "4.15", TODAY - timedelta(days=9), NOW)
        report(world.DAUREN, done, State.DONE)(tx)

    await database.write(more)
    page = await database.read(as_(world.DAUREN, roadmap.mine, TODAY, 0))
    assert [one.number for one in page.items] == ["4.13", "4.12", "4.15"]
    assert [one.is_overdue(TODAY) for one in page.items] == [True, False, False]
    assert page.total == 3


async def test_a_list_has_eight_rows_a_page_and_no_page_beyond(database: Database) -> None:
    def build(tx: Connection) -> None:
        world.settle(tx, NOW)
        for i in range(17):
            world.item(tx, f"1.{i}", DEADLINE + timedelta(days=i), NOW)

    await database.write(build)
    last = await database.read(as_(world.DAUREN, roadmap.mine, TODAY, 9))
    assert (last.number, last.total, [one.number for one in last.items]) == (2, 17, ["1.16"])
    empty = await database.read(as_(world.ASEL, roadmap.mine, TODAY, 3))
    assert (empty.number, empty.total, empty.items) == (0, 0, [])


@pytest.mark.parametrize(
    ("who", "which", "numbers"),
    [
        (world.SECRETARY, Which.ALL, ["late", "4.12"]),
        (world.SECRETARY, Which.OVERDUE, ["late"]),
        (world.SECRETARY, Which.SOON, []),
        (world.OTHER_SECRETARY, Which.ALL, ["soon"]),
        (world.BUREAU, Which.ALL, ["late", "soon", "4.12"]),
        (world.BUREAU, Which.SOON, ["soon"]),
    ],
)
async def test_who_looks_after_a_branch_sees_its_items(
    database: Database, item_id: int, who: int, which: Which, numbers: list[str]
) -> None:
    def more(tx: Connection) -> None:
        world.item(tx, "late", TODAY - timedelta(days=1), NOW)
        world.item(tx, "soon", TODAY + timedelta(days=14), NOW, branch_id=world.ORDABASY)

    await database.write(more)
    page = await database.read(as_(who, roadmap.of_branch, TODAY, 0, which))
    assert [one.number for one in page.items] == numbers


async def test_an_executor_has_no_branch_list(database: Database, item_id: int) -> None:
    with pytest.raises(NotAllowed):
        await database.read(as_(world.DAUREN, roadmap.of_branch, TODAY, 0, Which.ALL))


@pytest.mark.parametrize("who", [world.ASEL, world.OTHER_SECRETARY, world.MEMBER])
async def test_a_foreign_item_does_not_exist(database: Database, item_id: int, who: int) -> None:
    for attempt in (
        as_(who, roadmap.get, item_id),
        as_(who, roadmap.history, item_id),
        report(who, item_id, State.DONE),
        as_(who, roadmap.move_deadline, item_id, 1, DEADLINE, "", NOW, ZONE),
        as_(who, roadmap.hand_over, item_id, 1, 1, NOW, ZONE),
    ):
        with pytest.raises(NotFound):
            await database.write(attempt)


async def test_a_bureau_member_looks_but_does_not_report(database: Database, item_id: int) -> None:
    item = await database.read(as_(world.BUREAU, roadmap.get, item_id))
    assert item.executor == "Дәурен Қасымов"
    with pytest.raises(NotAllowed):
        await database.write(report(world.BUREAU, item_id, State.DONE))


async def test_whoever_lost_the_role_carries_nothing(database: Database, item_id: int) -> None:
    def leave(tx: Connection) -> None:
        person_id = world.actor(tx, world.DAUREN, NOW).person_id
        ended = update(memberships).where(memberships.c.person_id == person_id)
        tx.execute(ended.values(ends_on=TODAY - timedelta(days=1)))

    await database.write(leave)
    with pytest.raises(NotFound):
        await database.read(as_(world.DAUREN, roadmap.get, item_id))
    assert await database.read(roadmap.carried, 1, [item_id], TODAY) == []


async def test_progress_is_kept_with_its_comment(database: Database, item_id: int) -> None:
    item = await database.write(
        report(world.DAUREN, item_id, State.IN_PROGRESS, "Іргетасы құйылды")
    )
    assert (item.state, item.version, item.reported_at) == (State.IN_PROGRESS, 2, NOW)
    last = await database.read(roadmap.last_report, item_id)
    assert last is not None
    assert (last.person, last.from_state, last.to_state, last.text) == (
        "Дәурен Қасымов",
        State.PLANNED,
        State.IN_PROGRESS,
        "Іргетасы құйылды",
    )
    trail = await database.read(lambda tx: tx.execute(select(audit)).mappings().all())
    assert [(row["action"], row["details"]) for row in trail] == [
        ("roadmap.report", {"state": "in_progress"})
    ]
    assert len(await database.read(rungs, "planned")) == 6


async def test_a_comment_has_a_limit(database: Database, item_id: int) -> None:
    with pytest.raises(ValueError, match="1000"):
        await database.write(report(world.DAUREN, item_id, State.IN_PROGRESS, "а" * 1001))


async def test_done_takes_the_reminders_back(database: Database, item_id: int) -> None:
    await database.write(report(world.DAUREN, item_id, State.DONE))
    assert await database.read(rungs, "planned") == []
    assert len(await database.read(rungs, "void")) == 6


async def test_only_a_secretary_opens_what_is_done(database: Database, item_id: int) -> None:
    await database.write(report(world.DAUREN, item_id, State.DONE))
    with pytest.raises(NotPossible):
        await database.write(report(world.DAUREN, item_id, State.AT_RISK, version=2))
    await database.write(report(world.SECRETARY, item_id, State.AT_RISK, version=2))
    assert len(await database.read(rungs, "planned")) == 6
    assert await database.read(rungs, "void") == []


async def test_of_two_people_at_once_one_is_told_of_the_other(
    database: Database, item_id: int
) -> None:
    results = await asyncio.gather(
        database.write(report(world.DAUREN, item_id, State.DONE)),
        database.write(report(world.SECRETARY, item_id, State.AT_RISK)),
        return_exceptions=True,
    )
    failures = [result for result in results if isinstance(result, AlreadyChanged)]
    assert len(failures) == 1
    assert failures[0].by in ("Дәурен Қасымов", "Марат Оспанов")
    assert failures[0].at == NOW


async def test_another_deadline_has_reminders_of_its_own(database: Database, item_id: int) -> None:
    later = date(2027, 2, 26)
    move = as_(world.SECRETARY, roadmap.move_deadline, item_id, 1, later, "Жоба", NOW, ZONE)
    item = await database.write(move)
    assert (item.deadline, item.version) == (later, 2)
    planned = await database.read(rungs, "planned")
    assert planned == [(name, later) for name in ("-30", "-14", "-7", "-3", "-1", "0", "+7")]
    entry = (await database.read(as_(world.DAUREN, roadmap.history, item_id)))[0]
    assert (entry.kind, entry.from_deadline, entry.to_deadline, entry.text) == (
        "deadline",
        DEADLINE,
        later,
        "Жоба",
    )
    waiting = await database.write(send_due, NOW, 10)
    assert [(one.kind, one.chat_id) for one in waiting] == [("roadmap_deadline", world.DAUREN)]


async def test_a_deadline_moved_there_and_back_is_reminded_of(
    database: Database, item_id: int
) -> None:
    for version, day in ((1, date(2027, 2, 26)), (2, DEADLINE)):
        await database.write(
            as_(world.SECRETARY, roadmap.move_deadline, item_id, version, day, "", NOW, ZONE)
        )
    planned = await database.read(rungs, "planned")
    assert planned == [(name, DEADLINE) for name in ("-14", "-7", "-3", "-1", "0", "+7")]


async def test_a_deadline_is_not_moved_by_its_executor_nor_into_the_past(
    database: Database, item_id: int
) -> None:
    past = TODAY - timedelta(days=1)
    with pytest.raises(NotAllowed):
        await database.write(
            as_(world.DAUREN, roadmap.move_deadline, item_id, 1, DEADLINE, "", NOW, ZONE)
        )
    with pytest.raises(NotPossible):
        await database.write(
            as_(world.SECRETARY, roadmap.move_deadline, item_id, 1, past, "", NOW, ZONE)
        )


async def test_handed_over_the_other_one_is_reminded(database: Database, item_id: int) -> None:
    def hand(tx: Connection) -> None:
        asel = world.actor(tx, world.ASEL, NOW).person_id
        secretary = world.actor(tx, world.SECRETARY, NOW)
        roadmap.hand_over(tx, secretary, item_id, 1, asel, NOW, ZONE)

    def planned_for(tx: Connection) -> set[int]:
        rows = tx.execute(select(reminders.c.person_id).where(reminders.c.state == "planned"))
        return set(rows.scalars())

    await database.write(hand)
    asel = (await database.read(world.actor, world.ASEL, NOW)).person_id
    assert await database.read(planned_for) == {asel}
    with pytest.raises(NotFound):
        await database.read(as_(world.DAUREN, roadmap.get, item_id))
    kinds = await database.read(lambda tx: tx.execute(select(outbox_table.c.kind)).scalars().all())
    assert kinds == ["roadmap_handed"]


async def test_it_is_not_handed_to_whoever_may_not_report(database: Database, item_id: int) -> None:
    def hand(tx: Connection) -> None:
        member = world.actor(tx, world.MEMBER, NOW).person_id
        secretary = world.actor(tx, world.SECRETARY, NOW)
        roadmap.hand_over(tx, secretary, item_id, 1, member, NOW, ZONE)

    with pytest.raises(NotFound):
        await database.write(hand)
