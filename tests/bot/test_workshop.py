"""Working off: in order within a lane, side by side between lanes, each once; poison set aside."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.intake import workshop as working
from bot.intake.workshop import Workshop
from storage import inbox
from storage.clock import FrozenClock
from storage.database import Database
from storage.inbox import AfterFailure, Waiting
from tests.bot.doubles import inbox_states, message, until
from tests.conftest import NOW

Handle = Callable[[Waiting], Awaitable[None]]


class Room:
    """A workshop whose handler is the test's."""

    def __init__(self, database: Database, handle: Handle) -> None:
        self.database = database
        self.handled: list[int] = []
        self.quarantined: list[tuple[int, str]] = []
        self._handle = handle
        self.workshop = Workshop(database, FrozenClock(NOW), self._counted, self._set_aside)

    async def _counted(self, waiting: Waiting) -> None:
        self.handled.append(waiting.update_id)
        await self._handle(waiting)

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


@pytest.fixture
def room(small_world: Database) -> Room:
    async def done(waiting: Waiting) -> None:
        await small_world.write(inbox.done, [waiting.update_id], NOW)

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

    async def handle(waiting: Waiting) -> None:
        if waiting.update_id == 1:
            await slow.wait()
        await small_world.write(inbox.done, [waiting.update_id], NOW)

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

    async def handle(waiting: Waiting) -> None:
        await may_end.wait()
        await small_world.write(inbox.done, [waiting.update_id], NOW)

    room = Room(small_world, handle)
    real = small_world.read

    async def slow_read(fn: Any, *args: Any, **kwargs: Any) -> Any:
        found = await real(fn, *args, **kwargs)
        if fn is inbox.waiting and room.handled and not reading[0]:
            reading[0] = True
            assert [one.update_id for one in found] == [1], "it was not done when this was read"
            may_end.set()
            await room.settled()
            reading[1] = True
        return found

    async with room.at_work():
        await room.keep((1, 1))
        await until(lambda: handled(room, 1), "the first update")
        monkeypatch.setattr(small_world, "read", slow_read)
        room.workshop.wake()
        await until(lambda: holds(reading[1]), "the slow reading")
        await room.keep((2, 2))
        await room.settled()
    assert room.handled == [1, 2]


async def handled(room: Room, update_id: int) -> bool:
    return update_id in room.handled


async def holds(what: bool) -> bool:
    return what


async def test_a_poison_update_is_tried_three_times_and_set_aside(small_world: Database) -> None:
    async def handle(waiting: Waiting) -> None:
        if waiting.update_id == 2:
            raise ZeroDivisionError("Канарейкина")
        await small_world.write(inbox.done, [waiting.update_id], NOW)

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

    async def handle(waiting: Waiting) -> None:
        if failures:
            raise failures.pop()
        await small_world.write(inbox.done, [waiting.update_id], NOW)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1))
        await room.settled()
    assert await inbox_states(small_world) == {1: "done"}
    assert room.quarantined == []


async def test_what_fails_after_its_effect_was_kept_is_not_done_again(
    small_world: Database,
) -> None:
    async def handle(waiting: Waiting) -> None:
        await small_world.write(inbox.done, [waiting.update_id], NOW)
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

    async def handle(waiting: Waiting) -> None:
        if waiting.update_id == 1:
            raise ZeroDivisionError
        await small_world.write(inbox.done, [waiting.update_id], NOW)

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1), (2, 1))
        await room.settled()
    assert await inbox_states(small_world) == {1: "quarantined", 2: "done"}


async def test_draining_ends_what_has_begun_and_begins_nothing(small_world: Database) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def handle(waiting: Waiting) -> None:
        begun.set()
        await may_end.wait()
        await small_world.write(inbox.done, [waiting.update_id], NOW)

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

    async def handle(waiting: Waiting) -> None:
        begun.set()
        await asyncio.Event().wait()

    room = Room(small_world, handle)
    async with room.at_work():
        await room.keep((1, 1))
        await begun.wait()
        await asyncio.wait_for(room.workshop.drain(0.05), 5)
    assert await inbox_states(small_world) == {1: "new"}, "the next run has it again"
