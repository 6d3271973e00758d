"""Ticks and the watchdog over them: each on clocks of their own, nothing waits in real time."""

from datetime import timedelta
from typing import Any

import pytest
import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError

from bot import alarm
from bot.schedule import Schedule
from bot.watchdog import Watchdog
from storage import heartbeat, people, ticking
from storage.clock import FrozenClock
from storage.database import Database
from storage.rules.access import Role
from tests.bot.doubles import outbox_rows
from tests.conftest import NOW, ZONE


class Enough(Exception):
    """The story has lasted long enough."""


class Machine:
    """The machine's own clock, which runs only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.end = 0.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        if self.seconds > self.end:
            raise Enough


class Owners:
    """Those who hear the alarm."""

    def __init__(self, *, deaf: int = 0) -> None:
        self.heard: list[int] = []
        self.deaf = deaf  # how many tries do not get through

    async def __call__(self, minutes: int) -> None:
        if self.deaf:
            self.deaf -= 1
            raise TelegramNetworkError(None, "no route")  # type: ignore[arg-type]
        self.heard.append(minutes)


async def looks(watchdog: Watchdog, machine: Machine, seconds: float) -> None:
    """Let the watchdog run for a while."""
    machine.end = machine.seconds + seconds
    with pytest.raises(Enough):
        await watchdog.run()


async def test_five_minutes_of_silence_raise_the_alarm_once() -> None:
    machine, owners = Machine(), Owners()
    watchdog = Watchdog(owners, monotonic=machine, sleep=machine.sleep)
    await looks(watchdog, machine, 270)
    assert owners.heard == []
    with structlog.testing.capture_logs() as logs:
        await looks(watchdog, machine, 3600)
    assert owners.heard == [5]
    assert [line["log_level"] for line in logs] == ["error"]


async def test_a_new_silence_is_a_new_alarm() -> None:
    machine, owners = Machine(), Owners()
    watchdog = Watchdog(owners, monotonic=machine, sleep=machine.sleep)
    await looks(watchdog, machine, 900)
    watchdog.fed()
    await looks(watchdog, machine, 240)
    assert owners.heard == [5]
    await looks(watchdog, machine, 240)
    assert owners.heard == [5, 5]


async def test_ticks_keep_it_quiet() -> None:
    machine, owners = Machine(), Owners()
    watchdog = Watchdog(owners, monotonic=machine, sleep=machine.sleep)
    for _ in range(100):
        await looks(watchdog, machine, 60)
        watchdog.fed()
    assert owners.heard == []


async def test_an_alarm_that_did_not_get_through_is_raised_again() -> None:
    machine, owners = Machine(), Owners(deaf=3)
    watchdog = Watchdog(owners, monotonic=machine, sleep=machine.sleep)
    with structlog.testing.capture_logs() as logs:
        await looks(watchdog, machine, 3600)
    assert owners.heard == [6]
    assert [line["event"] for line in logs if line["event"] == "no tick succeeded"] == [
        "no tick succeeded"
    ]


def schedule(database: Database, clock: FrozenClock, watchdog: Watchdog) -> Schedule:
    return Schedule(database, clock, ZONE, lambda: None, watchdog)


async def test_a_tick_feeds_the_watchdog_and_leaves_a_sign(database: Database) -> None:
    machine, owners = Machine(), Owners()
    watchdog = Watchdog(owners, monotonic=machine, sleep=machine.sleep)
    ticks = schedule(database, FrozenClock(NOW), watchdog)
    for _ in range(4):
        machine.seconds += 200
        await ticks.tick()
        await watchdog.look()
    assert owners.heard == []
    assert await database.read(heartbeat.last, heartbeat.TICK) == NOW


async def test_ticks_that_fail_are_silence(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine, owners = Machine(), Owners()
    watchdog = Watchdog(owners, monotonic=machine, sleep=machine.sleep)
    ticks = schedule(database, FrozenClock(NOW), watchdog)

    def locked(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(ticking, "tick", locked)
        for _ in range(30):
            machine.seconds += 15
            with pytest.raises(RuntimeError):
                await ticks.tick()
            await watchdog.look()
    assert owners.heard == [5]
    await ticks.tick()
    machine.seconds += 200
    await watchdog.look()
    assert owners.heard == [5]


async def test_only_the_first_tick_that_succeeds_tells_of_a_standstill(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def owner(tx: Any) -> None:
        person_id = people.meet(tx, 1001, "Айгүл Сейтова", NOW)
        people.join(tx, person_id, Role.OWNER, None, NOW.date())
        heartbeat.beat(tx, heartbeat.TICK, NOW - timedelta(hours=8))

    await database.write(owner)
    clock = FrozenClock(NOW)
    ticks = schedule(database, clock, Watchdog(Owners()))
    with monkeypatch.context() as patched:
        patched.setattr(ticking, "DAILY", (lambda *_: 1 / 0,))
        with pytest.raises(ZeroDivisionError):
            await ticks.tick()
    assert await outbox_rows(database, ticking.DOWN) == []
    await ticks.tick()
    (told,) = await outbox_rows(database, ticking.DOWN)
    assert told["params"]["since"] == (NOW - timedelta(hours=8)).isoformat()
    clock.set(NOW + timedelta(days=2))  # a demo's clock that was moved
    await ticks.tick()
    assert len(await outbox_rows(database, ticking.DOWN)) == 1


class Telegram(Bot):
    """Sends to some and not to others."""

    def __init__(self, blocked_by: set[int]) -> None:
        super().__init__("1000000001:TokenOfTheLocalTelegramInTests")
        self.blocked_by = blocked_by
        self.sent: dict[int, str] = {}

    async def send_message(self, chat_id: int, text: str) -> None:  # type: ignore[override]
        if chat_id in self.blocked_by:
            raise TelegramNetworkError(None, "no route")  # type: ignore[arg-type]
        self.sent[chat_id] = text


@pytest.mark.parametrize(("language", "words"), [("kk", "6 минутта"), ("ru", "6 мин.")])
async def test_the_alarm_goes_to_each_owner_in_words(language: str, words: str) -> None:
    bot = Telegram({2})
    await alarm.tell_owners(bot, [1, 2, 3], language, 6)
    assert set(bot.sent) == {1, 3}
    assert words in bot.sent[1]
    with pytest.raises(TelegramNetworkError):
        await alarm.tell_owners(Telegram({1, 2}), [1, 2], language, 6)
    await alarm.tell_owners(bot, [], language, 6)
