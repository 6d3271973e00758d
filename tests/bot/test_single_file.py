"""Single file: of what may come twice one at a time is on the wire, the more urgent first."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import pytest

from bot.delivery import carrier
from bot.delivery.single_file import SingleFile
from storage import broadcasts, outbox
from storage.outbox import Priority
from tests.bot.doubles import until
from tests.bot.post import DARKHAN, RUSLAN, SAULE, SENT, VIKTORIA, Post

pytestmark = pytest.mark.usefixtures("words")

PEOPLE = (DARKHAN, RUSLAN, SAULE, VIKTORIA)


class Telegram:
    """One that keeps each message until it is told to answer; counts what it has at a time."""

    def __init__(self) -> None:
        self.holds = 0
        self.most = 0
        self._answers = asyncio.Semaphore(0)

    async def __call__(self) -> None:
        self.holds += 1
        self.most = max(self.most, self.holds)
        await self._answers.acquire()
        self.holds -= 1

    def answer(self, number: int = 1) -> None:
        for _ in range(number):
            self._answers.release()

    def has(self, number: int) -> Callable[[], Awaitable[bool]]:
        async def holds() -> bool:
            return self.holds == number

        return holds


@pytest.fixture
def telegram(post: Post) -> Telegram:
    kept = Telegram()
    post.bot.slow = kept
    return kept


async def test_reminders_go_one_after_the_other_and_copies_side_by_side(
    post: Post, telegram: Telegram
) -> None:
    for person in PEOPLE:
        await post.put("reminder", person, priority=Priority.REMINDER)
    async with post.open():
        for number in range(len(PEOPLE)):
            await until(telegram.has(1), "a reminder")
            await asyncio.sleep(0.2)  # long enough for the next one by the pace
            telegram.answer()
            await until(partial(has_sent, post, number + 1), "its end")
        assert await post.settled() == {"reminder": SENT}
        assert telegram.most == 1
        for person in PEOPLE:
            await post.put(
                "copy", person, kind=broadcasts.COPY, priority=Priority.BROADCAST, broadcast_id=1
            )
        await until(telegram.has(len(PEOPLE)), "all copies at once")
        telegram.answer(len(PEOPLE))
        await post.settled()


async def test_only_what_is_on_the_wire_is_in_doubt(post: Post, telegram: Telegram) -> None:
    for person in PEOPLE:
        await post.put("notice", person)
        await post.put("reminder", person, priority=Priority.REMINDER)
    async with post.open():
        await until(telegram.has(1), "the first")
        await asyncio.sleep(0.2)
        states = [row["state"] for row in await post.all_rows()]
        assert sorted(states) == ["sending"] + ["waiting"] * 7
        telegram.answer(8)


async def test_an_answer_waits_for_one_message_and_not_for_a_hundred(
    post: Post, telegram: Telegram
) -> None:
    for number in range(100):
        await post.put(f"{number}", PEOPLE[number % 2])
    async with post.open() as courier:
        await until(telegram.has(1), "the first notice")
        await post.put("reminder", VIKTORIA, priority=Priority.REMINDER)
        await post.put("answer", SAULE, priority=Priority.ANSWER)
        courier.wake()
        await asyncio.sleep(0.2)  # all of them look into the outbox
        telegram.answer(2)
        await until(lambda: has_sent(post, 2), "two of them")
        assert post.bot.sent[1] == (1005, "kk answer"), "not the next of the notices"
        telegram.answer(200)


async def has_sent(post: Post, number: int) -> bool:
    return len(post.bot.sent) >= number


async def test_one_that_hangs_does_not_stop_all_reminders(
    post: Post, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "HANGING_SECONDS", 0.3)
    await post.put("first", priority=Priority.REMINDER)
    await post.put("second", RUSLAN, priority=Priority.REMINDER)
    async with post.open():
        await until(telegram.has(1), "the first")
        await asyncio.sleep(0.15)
        assert telegram.holds == 1, "it is waited for"
        await until(telegram.has(2), "the second, while the first hangs")
        telegram.answer(2)
        assert await post.settled() == {"first": SENT, "second": SENT}


async def test_one_that_was_dropped_meanwhile_gives_its_place_up(
    post: Post, telegram: Telegram
) -> None:
    await post.put("first")
    await post.put("dropped")
    async with post.open():
        await until(telegram.has(1), "the first")
        await asyncio.sleep(0.1)  # the other one has been seen, too
        dropped = (await post.rows())["dropped"]["id"]
        now = post.clock.now()
        await post.database.write(outbox.finish, dropped, "failed", now, reason="dropped")
        telegram.answer(2)
        await until(lambda: has_sent(post, 1), "the first one's end")
        post.clock.move(timedelta(seconds=1))  # the chat may be written to again
        await asyncio.sleep(0.2)
        await post.put("next", RUSLAN)
        assert (await post.settled())["next"] == SENT


def test_the_more_urgent_goes_first_when_a_place_is_free() -> None:
    file = SingleFile()
    assert file.enter(1, Priority.REMINDER)
    assert not file.enter(2, Priority.NOTICE)
    assert not file.enter(3, Priority.ANSWER)
    file.leave(1)
    assert not file.is_open_to(Priority.NOTICE), "the answer is before it"
    assert not file.enter(4, Priority.REMINDER)
    file.wait_no_more(Priority.ANSWER)
    assert file.enter(3, Priority.ANSWER)
    assert not file.is_open_to(Priority.ANSWER), "one at a time"
    file.leave(3)
    assert file.enter(2, Priority.NOTICE)
