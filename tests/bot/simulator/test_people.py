"""What people do, as the bot gets it and as the page shows it."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiogram.types import Update

from bot.simulator import LocalTelegram, Person
from bot.simulator.files import sample_picture
from storage.clock import MovableClock
from tests.bot.simulator.conftest import AIGUL, BOLAT, CAMILA, GROUP, TOKEN, Api


async def fresh(api: Api) -> list[Update]:
    """Read, acknowledge and parse everything that waits."""
    raw = await api.updates()
    if raw:
        await api.updates(offset=raw[-1]["update_id"] + 1)
    return [Update.model_validate(update) for update in raw]


async def test_every_kind_of_message_parses(api: Api, aigul: Person) -> None:
    await aigul.send("сәлем /help")
    await aigul.send_photo(caption="шұңқыр")
    await aigul.send_document("есеп.pdf", b"%PDF")
    await aigul.send_voice(duration=9)
    await aigul.send_video()
    await aigul.send_video_note()
    await aigul.send_sticker("🔥")
    await aigul.send_poll("Ма?", ("иә", "жоқ"))
    await aigul.send_location(43.2, 76.9)
    await aigul.send_contact("+77770000000", "Сабыр", own=False)
    await aigul.forward("Ескі хабар", "Ұялы Есім")
    kinds = [u.message.content_type for u in await fresh(api) if u.message]
    assert kinds == [
        "text", "photo", "document", "voice", "video", "video_note", "sticker", "poll",
        "location", "contact", "text",
    ]  # fmt: skip
    shown = [message["kind"] for message in await aigul.messages()]
    assert shown[1:] == kinds
    assert all(message["outgoing"] for message in await aigul.messages())


async def test_album_comes_as_separate_updates(api: Api, aigul: Person) -> None:
    await aigul.send_photo(count=3, caption="Үш сурет")
    messages = [u.message for u in await fresh(api) if u.message]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["Үш сурет", None, None]


async def test_a_contact_is_ones_own_or_somebody_elses(api: Api, aigul: Person) -> None:
    await aigul.send_contact()
    await aigul.send_contact("+77770000000", "Сабыр", own=False)
    contacts = [u.message.contact for u in await fresh(api) if u.message]
    assert [c.user_id for c in contacts if c] == [AIGUL, None]


async def test_huge_file_is_claimed_not_sent(api: Api, aigul: Person) -> None:
    await aigul.send_document("видео.mov", fake_size=21 << 20)
    message = (await fresh(api))[0].message
    assert message and message.document and message.document.file_size == 21 << 20
    words = await api.refused("getFile", file_id=message.document.file_id)
    assert words == "Bad Request: file is too big"


async def test_forward_hides_or_names_its_author(api: Api, aigul: Person) -> None:
    await aigul.forward("а", "Болат", hidden=True)
    await aigul.forward("ә", "Болат", hidden=False)
    origins = [u.message.forward_origin for u in await fresh(api) if u.message]
    assert [origin.type for origin in origins if origin] == ["hidden_user", "user"]


async def test_edits_and_deletions(api: Api, aigul: Person) -> None:
    message = (await aigul.send("қате"))[0]
    await aigul.edit(message, "дұрыс /help")
    await aigul.delete(message)
    updates = await fresh(api)
    assert [u.event_type for u in updates] == ["message", "edited_message"]
    assert updates[1].edited_message and updates[1].edited_message.text == "дұрыс /help"
    assert message not in [m["message_id"] for m in await aigul.messages()]


async def test_blocking_and_coming_back(api: Api, aigul: Person) -> None:
    await aigul.block()
    with pytest.raises(AssertionError, match="unblock it first"):
        await aigul.send("алло")
    await aigul.start("again")
    updates = await fresh(api)
    assert [u.event_type for u in updates] == ["my_chat_member", "my_chat_member", "message"]
    statuses = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert statuses == ["kicked", "member"]


async def test_nobody_writes_before_start(api: Api, sim: LocalTelegram, aigul: Person) -> None:
    camila = Person(api.session, sim.url, CAMILA)
    with pytest.raises(AssertionError, match="press Start first"):
        await camila.send("сәлем")
    await camila.send("/start " + "ә" * 4000)
    message = (await fresh(api))[0].message
    assert message and message.text and len(message.text) == 4007
    await api.ok("sendMessage", chat_id=CAMILA, text="қош келдіңіз")


async def test_group_life(api: Api, sim: LocalTelegram, aigul: Person) -> None:
    member = aigul.in_chat(GROUP)
    await member._act("remove_bot")
    await member._act("add_bot")
    moved = (await member._act("upgrade_group"))["chat"]
    updates = await fresh(api)
    assert [u.event_type for u in updates] == [
        "my_chat_member", "my_chat_member", "message", "message", "message",
    ]  # fmt: skip
    old, new = updates[3].message, updates[4].message
    assert old and old.migrate_to_chat_id == moved
    assert new and new.migrate_from_chat_id == GROUP and new.chat.type == "supergroup"
    bolat = Person(api.session, sim.url, BOLAT, moved)
    await bolat.send("/help")
    assert [m["sender"]["name"] for m in await member.in_chat(moved).messages()][-1] == "Болат"


async def test_ids_private_chats_share_and_supergroups_do_not(api: Api, aigul: Person) -> None:
    one = (await aigul.send("1"))[0]
    two = (await aigul.in_chat(GROUP).send("2"))[0]
    moved = (await aigul.in_chat(GROUP)._act("upgrade_group"))["chat"]
    three = (await aigul.in_chat(moved).send("3"))[0]
    assert two == one + 1
    assert three < 5


async def test_client_tells_what_it_sees(api: Api, aigul: Person) -> None:
    button = {"text": "📋 Өтініштер", "callback_data": "x"}
    markup = {"inline_keyboard": [[button, {"text": "Сайт", "url": "https://gov.kz"}]]}
    await api.ok("sendMessage", chat_id=AIGUL, text="Мәзір", reply_markup=markup)
    with pytest.raises(AssertionError, match="Өтініштер"):
        await aigul.tap("Жоқ батырма")
    await aigul.tap("Сайт")
    with pytest.raises(AssertionError, match="Мәзір"):
        await aigul.wait_for("келмейтін сөз", timeout=0.1)
    tapping = asyncio.create_task(aigul.tap("Өтініш"))
    query = (await api.updates(timeout=5))[-1]["callback_query"]
    assert query["data"] == "x"
    await api.ok(
        "answerCallbackQuery", callback_query_id=query["id"], text="Рұқсат жоқ", show_alert=True
    )
    await tapping
    assert (aigul.toast, aigul.alert) == ("Рұқсат жоқ", True)


async def test_wait_for_takes_only_what_is_new(api: Api, aigul: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=AIGUL, text="Мәзір")
    await aigul.wait_for("Мәзір")
    await aigul.send("сәлем")
    with pytest.raises(AssertionError, match="no message"):
        await aigul.wait_for("Мәзір", timeout=0.1)
    await api.ok("editMessageText", chat_id=AIGUL, message_id=sent["message_id"], text="Мәзір 2")
    assert (await aigul.wait_for("Мәзір"))["text"] == "Мәзір 2"
    assert (await aigul.last())["edited"]


async def get(api: Api, path: str, **query: Any) -> Any:
    async with api.session.get(f"{api.url}/local/{path}", params=query) as answer:
        return await answer.json()


async def post(api: Api, path: str, **fields: Any) -> Any:
    async with api.session.post(f"{api.url}/local/{path}", json=fields) as answer:
        return await answer.json()


async def test_state_chats_and_reading(api: Api, sim: LocalTelegram, aigul: Person) -> None:
    await api.ok("setMyDescription", description="Бюро боты", language_code="kk")
    state = await get(api, "state", language="kk")
    assert state["bot"]["description"] == "Бюро боты"
    assert [p["started"] for p in state["people"]] == [True, False, False]
    assert TOKEN not in json.dumps(state)

    await api.ok("sendMessage", chat_id=AIGUL, text="<b>жаңа</b>", parse_mode="HTML")
    chats = await get(api, "chats", person=AIGUL)
    private = next(chat for chat in chats if chat["type"] == "private")
    assert private["id"] == state["bot"]["id"]
    assert (private["unread"], private["last"]["text"]) == (1, "жаңа")
    assert {chat["type"] for chat in chats} == {"private", "group", "supergroup"}
    await post(api, "read", person=AIGUL, chat=private["id"])
    chats = await get(api, "chats", person=AIGUL)
    assert [chat["unread"] for chat in chats if chat["id"] == private["id"]] == [0]


async def test_new_person_from_the_page(api: Api) -> None:
    assert (await post(api, "people", id=2001, first_name="Дана", note={"kk": "сайлаушы"}))["ok"]
    assert not (await post(api, "people", id=2001, first_name="Дана"))["ok"]
    assert not (await post(api, "people", id="x", first_name="Дана"))["ok"]
    people = (await get(api, "state"))["people"]
    assert people[-1]["note"] == {"kk": "сайлаушы"}


async def test_clock_moves_from_the_page(api: Api, sim: LocalTelegram, clock: MovableClock) -> None:
    before = clock.now()
    await post(api, "clock", advance_seconds=3600)
    assert timedelta(hours=1) <= clock.now() - before < timedelta(hours=1, minutes=1)
    assert not (await post(api, "clock", advance_seconds=-1))["ok"]
    assert (await post(api, "clock", to="next_event"))["error"].startswith("say advance_seconds")
    planned = clock.now() + timedelta(days=1)

    async def next_event() -> Any:
        return planned

    sim.hub.options.next_event = next_event
    assert (await get(api, "state"))["next_event"] == planned.isoformat()
    await post(api, "clock", to="next_event")
    assert timedelta() <= clock.now() - planned < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"person": 9, "action": "send"}, "there is no such person"),
        ({"person": AIGUL, "action": "fly"}, "unknown action"),
        ({"person": CAMILA, "chat": GROUP, "action": "send", "text": "a"}, "not in such a chat"),
        ({"person": AIGUL, "action": "send", "text": "а" * 4097}, "longer than 4096"),
        ({"person": AIGUL, "action": "send", "text": " "}, "the text is empty"),
        ({"person": AIGUL, "action": "send"}, "text is missing"),
        ({"person": AIGUL, "action": "tap", "message_id": 1, "row": 0}, "no such message"),
        ({"person": AIGUL, "action": "edit", "message_id": "x", "text": "a"}, "whole number"),
        ({"person": AIGUL, "action": "forward", "message_id": 99999}, "no such message"),
        ({"person": AIGUL, "action": "location", "lat": "x"}, "must be numbers"),
        ({"person": AIGUL, "action": "add_bot"}, "not a group"),
        ({"person": AIGUL, "chat": GROUP, "action": "add_bot"}, "already in the group"),
    ],
)  # fmt: skip
async def test_what_the_app_would_not_allow(
    api: Api, aigul: Person, fields: dict[str, Any], error: str
) -> None:
    answer = await post(api, "act", **fields)
    assert not answer["ok"]
    assert error in answer["error"]


async def test_events_stream(api: Api, sim: LocalTelegram, aigul: Person) -> None:
    url = f"{sim.url}/local/events"
    async with api.session.get(url, params={"person": AIGUL}) as stream:
        assert stream.content_type == "text/event-stream"
        sent = await api.ok("sendMessage", chat_id=AIGUL, text="<b>а</b>", parse_mode="HTML")
        await api.ok("sendChatAction", chat_id=AIGUL, action="typing")
        await api.ok("editMessageText", chat_id=AIGUL, message_id=sent["message_id"], text="ә")
        await api.ok("deleteMessage", chat_id=AIGUL, message_id=sent["message_id"])
        await post(api, "clock", advance_seconds=1)
        events: list[dict[str, Any]] = []
        async with asyncio.timeout(5):
            while len(events) < 5:
                line = (await stream.content.readline()).decode()
                if line.startswith("data: "):
                    events.append(json.loads(line.removeprefix("data: ")))
    assert [e["type"] for e in events] == ["message", "action", "edit", "delete", "clock"]
    assert events[0]["message"]["html"] == "<b>а</b>"
    assert {e["chat"] for e in events[:4]} == {1000000001}


async def test_page_files(api: Api, sim: LocalTelegram) -> None:
    async with api.session.get(sim.url) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
    for path in ("/nothing.js", "/..%2Fserver.py", "/server.py", "/.hidden"):
        async with api.session.get(sim.url + path) as answer:
            assert answer.status == 404


async def test_two_cannot_share_a_port(sim: LocalTelegram, clock: MovableClock) -> None:
    other = LocalTelegram(clock=clock, token="2:x")
    with pytest.raises(OSError, match="in use"):
        await other.start(port=int(sim.url.rpartition(":")[2]))
    await other.stop()


@pytest.mark.parametrize("token", ["", "x", "12", "a:b", "1:"])
def test_a_token_looks_like_a_token(clock: MovableClock, token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        LocalTelegram(clock=clock, token=token)


async def test_forms_and_get_work_too(api: Api, aigul: Person) -> None:
    async with api.session.get(
        f"{api.base}/SENDMESSAGE", params={"chat_id": AIGUL, "text": "get"}
    ) as answer:
        assert (await answer.json())["result"]["text"] == "get"
    async with api.session.post(
        f"{api.base}/sendMessage", data={"chat_id": str(AIGUL), "text": "form", "parse_mode": ""}
    ) as answer:
        assert (await answer.json())["result"]["text"] == "form"
    async with api.session.post(f"{api.base}/", json={"method": "getMe"}) as answer:
        assert (await answer.json())["ok"]
    async with api.session.post(
        f"{api.base}/sendMessage", data=b"{", headers={"Content-Type": "application/json"}
    ) as answer:
        assert answer.status == 400


async def test_other_sites_pages_are_turned_away(api: Api) -> None:
    body = {"person": AIGUL, "action": "start"}
    for origin, status in ((api.url, 200), ("https://evil.example", 403), ("null", 403)):
        async with api.session.post(
            f"{api.url}/local/act", json=body, headers={"Origin": origin}
        ) as answer:
            assert answer.status == status


async def test_anonymous_admin(api: Api, aigul: Person) -> None:
    await aigul.in_chat(GROUP)._act("send", text="/members", anonymous=True)
    message = (await fresh(api))[0].message
    assert message and message.from_user and message.sender_chat
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, GROUP)


async def test_an_update_keeps_what_was_said_at_its_time(api: Api, aigul: Person) -> None:
    message = (await aigul.send("бұрын"))[0]
    await aigul.edit(message, "кейін")
    first, second = await fresh(api)
    assert first.message and first.message.text == "бұрын"
    assert second.edited_message and second.edited_message.text == "кейін"


async def test_an_outage_forgets_nothing(api: Api, sim: LocalTelegram, aigul: Person) -> None:
    await aigul.send("үзілгенге дейін")
    port = int(sim.url.rpartition(":")[2])
    await sim.stop()
    await sim.start(port=port)
    assert (await api.updates())[0]["message"]["text"] == "үзілгенге дейін"


async def test_wide_rows_are_noted(api: Api, aigul: Person) -> None:
    row = [{"text": str(n), "callback_data": str(n)} for n in range(9)]
    await api.ok("sendMessage", chat_id=AIGUL, text="a", reply_markup={"inline_keyboard": [row]})
    call = (await get(api, "calls"))[-1]
    assert call["lint"] == "9 buttons in a row, 8 are safe"


async def test_real_forward_of_a_message(api: Api, aigul: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=AIGUL, text="қаулы")
    member = aigul.in_chat(GROUP)
    await member._act("forward", message_id=sent["message_id"], from_chat=1000000001)
    assert (await member.messages())[-1]["forwarded_from"] == "Buro"


async def test_album_from_the_page_with_a_list_in_a_form(api: Api, aigul: Person) -> None:
    form = aiohttp.FormData()
    for name, value in (("person", str(AIGUL)), ("action", "photo"), ("caption", "екі")):
        form.add_field(name, value)
    for number in range(2):
        form.add_field("file", sample_picture(), filename=f"{number}.png", content_type="image/png")
    async with api.session.post(f"{api.url}/local/act", data=form) as answer:
        ids = (await answer.json())["message_ids"]
    assert len(ids) == 2
    form = aiohttp.FormData({"person": str(AIGUL), "action": "delete", "message_ids": str(ids)})
    async with api.session.post(f"{api.url}/local/act", data=form) as answer:
        assert (await answer.json())["message_ids"] == ids


@pytest.mark.parametrize("text", ["\u2800", "\u3164", "\u200b"])
async def test_people_can_send_what_shows_nothing(api: Api, aigul: Person, text: str) -> None:
    await aigul.send(text)
    message = (await fresh(api))[0].message
    assert message and message.text == text
