"""The pace: Telegram's limits, by a clock that only sleeping moves."""

import asyncio
import heapq
from collections import Counter
from itertools import pairwise

import pytest

from bot.delivery import pace as pacing
from bot.delivery.pace import Pace


class VirtualTime:
    """Sleepers are woken in the order of their moments; between them no time passes."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._count = 0

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        event = asyncio.Event()
        self._count += 1
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, event))
        await event.wait()

    async def run(self, *work: asyncio.Task[None]) -> None:
        """Let time pass until all ``work`` is done."""
        while not all(task.done() for task in work):
            for _ in range(5):
                await REAL_SLEEP(0)
            if self._sleepers:
                self.now, _, event = heapq.heappop(self._sleepers)
                event.set()
        await asyncio.gather(*work)


REAL_SLEEP = asyncio.sleep


class Street:
    """A pace in virtual time, and who was let through when."""

    def __init__(self) -> None:
        self.time = VirtualTime()
        self.pace = Pace(self.time.time)
        self.passed: list[tuple[float, int]] = []

    async def go(self, chat_id: int, *, bulk: bool = False) -> None:
        await self.pace.turn(chat_id, bulk=bulk)
        self.passed.append((round(self.time.now, 6), chat_id))

    def sending(self, chat_id: int, *, bulk: bool = False) -> asyncio.Task[None]:
        return asyncio.create_task(self.go(chat_id, bulk=bulk))

    def moment(self, chat_id: int) -> float:
        """When the last message to a chat passed."""
        return max(moment for moment, chat in self.passed if chat == chat_id)

    def busiest_second(self) -> int:
        """The most that passed within any span of one second."""
        moments = [moment for moment, _ in self.passed]
        return max(sum(start <= at < start + 0.999 for at in moments) for start in moments)


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Street:
    made = Street()
    monkeypatch.setattr("bot.delivery.pace.asyncio.sleep", made.time.sleep)
    return made


async def test_the_first_goes_at_once(street: Street) -> None:
    await street.time.run(street.sending(1))
    assert street.passed == [(0.0, 1)]


async def test_twenty_five_a_second_in_all(street: Street) -> None:
    await street.time.run(*(street.sending(chat) for chat in range(100)))
    assert street.busiest_second() == 25
    assert street.passed[-1][0] == pytest.approx(99 / 25)


async def test_twenty_a_second_of_a_broadcast(street: Street) -> None:
    await street.time.run(*(street.sending(chat, bulk=True) for chat in range(100)))
    assert street.busiest_second() == 20
    assert street.passed[-1][0] == pytest.approx(99 / 20)


async def test_one_a_second_to_a_chat(street: Street) -> None:
    await street.time.run(*(street.sending(1) for _ in range(5)))
    assert [moment for moment, _ in street.passed] == [0, 1, 2, 3, 4]


async def test_a_notice_does_not_wait_behind_a_broadcast(street: Street) -> None:
    bulk = [street.sending(chat, bulk=True) for chat in range(500)]
    notice = street.sending(1000)
    await street.time.run(*bulk, notice)
    assert street.moment(1000) <= 1 / 20


async def test_a_busy_chat_holds_nobody_else_up(street: Street) -> None:
    await street.time.run(*(street.sending(1) for _ in range(5)), street.sending(2))
    assert street.moment(2) <= 0.1


async def test_all_limits_hold_together(street: Street) -> None:
    await street.time.run(
        *(street.sending(number % 90, bulk=number % 3 != 0) for number in range(400))
    )
    assert len(street.passed) == 400
    assert street.busiest_second() <= 25
    for chat in range(90):
        mine = [moment for moment, one in street.passed if one == chat]
        assert all(later - earlier >= 0.999 for earlier, later in pairwise(mine))
    assert max(Counter(chat for _, chat in street.passed).values()) == 5


async def test_chats_of_long_ago_are_forgotten(street: Street) -> None:
    street.pace._next_in_chat = dict.fromkeys(range(pacing.REMEMBERED + 1), -1.0)
    await street.time.run(street.sending(7))
    assert list(street.pace._next_in_chat) == [7]
