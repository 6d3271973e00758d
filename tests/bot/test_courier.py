"""The courier: each message comes to its final state, whatever Telegram answers."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorError
from markupsafe import Markup
from sqlalchemy import Connection, update

from bot.delivery.carrier import MAX_ATTEMPTS, RETRY_SECONDS
from handlers import registry
from handlers.notices import Recipient
from handlers.ui.screen import Screen
from storage import broadcasts, people, settlement
from storage.outbox import Priority
from storage.tables import people as people_table
from tests.bot.doubles import outbox_rows, until
from tests.bot.post import (
    DARKHAN,
    RUSLAN,
    SAULE,
    SENT,
    VIKTORIA,
    WORD,
    Post,
    at_the_post,
    failed,
    fault,
    waits,
)
from tests.handlers.conftest import Stage
from tests.storage.queues import send_due

METHOD = SendMessage(chat_id=1, text="hm")

pytestmark = pytest.mark.usefixtures("words")


async def test_messages_arrive_in_the_recipients_language_most_urgent_first(post: Post) -> None:
    await post.put("broadcast", VIKTORIA, priority=Priority.BROADCAST)
    await post.put("notice")
    await post.put("answer", RUSLAN, priority=Priority.ANSWER)
    await post.database.write(lambda tx: tx.execute(people_without_language()))
    await post.put("default", SAULE)
    async with post.open():
        assert set((await post.settled()).values()) == {SENT}
    prompt = [(1004, "ru answer"), (1003, "kk notice"), (1005, "ru default")]
    assert [sent for sent in post.bot.sent if "broadcast" not in sent[1]] == prompt
    assert (1007, "ru broadcast") in post.bot.sent, "which has a share of the pace of its own"
    notice = (await post.rows())["notice"]
    assert notice["message_id"] == 101 + post.bot.sent.index((1003, "kk notice"))
    assert notice["attempts"] == 1


def people_without_language() -> Any:
    return update(people_table).where(people_table.c.id == SAULE).values(language=None)


async def test_no_message_costs_stars(post: Post) -> None:
    await post.put("hm", priority=Priority.BROADCAST)
    async with post.open():
        await post.settled()
    assert "allow_paid_broadcast" not in post.bot.options[0]


async def test_what_cannot_be_made_or_says_nothing_more_stops_nobody(post: Post) -> None:
    await post.put("fault")
    await post.put("void")
    await post.put("unknown", kind="kind_of_an_older_program")
    await post.put("good")
    async with post.open():
        states = await post.settled()
    assert states == {
        "fault": ("failed", "not_rendered"),
        "void": ("failed", "void"),
        "unknown": ("failed", "not_rendered"),
        "good": SENT,
    }
    assert post.bot.sent == [(1003, "kk good")]


async def test_a_screen_that_cannot_be_sent_at_all_stops_nobody(post: Post) -> None:
    await post.put("button", too_long="x" * 65)
    await post.put("good")
    async with post.open():
        assert await post.settled() == {"button": ("failed", "not_rendered"), "good": SENT}


async def test_an_unforeseen_fault_of_the_client_stops_nobody(post: Post) -> None:
    post.bot.faults = [UnicodeError("an answer in no known encoding"), ConnectionResetError()]
    await post.put("copy", kind=broadcasts.COPY, broadcast_id=1)
    await post.put("notice")
    async with post.open():
        assert (await post.settled())["copy"] == ("uncertain", "UnicodeError")
        post.clock.move(timedelta(seconds=RETRY_SECONDS[0]))
        assert (await post.settled())["notice"] == SENT


async def test_whoever_is_unreachable_is_not_tried_but_gets_the_answer_they_ask_for(
    post: Post,
) -> None:
    await post.database.write(people.set_reachable, 1003, "blocked")
    await post.put("notice")
    await post.put("answer", priority=Priority.ANSWER)
    async with post.open():
        states = await post.settled()
    assert states == {"notice": ("failed", "unreachable"), "answer": SENT}


async def test_a_refused_message_is_not_repeated(post: Post) -> None:
    post.bot.faults = [TelegramBadRequest(METHOD, "Bad Request: message is too long")]
    await post.put("long")
    await post.put("next")
    async with post.open():
        assert await post.settled() == {"long": ("failed", "refused"), "next": SENT}
    assert (await post.database.read(people.get, DARKHAN)).reachable


async def test_a_network_that_is_away_for_hours_loses_nothing(post: Post) -> None:
    offline = TelegramNetworkError(METHOD, "ClientConnectorError")
    offline.__cause__ = ClientConnectorError(SimpleNamespace(), OSError(111))  # type: ignore[arg-type]
    post.bot.faults = [offline] * 8
    await post.put("copy", kind=broadcasts.COPY, priority=Priority.BROADCAST, broadcast_id=1)
    await post.put("notice")
    async with post.open():
        for _ in range(10):
            await post.settled()
            post.clock.move(timedelta(minutes=30))
        states = await post.settled()
    assert states == {"copy": SENT, "notice": SENT}
    assert len(post.bot.sent) == 2


async def test_what_may_have_arrived_is_repeated_with_patience(post: Post) -> None:
    post.bot.faults = [TelegramServerError(METHOD, "Bad Gateway")] * (MAX_ATTEMPTS - 1)
    await post.put("notice")
    async with post.open():
        for seconds in RETRY_SECONDS:
            await post.settled()
            row = (await post.rows())["notice"]
            wait = (row["not_before"] - post.clock.now()).total_seconds()
            assert seconds - 5 < wait <= seconds
            post.clock.move(timedelta(seconds=seconds))
        assert await post.settled() == {"notice": SENT}
    assert (await post.rows())["notice"]["attempts"] == MAX_ATTEMPTS
    assert sum(RETRY_SECONDS) >= 3600, "an hour without Telegram is lived through"


async def test_in_the_end_it_is_uncertain_never_silent(post: Post) -> None:
    post.bot.faults = [TelegramServerError(METHOD, "Bad Gateway")] * MAX_ATTEMPTS
    await post.put("notice")
    async with post.open():
        for seconds in RETRY_SECONDS:
            await post.settled()
            post.clock.move(timedelta(seconds=seconds))
        assert await post.settled() == {"notice": ("uncertain", "TelegramServerError")}


async def test_a_copy_of_a_broadcast_is_never_sent_twice(post: Post) -> None:
    post.bot.faults = [TelegramServerError(METHOD, "Bad Gateway")]
    await post.put("copy", kind=broadcasts.COPY, broadcast_id=1)
    async with post.open():
        assert await post.settled() == {"copy": ("uncertain", "TelegramServerError")}
    assert post.bot.sent == []


async def test_what_was_on_its_way_when_the_program_died(post: Post) -> None:
    await post.put("copy", kind=broadcasts.COPY, broadcast_id=1)
    await post.put("notice")
    assert len(await post.database.write(send_due, post.clock.now(), 10)) == 2
    async with post.open():
        assert (await post.settled())["copy"] == ("uncertain", "interrupted")
        post.clock.move(timedelta(seconds=RETRY_SECONDS[0]))
        assert (await post.settled())["notice"] == SENT
    assert post.bot.sent == [(1003, "kk notice")]


async def test_what_an_older_program_left_unfinished_does_not_stop_this_one(post: Post) -> None:
    await post.put("old", kind="kind_of_an_older_program")
    await post.database.write(send_due, post.clock.now(), 10)
    await post.put("new")
    async with post.open():
        assert await post.settled() == {"old": ("uncertain", "interrupted"), "new": SENT}


async def test_a_revoked_token_stops_the_courier_and_loses_nothing(post: Post) -> None:
    post.bot.faults = [TelegramUnauthorizedError(METHOD, "Unauthorized")]
    await post.put("copy", kind=broadcasts.COPY, broadcast_id=1)
    courier = post.courier()
    with pytest.RaisesGroup(TelegramUnauthorizedError):
        await asyncio.wait_for(courier.run(), 10)
    assert await post.states() == {"copy": ("waiting", None)}


async def test_draining_lets_arrive_what_is_on_its_way_and_gives_back_the_rest(
    post: Post,
) -> None:
    on_its_way, may_arrive = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        on_its_way.set()
        await may_arrive.wait()

    post.bot.slow = slow
    for number in range(5):
        await post.put(f"{number}", kind=broadcasts.COPY, broadcast_id=1)
    async with post.open() as courier:
        await asyncio.wait_for(on_its_way.wait(), 5)
        draining = asyncio.create_task(courier.drain(5))
        await asyncio.sleep(0)
        may_arrive.set()
        await draining
        states = [state for state, _ in (await post.states()).values()]
    assert states == ["sent", "waiting", "waiting", "waiting", "waiting"]


async def test_draining_an_idle_courier_takes_no_time(post: Post) -> None:
    async with post.open() as courier:
        await post.settled()
        await asyncio.wait_for(courier.drain(30), 5)


async def test_the_command_menu_is_set_by_role(post: Post) -> None:
    await post.put("menu", kind="commands", priority=Priority.ANSWER)
    async with post.open():
        assert await post.settled() == {"menu": SENT}
    assert post.bot.sent == [(1003, "commands")]
    names = [command.command for command in post.bot.options[0]["commands"]]
    assert "request" in names
    assert "broadcast" not in names, "a deputy does not write to the branch"


async def test_pictures_come_before_the_text(post: Post) -> None:
    await post.put("text", pictures=["one", "two"])
    async with post.open():
        await post.settled()
    assert [text for _, text in post.bot.sent] == ["one", "two", "kk text"]


async def test_a_flood_survives_a_restart(post: Post) -> None:
    post.bot.faults = [TelegramRetryAfter(METHOD, "Too Many Requests", 600)]
    await post.put("first", kind=broadcasts.COPY, priority=Priority.BROADCAST, broadcast_id=1)
    async with post.open():
        await until(lambda: waits(post, "first"), "the flood")
    await post.put("copy", RUSLAN, priority=Priority.BROADCAST)
    await post.put("notice", SAULE)
    async with post.open():
        await until(lambda: is_sent(post, "notice"), "what is not held")
        await asyncio.sleep(0.3)
        assert (await post.states())["copy"] == ("waiting", None)
        post.clock.move(timedelta(seconds=601))
        assert set((await post.settled()).values()) == {SENT}
    assert (await post.rows())["first"]["attempts"] == 1, "the refused try does not count"


async def is_sent(post: Post, text: str) -> bool:
    return (await post.states())[text] == SENT


async def test_a_hundred_to_one_chat_keep_nobody_elses_place(post: Post) -> None:
    for number in range(100):
        await post.put(f"{number}")
    await post.put("other", RUSLAN)
    async with post.open():
        await until(lambda: is_sent(post, "other"), "the other's")
        assert len(post.bot.sent) < 10, "at one a second the hundred take a while"


async def test_of_two_couriers_one_sends_and_the_other_takes_over(post: Post) -> None:
    async with post.open() as first:
        await post.put("one")
        await post.settled()
        post.bot.sent.clear()
        second = post.courier("another process")
        task = asyncio.create_task(second.run())
        await post.put("two", RUSLAN)
        await post.settled()
        assert not second._lease.held.is_set()
        await first.drain(1)
        await post.put("three", SAULE)
        assert (await post.settled())["three"] == SENT
        assert second._lease.held.is_set()
        assert not first._lease.held.is_set() or first._dispatching[0].done()
        await asyncio.sleep(1.2)
        assert second._lease.held.is_set(), "whoever let go does not take it again"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert post.bot.sent == [(1004, "ru two"), (1005, "kk three")]


# -- against the local Telegram ---------------------------------------------------------------


async def test_flood_is_waited_out_by_the_chat_and_by_all_broadcasts(stage: Stage) -> None:
    async with at_the_post(stage, 1003, 1004, 1005) as post:
        await fault(stage, "429", retry_after=600, chat=1003)
        await post.put("first")
        await until(lambda: waits(post, "first"), "the flood")
        await post.put("second")
        await post.put("other", RUSLAN)
        await post.put("copy", SAULE, priority=Priority.BROADCAST)
        stage.app.courier.wake()
        await stage.person(1004).wait_for("ru other")
        await asyncio.sleep(1.5)  # long enough for a second one to the chat, and for the copy
        rows = await post.rows()
        for text in ("first", "second", "copy"):
            assert rows[text]["state"] == "waiting"
            assert rows[text]["attempts"] == 0, "nothing was tried, or it does not count"
        for text in ("first", "second"):
            assert rows[text]["not_before"] - stage.clock.now() > timedelta(seconds=590)
        held = await stage.database.read(settlement.bulk_held_until)
        assert held == rows["first"]["not_before"], "a restart must not forget it"
        await post.put("third")
        await until(lambda: waits(post, "third"), "the third to be put off, too")
        stage.clock.move(timedelta(seconds=600))
        stage.app.courier.wake()
        assert set((await post.settled()).values()) == {SENT}
        texts = [message["text"] for message in await stage.person(1003).messages()]
        assert texts[-3:] == ["kk first", "kk second", "kk third"], "in their order"


async def test_whoever_blocked_the_bot_becomes_unreachable(stage: Stage) -> None:
    async with at_the_post(stage, 1003) as post:
        await fault(stage, "403")
        await post.put("first")
        await until(lambda: failed(post, "first"), "the refusal")
        await post.put("second")
        stage.app.courier.wake()
        assert await post.settled() == {
            "first": ("failed", "blocked"),
            "second": ("failed", "unreachable"),
        }
        assert not (await stage.database.read(people.get, DARKHAN)).reachable
        dauren = stage.person(1003)
        await dauren.send("/menu")
        await dauren.wait_for("Мәзір")
        assert (await stage.database.read(people.get, DARKHAN)).reachable, "they wrote again"


async def test_whoever_never_pressed_start_becomes_unreachable(stage: Stage) -> None:
    async with at_the_post(stage) as post:
        await post.put("first")
        assert await post.settled() == {"first": ("failed", "never_started")}


@pytest.mark.parametrize("kind", ["502html", "reset_after", "truncated"])
async def test_a_lost_answer_repeats_a_notice_but_no_copy(stage: Stage, kind: str) -> None:
    async with at_the_post(stage, 1003) as post:
        await fault(stage, kind, times=2)
        await post.put("notice")
        await post.put("copy", kind=broadcasts.COPY, broadcast_id=1)
        await until(lambda: waits(post, "notice"), "the fault")
        await post.settled()
        stage.clock.move(timedelta(seconds=RETRY_SECONDS[0]))
        states = await post.settled()
        assert states["notice"] == SENT
        assert states["copy"][0] == "uncertain"
        texts = [message["text"] for message in await stage.person(1003).messages()]
        arrived = 0 if kind == "502html" else 1
        assert texts.count("kk notice") == 1 + arrived
        assert texts.count("kk copy") == arrived


async def test_a_wait_of_hours_is_told_to_the_owner(stage: Stage) -> None:
    async with at_the_post(stage, 1001, 1003) as post:
        await fault(stage, "429", retry_after=7200, chat=1003)
        await post.put("notice")
        stage.app.courier.wake()
        told = await stage.person(1001).wait_for("Хабарлар кешірек жетеді")
        assert "12:0" in told["text"], "until two hours after ten"
        assert await waits(post, "notice")


async def test_broken_tags_do_not_keep_the_words_and_the_owner_learns_of_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_tx: Connection, _to: Recipient, params: dict[str, Any]) -> Screen:
        return Screen(Markup("<b>Жиналыс</i> &lt; ") + params["text"])

    monkeypatch.setitem(registry.RENDERERS, WORD, broken)
    async with at_the_post(stage, 1001, 1003) as post:
        await post.put("ертең")
        await post.put("бүрсігүні")
        stage.app.courier.wake()
        await stage.person(1001).wait_for("безендірусіз жіберілді")
        states = {row["params"]["text"]: row for row in await outbox_rows(stage.database, WORD)}
        await until(lambda: sent(post, "бүрсігүні"), "the second one")
        texts = [message["text"] for message in await stage.person(1003).messages()]
        assert texts[-2:] == ["Жиналыс < ертең", "Жиналыс < бүрсігүні"]
        assert states["ертең"]["state"] == "sent"
    assert len(await outbox_rows(stage.database, "text_broken")) == 1, "once a kind and day"


async def sent(post: Post, text: str) -> bool:
    rows = await outbox_rows(post.database, WORD)
    return any(row["params"]["text"] == text and row["state"] == "sent" for row in rows)
