"""Fetching: on disk before acknowledged, whatever Telegram answers meanwhile."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe

from bot.intake.keeper import Keeper
from bot.intake.poller import Poller
from bot.intake.raw import ALLOWED_UPDATES, lane_of
from bot.lease import Lease
from bot.plain import GetUpdates
from storage import inbox
from storage.clock import Clock, FrozenClock
from storage.database import Database
from tests.bot.doubles import Json, inbox_states, message
from tests.storage.queues import waiting

Answer = list[Json] | Exception


class FakeBot:
    """Answers getUpdates from a list, and notes what was on disk when it was asked."""

    def __init__(self, database: Database, answers: list[Answer]) -> None:
        self._database = database
        self._answers = answers
        self.asked: list[GetUpdates] = []
        self.on_disk: list[list[int]] = []
        self.finished = asyncio.Event()

    async def delete_webhook(self, drop_pending_updates: bool) -> None:
        assert not drop_pending_updates, "what people wrote must not be lost"

    async def __call__(self, method: GetUpdates, request_timeout: int) -> list[Json]:
        assert method.timeout is not None
        assert request_timeout > method.timeout, "or every quiet poll would look like a failure"
        self.asked.append(method)
        self.on_disk.append(list(await inbox_states(self._database)))
        if not self._answers:
            self.finished.set()
            await asyncio.Event().wait()
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class AloneLease:
    """The lease of fetching when nobody else wants it."""

    def __init__(self) -> None:
        self.held = asyncio.Event()
        self.held.set()

    async def keep(self) -> None:
        await asyncio.Event().wait()

    async def let_go(self) -> None:
        self.held.clear()


def poller_of(
    bot: FakeBot, database: Database, clock: Clock, kept: Callable[[int], None] = lambda _n: None
) -> Poller:
    return Poller(bot, Keeper(database, clock, kept), AloneLease())  # type: ignore[arg-type]


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the poller slept each time; the sleeps themselves take no time."""
    taken: list[float] = []
    real = asyncio.sleep

    async def nap(seconds: float) -> None:
        taken.append(seconds)
        await real(0)

    monkeypatch.setattr("bot.intake.poller.asyncio.sleep", nap)
    return taken


