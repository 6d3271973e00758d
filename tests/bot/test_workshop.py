"""Working off: in order within a lane, side by side between lanes, each once; poison set aside."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError

from bot.intake import workshop as working
from bot.intake.workshop import Handled, Workshop
from storage import inbox
from storage.clock import Clock, FrozenClock, MovableClock
from storage.database import Database
from storage.inbox import AfterFailure, Waiting
from storage.tables import audit, lanes
from tests.bot.doubles import inbox_states, message, until
from tests.conftest import NOW, POSTGRES, postgres_copy, postgres_drop

Handle = Callable[[Waiting, Handled], Awaitable[None]]


AUDITED: dict[str, Any] = {"at": NOW, "outcome": "done", "details": {}}


class Room:
    """A workshop whose handler is the test's."""

    def __init__(
        self,
        database: Database,
        handle: Handle,
        holder: str = "tests",
        clock: Clock | None = None,
    ) -> None:
        self.database = database
        self.handled: list[int] = []
        self.quarantined: list[tuple[int, str]] = []
        self._handle = handle
        self.workshop = Workshop(
            database, clock or FrozenClock(NOW), holder, self._counted, self._set_aside
        )

    async def _counted(self, waiting: Waiting, handled: Handled) -> None:
        self.handled.append(waiting.update_id)
        await self._handle(waiting, handled)

    async def _set_aside(self, waiting: Waiting, error: Exception) -> None:
        self.quarantined.append((waiting.update_id, type(error).__name__))

    async def keep(self, *updates: tuple[int, int]) -> None:
        """Keep updates (number, lane)."""
        rows = [(lane, message(number, lane)) for number, lane in updates]
        await self.database.write(inbox.keep, rows, NOW)
        self.workshop.wake()

    async def settled(self) -> None:
        async def none_waits() -> bool:
            return await self.database.read(inbox.depth) == 0

        await until(none_waits, "the end")

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.workshop.run())
        try:
            yield
        finally:
            await self.workshop.drain(5)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def settle(database: Database, waiting: Waiting, handled: Handled) -> None:
    """What a turn does: the mark in the transaction of the effect."""
    await database.write(inbox.settle, waiting.update_id, NOW)
    handled(True)


@pytest.fixture
def room(small_world: Database) -> Room:
    async def done(waiting: Waiting, handled: Handled) -> None:
        await settle(small_world, waiting, handled)

    return Room(small_world, done)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "RETRY_SECONDS", 0.01)


async def test_what_was_left_from_the_last_run_comes_first(room: Room) -> None:
    await room.keep((3, 1), (1, 1), (2, 2))
    await room.database.write(inbox.done, [2], NOW)
    async with room.at_work():
        await room.settled()
    assert room.handled == [1, 3]


async def test_order_is_kept_within_a_lane_and_lanes_go_side_by_side(
    small_world: Database,
) -> None:
    slow = asyncio.Event()

    async def handle(waiting: Waiting, handled: Handled) -> None:
        if waiting.update_id == 1:
            await slow.wait()
        await settle(small_world, waiting, handled)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 100), (2, 100), (3, 100), (4, 200), (5, 300), (6, 200))

        async def others_are_done() -> bool:
            states = await inbox_states(small_world)
            return all(states[number] == "done" for number in (4, 5, 6))

        await until(others_are_done, "the end of the other lanes")
        assert (await inbox_states(small_world))[1] == "new"
        assert not {2, 3} & set(room.handled), "what comes later in the lane waits"
        slow.set()
        await room.settled()
    assert [number for number in room.handled if number <= 3] == [1, 2, 3]
    assert len(room.handled) == 6


async def test_many_of_many_lanes_are_each_handled_once_and_in_order(room: Room) -> None:
    updates = [(number, number % 7) for number in range(1, 451)]
    async with room.at_work():
        for start in range(0, len(updates), 50):
            await room.keep(*updates[start : start + 50])
            await asyncio.sleep(0.005)
        await room.settled()
    assert sorted(room.handled) == [number for number, _ in updates]
    for lane in range(7):
        mine = [number for number in room.handled if number % 7 == lane]
        assert mine == sorted(mine)


