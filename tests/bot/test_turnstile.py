"""The turnstile: whatever the bot says keeps the limits; by a timer that only sleeping moves."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, SendPhoto
from aiogram.methods.base import TelegramMethod

from bot.delivery import turnstile as module
from bot.delivery.pace import Limits, Pace
from bot.delivery.turnstile import TooBusy, Turnstile, counted_already
from bot.delivery.wire import Manner, Wire
from storage.clock import FrozenClock
from storage.database import Database
from tests.bot.timers import VirtualTimer
from tests.conftest import NOW, ZONE

GROUP = -500
BOT = Bot("1000000001:TokenOfTheLocalTelegramInTests")


def text(chat_id: int) -> SendMessage:
    return SendMessage(chat_id=chat_id, text="hm")


class Street:
    """A turnstile in virtual time, and what Telegram got when."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.time = VirtualTimer()
        database = Database("sqlite+aiosqlite:///nothing-is-kept.db")  # never opened
        manner = Manner(ZONE, "bot", "kk", "tests")
        self.pace = Pace(limits or Limits())
        self.turnstile = Turnstile(
            Wire(database, FrozenClock(NOW), manner, self.pace, timer=self.time)
        )
        self.got: list[tuple[float, int]] = []
        self.refuses: Exception | None = None
        self.slow = 0.0  # seconds that a message is on its way

    async def _telegram(self, bot: Bot, method: Any) -> Any:  # noqa: ARG002 - as aiogram calls it
        if self.slow:
            await self.time.sleep(self.slow)
        if self.refuses is not None:
            raise self.refuses
        self.got.append((round(self.time.now(), 3), getattr(method, "chat_id", 0)))

    async def say(self, method: TelegramMethod[Any]) -> None:
        await self.turnstile(self._telegram, BOT, method)

    def sends(self, chat_id: int, *, bulk: bool = False) -> None:
        """A message of the outbox goes and arrives, as a dispatcher counts it."""
        now = self.time.now()
        self.pace.take(chat_id, now, bulk=bulk)
        self.pace.all.set_out(chat_id)
        self.pace.all.arrived(chat_id, now)

    def saying(self, *methods: TelegramMethod[Any]) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.say(method)) for method in methods]

    def moments(self, chat_id: int) -> list[float]:
        return [moment for moment, chat in self.got if chat == chat_id]

    def busiest(self) -> int:
        return max(sum(at <= other < at + 0.999 for other, _ in self.got) for at, _ in self.got)


@pytest.fixture
def street() -> Street:
    return Street()


async def test_an_answer_goes_at_once_also_while_a_broadcast_runs(street: Street) -> None:
    async def broadcast() -> None:
        for chat in range(200):
            while (ready := street.pace.ready_at(street.time.now(), bulk=True)) > street.time.now():
                await street.time.sleep(ready - street.time.now())
            street.sends(chat, bulk=True)

    async def answers() -> None:
        for number in range(20):
            await street.time.sleep(0.1)
            asked = street.time.now()
            await street.say(text(1000 + number))
            assert street.time.now() == asked

    await street.time.pass_until(asyncio.create_task(broadcast()), asyncio.create_task(answers()))
    assert len(street.got) == 20


async def test_a_rush_of_answers_keeps_the_limit_and_the_order(street: Street) -> None:
    await street.time.pass_until(*street.saying(*(text(chat) for chat in range(100))))
    assert street.busiest() == Limits().at_once < 30, "Telegram's own limit"
    assert [chat for _, chat in street.got] == list(range(100)), "first come, first served"
    assert street.got[-1][0] == pytest.approx(100 / 20 - 1, abs=0.1)


async def test_what_a_program_said_just_before_it_ended_is_reckoned_with(street: Street) -> None:
    street.pace.begin(street.time.now())
    await street.time.pass_until(*street.saying(text(1)))
    assert street.moments(1) == [1]


async def test_after_a_rush_the_outbox_holds_back(street: Street) -> None:
    """The second that Telegram counts by is used up by both together."""
    await street.time.pass_until(*street.saying(*(text(chat) for chat in range(20))))
    assert street.pace.ready_at(street.time.now(), bulk=False) == pytest.approx(20 / 25, abs=0.11)