async def fetched(
    database: Database,
    clock: FrozenClock,
    answers: list[Answer],
    kept: Callable[[int], None] = lambda _n: None,
) -> FakeBot:
    bot = FakeBot(database, answers)
    poller = poller_of(bot, database, clock, kept)
    task = asyncio.create_task(poller.run())
    await asyncio.wait_for(bot.finished.wait(), 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return bot


async def test_updates_are_on_disk_before_the_next_request_acknowledges_them(
    small_world: Database, clock: FrozenClock
) -> None:
    woken: list[int] = []
    first = [message(7), message(8, 1004)]
    bot = await fetched(small_world, clock, [first, [], [message(9)]], woken.append)
    assert [method.offset for method in bot.asked] == [None, 9, 9, 10]
    assert bot.on_disk == [[], [7, 8], [7, 8], [7, 8, 9]]
    assert woken == [2, 1], "nobody is woken for nothing"
    kept = await small_world.write(waiting)
    assert [(one.lane, one.body) for one in kept] == [
        (1003, first[0]),
        (1004, first[1]),
        (1003, message(9)),
    ]
    assert {one.received_at for one in kept} == {clock.now()}
    assert all(method.allowed_updates == ALLOWED_UPDATES for method in bot.asked)


async def test_what_comes_twice_is_kept_once_and_never_again_when_done(
    small_world: Database, clock: FrozenClock
) -> None:
    await fetched(small_world, clock, [[message(7)], [message(7), message(8)]])
    await small_world.write(inbox.done, [7], clock.now())
    # After a restart nobody remembers the offset, and Telegram sends the last batch again.
    await fetched(small_world, clock, [[message(7), message(8)]])
    assert await inbox_states(small_world) == {7: "done", 8: "new"}


async def test_what_cannot_be_kept_is_not_acknowledged(
    small_world: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError("disk is full")

    monkeypatch.setattr(inbox, "keep", full)
    bot = FakeBot(small_world, [[message(7)]])
    with pytest.RaisesGroup(pytest.RaisesExc(OSError, match="disk is full")):
        await poller_of(bot, small_world, clock).run()
    assert [method.offset for method in bot.asked] == [None]


async def test_failures_are_waited_out_longer_each_time_and_end_with_an_answer(
    small_world: Database, clock: FrozenClock, naps: list[float]
) -> None:
    away: list[Answer] = [
        TelegramNetworkError(GetMe(), "ClientConnectorError"),
        TelegramServerError(GetMe(), "Bad Gateway"),
        ClientDecodeError("Failed to decode object", ValueError(), "<html>"),
        TelegramNetworkError(GetMe(), "Request timeout error"),
        TelegramNetworkError(GetMe(), "Request timeout error"),
        TelegramServerError(GetMe(), "Internal Server Error"),
    ]
    again: list[Answer] = [[message(7)], TelegramNetworkError(GetMe(), "reset")]
    bot = await fetched(small_world, clock, away + again)
    assert naps == [1, 2, 4, 8, 15, 15, 1]
    assert bot.asked[-1].offset == 8


async def test_whoever_is_pushed_out_steps_back_and_says_why(
    small_world: Database,
    clock: FrozenClock,
    naps: list[float],
    capsys: pytest.CaptureFixture[str],
) -> None:
    conflict = TelegramConflictError(GetMe(), "Conflict: terminated by other getUpdates request")
    bot = await fetched(small_world, clock, [conflict, [message(7)]])
    assert naps == [30]
    assert await inbox_states(small_world) == {7: "new"}, "it goes on afterwards"
    assert bot.asked[-1].offset == 8
    said = capsys.readouterr()
    assert "another program fetches this bot's updates" in said.out + said.err


async def test_without_the_lease_nothing_is_fetched(
    small_world: Database, clock: FrozenClock
) -> None:
    """Of two processes one fetches; when it stops, the other does, and stays the only one."""
    bots = [FakeBot(small_world, [[message(7)]]), FakeBot(small_world, [[message(8)]])]
    leases = [Lease("fetching", name, small_world, clock) for name in ("one", "two")]
    first, second = (
        Poller(bot, Keeper(small_world, clock, lambda _n: None), lease)  # type: ignore[arg-type]
        for bot, lease in zip(bots, leases, strict=True)
    )
    tasks = [asyncio.create_task(first.run())]
    await asyncio.wait_for(bots[0].finished.wait(), 5)
    tasks.append(asyncio.create_task(second.run()))
    await asyncio.sleep(0.3)
    assert bots[1].asked == []
    await first.stop()  # its task is not cancelled yet: it still drains
    await asyncio.wait_for(bots[1].finished.wait(), 5)
    await asyncio.sleep(1.2)
    assert leases[1].held.is_set(), "whoever let go does not take it again"
    assert await inbox_states(small_world) == {7: "new", 8: "new"}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_flood_is_waited_out_exactly(
    small_world: Database, clock: FrozenClock, naps: list[float]
) -> None:
    await fetched(small_world, clock, [TelegramRetryAfter(GetMe(), "", 37)])
    assert naps == [37]


async def test_a_revoked_token_ends_the_fetching(small_world: Database, clock: FrozenClock) -> None:
    bot = FakeBot(small_world, [TelegramUnauthorizedError(GetMe(), "Unauthorized")])
    with pytest.RaisesGroup(TelegramUnauthorizedError):
        await poller_of(bot, small_world, clock).run()


CHAT = {"id": -500, "type": "group"}
USER = {"id": 1003, "is_bot": False}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": CHAT, "from": USER}}, -500),
        ({"edited_message": {"chat": CHAT, "from": USER}}, -500),
        ({"callback_query": {"id": "1", "from": USER, "message": {"chat": CHAT}}}, -500),
        ({"callback_query": {"id": "1", "from": USER, "inline_message_id": "x"}}, 1003),
        ({"callback_query": {"id": "1", "from": USER, "message": None}}, 1003),
        ({"my_chat_member": {"chat": CHAT, "from": USER}}, -500),
        ({"inline_query": {"id": "1", "from": USER}}, 1003),
        ({"poll": {"id": "1", "question": "?"}}, 0),
        ({}, 0),
        ({"message": None}, 0),
        ({"message": "text"}, 0),
        ({"message": {"chat": "text", "from": USER}}, 0),
        ({"message": {"chat": {"id": "-500"}}}, 0),
        ({"something_new": {"message": "text", "chat": None}}, 0),
        ({"something_new": [CHAT]}, 0),
        ({"message": {"chat": {"id": 10**30}}}, 0),
    ],
)
def test_the_lane_is_the_chat_and_nothing_odd_stops_it(update: Json, lane: int) -> None:
    assert lane_of({"update_id": 1, **update}) == lane
