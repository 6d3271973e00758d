"""The pace: Telegram's limits, by a timer that only sleeping moves."""

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from bot.delivery import pace as pacing
from bot.delivery.pace import UNLIMITED, Pace
from tests.bot.timers import VirtualTimer

GROUP = -1_000_000_000_500


class Street:
    """A pace in virtual time, and who was let through when."""

    def __init__(self) -> None:
        self.time = VirtualTimer()
        self.pace = Pace()
        self.passed: list[tuple[float, int]] = []

    def ready_at(self, chat_id: int, *, bulk: bool) -> float:
        return max(self.pace.ready_at(self.time.now(), bulk=bulk), self.pace.chat_ready_at(chat_id))

    async def go(self, chat_id: int, *, bulk: bool = False) -> None:
        """Wait for the moment, as a dispatcher does, and go."""
        while (moment := self.ready_at(chat_id, bulk=bulk)) > self.time.now():
            await self.time.sleep(moment - self.time.now())
        self.pace.take(chat_id, self.time.now(), bulk=bulk)
        self.passed.append((round(self.time.now(), 6), chat_id))

    def sending(self, chat_id: int, *, bulk: bool = False) -> asyncio.Task[None]:
        return asyncio.create_task(self.go(chat_id, bulk=bulk))

    def moment(self, chat_id: int) -> float:
        """When the last message to a chat passed."""
        return max(moment for moment, chat in self.passed if chat == chat_id)

    def busiest(self, span: float, chat_id: int | None = None) -> int:
        """The most that passed within any ``span`` of seconds."""
        moments = [moment for moment, chat in self.passed if chat_id in (None, chat)]
        return max(sum(start <= at < start + span - 0.001 for at in moments) for start in moments)


@pytest.fixture
def street() -> Street:
    return Street()


# After idling a tenth of a second may be caught up: two or three messages, never a burst.
CAUGHT_UP = 3


async def test_the_first_goes_at_once(street: Street) -> None:
    street.time.moment = 1000.0
    await street.time.pass_until(street.sending(1))
    assert street.passed == [(1000.0, 1)]


async def test_twenty_five_a_second_in_all(street: Street) -> None:
    await street.time.pass_until(*(street.sending(chat) for chat in range(100)))
    assert street.busiest(1) <= 25 + CAUGHT_UP < 30, "Telegram's own limit is 30"
    assert street.passed[-1][0] == pytest.approx(99 / 25, abs=0.15)


async def test_twenty_a_second_of_a_broadcast(street: Street) -> None:
    await street.time.pass_until(*(street.sending(chat, bulk=True) for chat in range(100)))
    assert street.busiest(1) <= 20 + CAUGHT_UP < 25, "the rest is kept for answers"
    assert street.passed[-1][0] == pytest.approx(99 / 20, abs=0.15)


async def test_idling_saves_nothing_up(street: Street) -> None:
    await street.time.pass_until(street.sending(1))
    street.time.moment = 3600.0
    await street.time.pass_until(*(street.sending(chat) for chat in range(2, 52)))
    assert street.busiest(0.5) <= 12.5 + CAUGHT_UP
    assert street.busiest(1) < 30


async def test_one_a_second_to_a_chat(street: Street) -> None:
    await street.time.pass_until(*(street.sending(1) for _ in range(5)))
    assert [moment for moment, _ in street.passed] == [0, 1, 2, 3, 4]


async def test_eighteen_a_minute_to_a_group_answers_included(street: Street) -> None:
    sending = (street.sending(GROUP, bulk=number % 2 == 0) for number in range(40))
    await street.time.pass_until(*sending)
    assert street.busiest(60, GROUP) == 18, "Telegram's own limit is 20"
    assert [round(at) for at, _ in street.passed][17:20] == [17, 60, 61]
    assert street.passed[-1][0] == pytest.approx(123)


async def test_a_person_has_no_limit_of_a_minute(street: Street) -> None:
    await street.time.pass_until(*(street.sending(1) for _ in range(40)))
    assert street.passed[-1][0] == pytest.approx(39)


async def test_a_notice_does_not_wait_behind_a_broadcast(street: Street) -> None:
    bulk = [street.sending(chat, bulk=True) for chat in range(500)]
    notice = street.sending(1000)
    await street.time.pass_until(*bulk, notice)
    assert street.moment(1000) <= 0.1


async def test_a_busy_chat_holds_nobody_else_up(street: Street) -> None:
    await street.time.pass_until(*(street.sending(1) for _ in range(5)), street.sending(2))
    assert street.moment(2) <= 0.1


async def test_a_chat_that_telegram_asked_to_wait_in_holds_nobody_else_up(street: Street) -> None:
    street.pace.hold_chat(1, 37.0)
    street.pace.hold_chat(1, 5.0)  # a shorter wait does not end a longer one
    await street.time.pass_until(street.sending(1), street.sending(2), street.sending(3, bulk=True))
    assert street.moment(1) == 37.0
    assert max(street.moment(2), street.moment(3)) <= 0.1


async def test_held_bulk_lets_answers_pass(street: Street) -> None:
    street.pace.hold_bulk(600.0)
    street.pace.hold_bulk(3.0)
    await street.time.pass_until(street.sending(1), street.sending(2, bulk=True))
    assert street.passed == [(0.0, 1), (600.0, 2)]


async def test_all_limits_hold_together(street: Street) -> None:
    await street.time.pass_until(
        *(street.sending(number % 90, bulk=number % 3 != 0) for number in range(400))
    )
    assert len(street.passed) == 400
    assert street.busiest(1) < 30
    for chat in range(90):
        mine = [moment for moment, one in street.passed if one == chat]
        assert all(later - earlier >= 0.999 for earlier, later in pairwise(mine))
    assert max(Counter(chat for _, chat in street.passed).values()) == 5


async def test_a_measurement_may_lift_the_limits(street: Street) -> None:
    street.pace = Pace(UNLIMITED)
    await street.time.pass_until(*(street.sending(1) for _ in range(500)))
    assert street.passed[-1][0] < 0.001


def test_chats_of_long_ago_are_forgotten_and_those_of_now_are_not() -> None:
    pace = Pace()
    for chat in range(1, pacing.REMEMBERED + 2):
        pace.take(-chat, chat / 10, bulk=False)  # a thousand seconds in all
    assert len(pace._next_in_chat) <= 10, "whoever may be written to again"
    assert len(pace._in_group) == 600, "a group's minute is longer"
    assert pace.chat_ready_at(-pacing.REMEMBERED - 1) > 1001