async def test_one_that_is_settled_while_the_inbox_is_read_is_not_handled_twice(
    small_world: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, reading = asyncio.Event(), [False, False]

    async def handle(waiting: Waiting, handled: Handled) -> None:
        await may_end.wait()
        await settle(small_world, waiting, handled)

    room = Room(small_world, handle)
    real = small_world.write

    async def slow_write(fn: Any, *args: Any, **kwargs: Any) -> Any:
        found = await real(fn, *args, **kwargs)
        if fn is inbox.claim and room.handled and not reading[0]:
            reading[0] = True
            may_end.set()  # it is settled between the reading and what is made of it
            await until(lambda: is_done(small_world, 1), "the first one's end")
            reading[1] = True
        return found

    async with room.at_work():
        await room.keep((1, 1))
        await until(lambda: handled(room, 1), "the first update")
        monkeypatch.setattr(small_world, "write", slow_write)
        await room.keep((2, 2))
        await until(lambda: holds(reading[1]), "the slow reading")
        await room.keep((3, 1))
        await until(lambda: handled(room, 3), "the third update")
        await room.settled()
    assert room.handled == [1, 2, 3]


async def handled(room: Room, update_id: int) -> bool:
    return update_id in room.handled


async def is_done(database: Database, update_id: int) -> bool:
    return (await inbox_states(database))[update_id] == "done"


async def holds(what: bool) -> bool:
    return what


async def test_a_poison_update_is_tried_three_times_and_set_aside(small_world: Database) -> None:
    async def handle(waiting: Waiting, handled: Handled) -> None:
        if waiting.update_id == 2:
            raise ZeroDivisionError("Канарейкина")
        await settle(small_world, waiting, handled)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1), (2, 1), (3, 1), (4, 2))
        await room.settled()
    assert await inbox_states(small_world) == {1: "done", 2: "quarantined", 3: "done", 4: "done"}
    assert room.handled.count(2) == inbox.MAX_ATTEMPTS == 3
    assert [number for number in room.handled if number != 4] == [1, 2, 2, 2, 3]
    assert room.quarantined == [(2, "ZeroDivisionError")]


async def test_a_failure_that_passes_leaves_no_trace(small_world: Database) -> None:
    failures = [OSError("for a moment"), OSError("once more")]

    async def handle(waiting: Waiting, handled: Handled) -> None:
        if failures:
            raise failures.pop()
        await settle(small_world, waiting, handled)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1))
        await room.settled()
    assert await inbox_states(small_world) == {1: "done"}
    assert room.quarantined == []


async def test_what_fails_after_its_effect_was_kept_is_not_done_again(
    small_world: Database,
) -> None:
    async def handle(waiting: Waiting, handled: Handled) -> None:
        await settle(small_world, waiting, handled)
        raise ValueError("the screen could not be made")

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1), (2, 1))
        await room.settled()
    assert room.handled == [1, 2]
    assert room.quarantined == []


async def test_a_lane_outlives_a_database_that_does_not_answer(
    small_world: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, away = inbox.failed, [True, True]

    def failed(*args: Any) -> AfterFailure:
        if away:
            away.pop()
            raise OperationalError("UPDATE inbox", {}, Exception("database is locked"))
        return real(*args)

    monkeypatch.setattr(inbox, "failed", failed)

    async def handle(waiting: Waiting, handled: Handled) -> None:
        if waiting.update_id == 1:
            raise ZeroDivisionError
        await settle(small_world, waiting, handled)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1), (2, 1))
        await room.settled()
    assert await inbox_states(small_world) == {1: "quarantined", 2: "done"}


async def test_draining_ends_what_has_begun_and_begins_nothing(small_world: Database) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def handle(waiting: Waiting, handled: Handled) -> None:
        begun.set()
        await may_end.wait()
        await settle(small_world, waiting, handled)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1), (2, 1))
        await begun.wait()
        draining = asyncio.create_task(room.workshop.drain(5))
        await asyncio.sleep(0)
        may_end.set()
        await draining
    assert await inbox_states(small_world) == {1: "done", 2: "new"}
    assert room.handled == [1]


async def test_draining_waits_no_longer_than_it_may(small_world: Database) -> None:
    begun = asyncio.Event()

    async def handle(waiting: Waiting, handled: Handled) -> None:
        begun.set()
        await asyncio.Event().wait()

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1))
        await begun.wait()
        await asyncio.wait_for(room.workshop.drain(0.05), 5)
    assert await inbox_states(small_world) == {1: "new"}, "the next run has it again"


# -- without an effect -------------------------------------------------------------------------


async def test_what_had_no_effect_is_marked_soon_after_together_with_others(
    small_world: Database,
) -> None:
    async def handle(_waiting: Waiting, handled: Handled) -> None:
        handled(False)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep(*((number, number % 5) for number in range(1, 41)))
        await room.settled()
    assert set((await inbox_states(small_world)).values()) == {"done"}
    assert len(room.handled) == 40


async def test_what_is_handled_is_marked_even_when_the_program_stops_at_once(
    small_world: Database,
) -> None:
    begun = asyncio.Event()

    async def handle(_waiting: Waiting, handled: Handled) -> None:
        handled(False)
        begun.set()

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1))
        await begun.wait()
    assert await inbox_states(small_world) == {1: "done"}


async def test_a_mark_that_could_not_be_written_is_written_later(
    small_world: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, away = inbox.write_up, [True, True]

    def write_up(*args: Any) -> None:
        if away:
            away.pop()
            raise OperationalError("UPDATE inbox", {}, Exception("database is locked"))
        real(*args)

    monkeypatch.setattr(inbox, "write_up", write_up)

    async def handle(_waiting: Waiting, handled: Handled) -> None:
        handled(False)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1), (2, 1), (3, 2))
        await room.settled()
    assert sorted(room.handled) == [1, 2, 3], "nothing is handled twice for it"


