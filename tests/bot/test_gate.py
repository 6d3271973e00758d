"""What the bot says by itself waits for the working morning; what somebody waits for does not."""

from datetime import timedelta

import pytest

from handlers import registry
from storage import kinds
from storage.kinds import Kind
from storage.outbox import Priority
from tests.bot.doubles import until
from tests.bot.post import RUSLAN, SAULE, SENT, WORD, Post, waits, word
from tests.conftest import ZONE

REMINDER, LAW = "roadmap_reminder", "deadline_of_the_law"


@pytest.fixture(autouse=True)
def kinds_of_the_bots_own(words: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.KINDS, LAW, Kind(LAW, own_accord=True, statutory=True))
    monkeypatch.setitem(registry.RENDERERS, LAW, word)
    monkeypatch.setitem(registry.RENDERERS, REMINDER, word)


@pytest.mark.parametrize(
    ("hours", "days_until", "hours_on"),
    [(12, 1, 12), (4 * 24, 2, 48)],  # Tuesday 22:00; Saturday 10:00, and Monday is a working day
    ids=["at night", "on a day off"],
)
async def test_only_what_is_in_no_hurry_waits(
    post: Post, hours: int, days_until: int, hours_on: int
) -> None:
    post.clock.move(timedelta(hours=hours))
    today = post.clock.now().astimezone(ZONE).date()
    await post.put("reminder", kind=REMINDER, priority=Priority.REMINDER)
    await post.put("own notice", SAULE, kind=REMINDER, priority=Priority.NOTICE)
    await post.put("law", RUSLAN, kind=LAW, priority=Priority.REMINDER)
    await post.put("answer", kind=WORD, priority=Priority.ANSWER)
    async with post.open():
        await until(lambda: waits(post, "reminder"), "the gate")
        await until(lambda: waits(post, "own notice"), "the gate")
        states = await post.settled()
        assert (states["law"], states["answer"]) == (SENT, SENT)
        for text in ("reminder", "own notice"):
            row = (await post.rows())[text]
            local = row["not_before"].astimezone(ZONE)
            assert (local.date(), local.hour) == (today + timedelta(days=days_until), 8)
            assert row["attempts"] == 0
        post.clock.move(timedelta(hours=hours_on))
        assert set((await post.settled()).values()) == {SENT}


async def test_by_day_nothing_waits(post: Post) -> None:
    await post.put("reminder", kind=REMINDER, priority=Priority.REMINDER)
    async with post.open():
        assert await post.settled() == {"reminder": SENT}


async def test_what_was_held_up_until_the_night_waits_for_the_morning(post: Post) -> None:
    """Telegram let nothing through all evening: the night is no time to make up for it."""
    async with post.open() as courier:
        until_then = post.clock.now() + timedelta(hours=12)
        courier._carrier.hold_bulk(until_then)
        await post.put("reminder", kind=REMINDER, priority=Priority.REMINDER)
        post.clock.move(timedelta(hours=10, minutes=59, seconds=40))  # 20:59, seen ahead
        post.clock.move(timedelta(hours=1, seconds=30))
        await until(lambda: waits(post, "reminder"), "the gate")
    assert post.bot.sent == []
