"""The long poll: offsets, lifetimes, who wins when two ask."""

import asyncio
from datetime import timedelta

from bot.simulator import LocalTelegram, Person
from storage.clock import MovableClock
from tests.bot.simulator.conftest import AIGUL, GROUP, Api


async def test_offset_acknowledges_and_nothing_else_does(api: Api, aigul: Person) -> None:
    for text in ("1", "2", "3"):
        await aigul.send(text)
    first = await api.updates()
    assert [u["message"]["text"] for u in first] == ["1", "2", "3"]
    assert await api.updates() == first, "without offset nothing is forgotten"
    assert len(await api.updates(limit=2)) == 2
    ids = [u["update_id"] for u in first]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert await api.updates(offset=ids[1]) == first[1:]
    assert await api.updates(offset=ids[0]) == first[1:], "what is forgotten stays forgotten"
    assert await api.updates(offset=-1) == first[2:]
    assert await api.updates() == first[2:]
    far = ids[2] + 5000
    assert await api.updates(offset=far) == first[2:], "an offset far above the tail is ignored"
    assert await api.updates(offset=ids[2] + 1) == []


async def test_long_poll_wakes_up(api: Api, aigul: Person) -> None:
    polling = asyncio.create_task(api.updates(timeout=10))
    await asyncio.sleep(0.05)
    await aigul.send("оян")
    found = await asyncio.wait_for(polling, 1)
    assert found[0]["message"]["text"] == "оян"


async def test_the_older_poller_gets_409(api: Api, aigul: Person) -> None:
    older = asyncio.create_task(api("getUpdates", timeout=10))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(api("getUpdates", timeout=10))
    refused = await asyncio.wait_for(older, 1)
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    await aigul.send("сәлем")
    assert len((await asyncio.wait_for(newer, 1))["result"]) == 1


async def test_taps_live_150_seconds_and_messages_a_day(
    api: Api, clock: MovableClock, aigul: Person
) -> None:
    await aigul.send("хабар")
    await aigul.tap_data(1, "x", wait=False)
    clock.move(timedelta(seconds=149))
    assert len(await api.updates()) == 2
    clock.move(timedelta(seconds=2))
    assert [list(u)[1] for u in await api.updates()] == ["message"]
    clock.move(timedelta(hours=24))
    assert await api.updates() == []


async def test_allowed_updates_are_remembered(api: Api, aigul: Person) -> None:
    message = (await aigul.send("а"))[0]
    await aigul.react(message, "👍")
    assert [list(u)[1] for u in await api.updates()] == ["message"], "reactions are not a default"
    await api.updates(allowed_updates=["message_reaction"])
    await aigul.send("ә")
    await aigul.react(message, "🔥")
    found = await api.updates(offset=-1)
    assert [list(u)[1] for u in found] == ["message_reaction"]
    assert found[0]["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]


async def test_numbers_start_anew_after_a_week_of_silence(
    api: Api, clock: MovableClock, aigul: Person
) -> None:
    await aigul.send("1")
    old = (await api.updates())[0]["update_id"]
    await api.updates(offset=old + 1)
    clock.move(timedelta(days=8))
    await aigul.send("2")
    fresh = (await api.updates(offset=old + 1))[0]
    assert fresh["message"]["text"] == "2"
    assert fresh["update_id"] != old + 1


async def test_privacy_mode(api: Api, aigul: Person) -> None:
    member = aigul.in_chat(GROUP)
    await member.send("өзара әңгіме")
    assert await api.updates() == []
    sent = await api.ok("sendMessage", chat_id=GROUP, text="Сұрақ бар ма?")
    await member.send("/help")
    await member.send("/help@other_bot")
    await member.send("@buro_demo_bot сәлем")
    await member.send("иә", reply_to=sent["message_id"])
    texts = [u["message"]["text"] for u in await api.updates()]
    assert texts == ["/help", "@buro_demo_bot сәлем", "иә"]


async def test_stop_lets_a_long_poll_go(api: Api, sim: LocalTelegram) -> None:
    polling = asyncio.create_task(api("getUpdates", timeout=50))
    stream = await api.session.get(f"{sim.url}/local/events")
    await asyncio.sleep(0.05)
    await asyncio.wait_for(sim.stop(), 1)
    assert (await polling)["result"] == []
    stream.close()


async def test_tap_on_a_message_that_is_gone(api: Api, aigul: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=AIGUL, text="a")
    await api.ok("deleteMessage", chat_id=AIGUL, message_id=sent["message_id"])
    await aigul.tap_data(sent["message_id"], "x", wait=False)
    query = (await api.updates())[0]["callback_query"]
    assert query["message"]["date"] == 0