async def test_what_the_outbox_sends_leaves_room_for_so_many(street: Street) -> None:
    for chat in range(25):
        street.sends(chat)
    await street.time.pass_until(*street.saying(*(text(100 + chat) for chat in range(5))))
    assert [moment for moment, _ in street.got] == [0, 0, 0, 1, 1]


async def test_a_second_is_counted_from_the_arriving() -> None:
    """Those of a slow second must not arrive together with those of the next one."""
    street = Street(Limits(any_second=5))
    street.slow = 0.3
    await street.time.pass_until(*street.saying(*(text(chat) for chat in range(10))))
    assert [moment for moment, _ in street.got] == [0.3] * 5 + [1.6] * 5


async def test_the_outbox_too_waits_for_what_is_on_its_way() -> None:
    street = Street(Limits(any_second=5))
    for chat in range(5):
        street.pace.all.set_out(chat)
    now = street.time.now()
    assert street.pace.ready_at(now, bulk=False) > now
    street.pace.all.arrived(0, now)
    street.pace.all.arrived(0, now)  # heard of twice, counted once
    assert street.pace.ready_at(now + 0.9, bulk=False) == 1
    assert street.pace.ready_at(now + 1, bulk=False) == 1


async def test_two_in_a_chat_may_follow_at_once_then_one_a_second(street: Street) -> None:
    edit = EditMessageText(chat_id=1, message_id=7, text="hm")
    for method in (text(1), edit, text(1), edit, text(1)):
        await street.time.pass_until(*street.saying(method))
    assert street.moments(1) == [0, 0, 1, 2, 3]


async def test_whoever_waits_for_their_own_chat_keeps_nobody_waiting(street: Street) -> None:
    busy = street.saying(*(text(1) for _ in range(6)))
    await street.time.pass_until(*busy, *street.saying(text(2), text(3)))
    assert street.moments(2) == street.moments(3) == [0]
    assert street.moments(1) == [0, 0, 1, 2, 3, 4]


async def test_an_answer_to_a_tap_is_no_message(street: Street) -> None:
    await street.time.pass_until(
        *street.saying(*(AnswerCallbackQuery(callback_query_id="1") for _ in range(99)))
    )
    assert len(street.got) == 99
    assert street.time.now() == 0


async def test_a_group_whose_minute_is_used_up_is_not_answered_and_holds_nobody_up(
    street: Street,
) -> None:
    for _ in range(18):
        await street.time.pass_until(*street.saying(text(GROUP)))
    with pytest.raises(TooBusy):
        await street.say(text(GROUP))
    assert len(street.got) == 18
    await street.time.pass_until(*street.saying(text(1)))


async def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    street = Street(Limits(at_once=1))
    await street.say(text(1))
    with pytest.raises(TooBusy):
        await street.say(text(2))  # nobody moves the time
    assert [chat for _, chat in street.got] == [1]
    await street.time.pass_until(*street.saying(text(3)))
    assert street.moments(3) == [1], "whoever gave up left the line"


async def test_what_the_outbox_holds_is_counted_once_and_waits_however_long(
    street: Street,
) -> None:
    """A message with pictures: the dispatcher counted one, the others wait for their turn."""

    async def carried() -> None:
        street.pace.take(GROUP, street.time.now(), bulk=False)
        with counted_already():
            for _ in range(20):
                await street.say(SendPhoto(chat_id=GROUP, photo="A"))

    await street.time.pass_until(asyncio.create_task(carried()))
    moments = street.moments(GROUP)
    assert moments[:4] == [0, 0, 1, 2]
    assert moments[17:] == [16, 60, 60], "the minute of the group"


async def test_where_telegram_asks_to_wait_nothing_is_said_and_no_broadcast_goes_on(
    street: Street,
) -> None:
    street.refuses = TelegramRetryAfter(text(1), "Too Many Requests", 37)
    with pytest.raises(TelegramRetryAfter):
        await street.say(text(1))
    street.refuses = None
    with pytest.raises(TooBusy):
        await street.say(text(1))
    assert street.pace.ready_at(street.time.now(), bulk=True) == 37
    await street.time.pass_until(*street.saying(text(2)))
    assert street.moments(2) == [0]