# -- several processes over one database -------------------------------------------------------


@pytest.fixture
async def shared(migrated_postgres: str) -> AsyncIterator[str]:
    """The address of a PostgreSQL database for several processes."""
    name = await postgres_copy(migrated_postgres)
    yield f"{POSTGRES}/{name}"
    await postgres_drop(name)


async def mark(database: Database, waiting: Waiting, handled: Handled, who: str) -> None:
    """An effect that tells who made it, settled in its transaction."""

    def effect(tx: Connection) -> None:
        tx.execute(insert(audit).values(**AUDITED, action=who, subject_id=waiting.update_id))
        inbox.settle(tx, waiting.update_id, NOW)

    await database.write(effect)
    handled(True)


async def effects(database: Database) -> list[tuple[int, str]]:
    """(update, whose effect), in the order in which they were kept."""
    query = select(audit.c.subject_id, audit.c.action).order_by(audit.c.id)
    return await database.read(lambda tx: [tuple(row) for row in tx.execute(query)])


class Company:
    """Two processes: each with a workshop and connections of its own."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.databases = [Database(url) for _ in range(2)]
        self.rooms = [self._room(number, clock) for number in range(2)]

    def _room(self, number: int, clock: Clock) -> Room:
        database = self.databases[number]

        async def handle(waiting: Waiting, handled: Handled) -> None:
            await asyncio.sleep(0.002)
            await mark(database, waiting, handled, f"{number}")

        return Room(database, handle, holder=f"{number}", clock=clock)

    async def close(self) -> None:
        for database in self.databases:
            await database.close()


async def test_two_workshops_share_the_work_and_keep_the_order(shared: str) -> None:
    company = Company(shared, FrozenClock(NOW))
    one, two = company.rooms
    async with one.at_work(), two.at_work():
        for start in range(1, 601, 200):  # lanes come and go while both look for work
            rows = [(n % 150, message(n, n % 150)) for n in range(start, start + 200)]
            await one.database.write(inbox.keep, rows, NOW)
            one.workshop.wake()
            two.workshop.wake()
            await asyncio.sleep(0.05)
        await one.settled()
    kept = await effects(one.database)
    assert sorted(number for number, _ in kept) == list(range(1, 601)), "each once"
    assert min(len(one.handled), len(two.handled)) > 100, "nobody takes all the work"
    for lane in range(150):
        mine = [number for number, _ in kept if number % 150 == lane]
        assert mine == sorted(mine)
    await company.close()


async def test_whoever_drains_takes_nothing_more_and_leaves_its_lanes_free(shared: str) -> None:
    database = Database(shared)
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def handle(waiting: Waiting, handled: Handled) -> None:
        begun.set()
        await may_end.wait()
        await settle(database, waiting, handled)

    room = Room(database, handle)
    async with room.at_work():
        await room.keep((1, 1), (2, 1))
        await begun.wait()
        draining = asyncio.create_task(room.workshop.drain(5))
        await asyncio.sleep(0)
        await room.keep((3, 3))  # fetched by another process
        await asyncio.sleep(2 * working.LOOK_SECONDS)
        may_end.set()
        await draining
        await asyncio.sleep(2 * working.LOOK_SECONDS)
        free = select(lanes.c.lane).where(lanes.c.holder.is_(None)).order_by(lanes.c.lane)
        assert await database.read(lambda tx: list(tx.execute(free).scalars())) == [1, 3]
    assert room.handled == [1]
    assert await inbox_states(database) == {1: "done", 2: "new", 3: "new"}
    await database.close()


async def test_a_dead_ones_lanes_are_taken_over_and_a_zombie_changes_nothing(shared: str) -> None:
    clock = MovableClock(FrozenClock(NOW))
    alive, dead = Database(shared), Database(shared)
    begun, comes_back = asyncio.Event(), asyncio.Event()

    async def hangs(waiting: Waiting, handled: Handled) -> None:
        begun.set()
        await comes_back.wait()
        await mark(dead, waiting, handled, "zombie")

    async def lives(waiting: Waiting, handled: Handled) -> None:
        await mark(alive, waiting, handled, "heir")

    zombie = Room(dead, hangs, holder="zombie", clock=clock)
    heir = Room(alive, lives, holder="heir", clock=clock)
    async with zombie.at_work():
        await zombie.keep((1, 7), (2, 7))
        await begun.wait()
        async with heir.at_work():
            await asyncio.sleep(2 * working.LOOK_SECONDS)
            assert heir.handled == [], "while the holder's time lasts its lanes are its own"
            clock.move(working.LANE_LASTS)
            await heir.settled()
            comes_back.set()
            await until(lambda: handled(zombie, 2), "the zombie's second update")
    assert await effects(alive) == [(1, "heir"), (2, "heir")], "its effects were rolled back"
    assert zombie.quarantined == []
    await alive.close()
    await dead.close()
