"""The local Telegram refuses what Telegram refuses, in Telegram's exact words."""

import json
from datetime import timedelta

import pytest

from bot.simulator import LocalTelegram, Person
from storage.clock import MovableClock
from tests.bot.simulator.conftest import AIGUL, BOLAT, CAMILA, GROUP, SUPERGROUP, TOKEN, Api

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def button(**fields: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "Ашу", **fields}]]}


async def test_unknown_method_and_token(api: Api, sim: LocalTelegram) -> None:
    assert await api("sendMesage", chat_id=1) == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }
    for token, code, words in (
        ("1000000001:WRONG", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
    ):
        async with api.session.get(f"{sim.url}/bot{token}/getMe") as answer:
            assert answer.status == code
            assert (await answer.json())["description"] == words


async def test_unknown_parameters_at_every_depth(api: Api, aigul: Person) -> None:
    refusals = {
        "chatid": await api.refused("sendMessage", chat_id=AIGUL, text="a", chatid=1),
        "reply_parameters.message": await api.refused(
            "sendMessage", chat_id=AIGUL, text="a", reply_parameters={"message_id": 1, "message": 2}
        ),
        "reply_markup.inline_keyboard.calback_data": await api.refused(
            "sendMessage",
            chat_id=AIGUL,
            text="a",
            reply_markup=button(url="https://a.kz", calback_data="x"),
        ),
        "reply_markup": await api.refused(
            "sendChatAction", chat_id=AIGUL, action="typing", reply_markup={}
        ),
    }
    for name, words in refusals.items():
        assert words == f'Bad Request: unknown parameter "{name}"'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("а" * 4097, "Bad Request: message is too long"),
        ("", "Bad Request: message text is empty"),
        (" \n\u200b", "Bad Request: text must be non-empty"),
        ("а" * 16385, "Bad Request: text is too long"),
        (
            "5 < 6",
            'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 2',
        ),
        (
            "Әлия <i",
            "Bad Request: can't parse entities: Unclosed start tag at byte offset 9",
        ),
        (
            "a<br>b",
            'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 1',
        ),
    ],
)
async def test_texts(api: Api, aigul: Person, text: str, words: str) -> None:
    assert await api.refused("sendMessage", chat_id=AIGUL, text=text, parse_mode="HTML") == words


async def test_4096_after_parsing_is_fine(api: Api, aigul: Person) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=AIGUL, text=f" <b>{'😀' * 4096}</b>\n", parse_mode="html"
    )
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_caption_of_1025(api: Api, aigul: Person) -> None:
    photo = await _photo_id(api, aigul)
    words = await api.refused("sendPhoto", chat_id=AIGUL, photo=photo, caption="к" * 1025)
    assert words == "Bad Request: message caption is too long"
    sent = await api.ok("sendPhoto", chat_id=AIGUL, photo=photo, caption="к" * 1024)
    words = await api.refused(
        "editMessageCaption", chat_id=AIGUL, message_id=sent["message_id"], caption="к" * 1025
    )
    assert words == "Bad Request: MEDIA_CAPTION_TOO_LONG"


async def _photo_id(api: Api, person: Person) -> str:
    await person.send_photo()
    return str((await api.updates())[-1]["message"]["photo"][-1]["file_id"])


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (button(callback_data="я" * 32 + "x"), "BUTTON_DATA_INVALID"),
        (
            button(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            button(callback_data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            button(url="tel:+7701"),
            "inline keyboard button URL 'tel:+7701' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": "1", "callback_data": "1"}] * 5] * 21},
            "reply markup is too long",
        ),
        (
            {"inline_keyboard": [[{"text": "а" * 40, "callback_data": "b" * 64}]] * 60},
            "reply markup is too long",
        ),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_keyboards(api: Api, aigul: Person, markup: object, words: str) -> None:
    refused = await api.refused("sendMessage", chat_id=AIGUL, text="a", reply_markup=markup)
    assert refused == f"Bad Request: {words}"


async def test_64_bytes_of_callback_data_are_fine(api: Api, aigul: Person) -> None:
    await api.ok(
        "sendMessage", chat_id=AIGUL, text="a", reply_markup=button(callback_data="я" * 32)
    )


async def test_editing(api: Api, aigul: Person) -> None:
    markup = button(callback_data="x")
    sent = await api.ok(
        "sendMessage", chat_id=AIGUL, text="<b>a</b>", parse_mode="HTML", reply_markup=markup
    )
    same = {"chat_id": AIGUL, "message_id": sent["message_id"], "text": "<b>a</b> "}
    words = await api.refused("editMessageText", **same, parse_mode="HTML", reply_markup=markup)
    assert words == NOT_MODIFIED
    await api.ok("editMessageText", **same, reply_markup=markup, parse_mode="")
    long = await api.refused(
        "editMessageText", chat_id=AIGUL, message_id=sent["message_id"], text="a" * 4097
    )
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    assert (
        await api.refused("editMessageText", chat_id=AIGUL, message_id=9999, text="b")
        == "Bad Request: message to edit not found"
    )
    assert (
        await api.refused(
            "editMessageCaption", chat_id=AIGUL, message_id=sent["message_id"], caption="b"
        )
        == "Bad Request: there is no caption in the message to edit"
    )


@pytest.mark.parametrize(
    "markup",
    [{"keyboard": [["Мәзір"]]}, {"remove_keyboard": True}, {"force_reply": True}],
)
async def test_message_with_a_reply_keyboard_cannot_be_edited(
    api: Api, aigul: Person, markup: object
) -> None:
    sent = await api.ok("sendMessage", chat_id=AIGUL, text="a", reply_markup=markup)
    words = await api.refused(
        "editMessageText", chat_id=AIGUL, message_id=sent["message_id"], text="b"
    )
    assert words == "Bad Request: message can't be edited"
    words = await api.refused(
        "editMessageText",
        chat_id=AIGUL,
        message_id=sent["message_id"],
        text="b",
        reply_markup=markup,
    )
    assert words == "Bad Request: inline keyboard expected"


async def test_who_never_started_and_who_blocked(
    api: Api, sim: LocalTelegram, aigul: Person
) -> None:
    stranger = await api("sendMessage", chat_id=CAMILA, text="a")
    assert (stranger["error_code"], stranger["description"]) == (400, "Bad Request: chat not found")

    bolat = Person(aigul._session, sim.url, BOLAT, GROUP)
    await bolat.send("/help")
    seen = await api("sendMessage", chat_id=BOLAT, text="a")
    assert (seen["error_code"], seen["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )

    await aigul.block()
    blocked = await api("sendMessage", chat_id=AIGUL, text="a")
    assert (blocked["error_code"], blocked["description"]) == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    change = (await api.updates())[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"
    bad = await api.refused("sendMessage", chat_id=CAMILA, text="<x>", parse_mode="HTML")
    assert "can't parse entities" in bad, "bad HTML is noticed before a bad chat"

    await aigul.unblock()
    await api.ok("sendMessage", chat_id=AIGUL, text="a")
    sim.deactivate(AIGUL)
    words = await api.refused("sendMessage", chat_id=AIGUL, text="a")
    assert words == "Forbidden: user is deactivated"


async def test_late_and_second_answers(api: Api, clock: MovableClock, aigul: Person) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=AIGUL, text="a", reply_markup=button(callback_data="x")
    )
    first = await aigul.tap_data(sent["message_id"], "x", wait=False)
    assert await api.refused("answerCallbackQuery", callback_query_id=first, text="к" * 201) == (
        "Bad Request: MESSAGE_TOO_LONG"
    )
    await api.ok("answerCallbackQuery", callback_query_id=first)
    assert await api.refused("answerCallbackQuery", callback_query_id=first) == TOO_OLD

    second = await aigul.tap_data(sent["message_id"], "x", wait=False)
    clock.move(timedelta(seconds=16))
    assert await api.refused("answerCallbackQuery", callback_query_id=second) == TOO_OLD
    assert await api.refused("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_deleting_and_replying(api: Api, clock: MovableClock, aigul: Person) -> None:
    words = await api.refused("deleteMessage", chat_id=AIGUL, message_id=9999)
    assert words == "Bad Request: message to delete not found"
    sent = await api.ok("sendMessage", chat_id=AIGUL, text="a")
    grouped = await api.ok("sendMessage", chat_id=SUPERGROUP, text="a")
    reply = {"reply_parameters": {"message_id": 9999}}
    words = await api.refused("sendMessage", chat_id=AIGUL, text="a", **reply)
    assert words == "Bad Request: message to be replied not found"
    reply["reply_parameters"]["allow_sending_without_reply"] = True
    await api.ok("sendMessage", chat_id=AIGUL, text="a", **reply)

    clock.move(timedelta(hours=49))
    words = await api.refused("deleteMessage", chat_id=AIGUL, message_id=sent["message_id"])
    assert words == "Bad Request: message can't be deleted for everyone"
    words = await api.refused("deleteMessage", chat_id=SUPERGROUP, message_id=grouped["message_id"])
    assert words == "Bad Request: message can't be deleted"


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "Старт", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "/", "description": "x"}], "command must be non-empty"),
        ([{"command": "a", "description": " "}], "command description must be non-empty"),
        (
            [{"command": "a", "description": "x" * 257}],
            "command description length must not exceed 256",
        ),
        (
            [{"command": f"c{n}", "description": "x"} for n in range(101)],
            "BOT_COMMANDS_TOO_MUCH",
        ),
    ],
)
async def test_commands(api: Api, commands: object, words: str) -> None:
    assert await api.refused("setMyCommands", commands=commands) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "a"}, "chat_id is empty"),
        (
            "sendMessage",
            {"chat_id": AIGUL, "text": "a", "parse_mode": "XML"},
            "unsupported parse_mode",
        ),
        ("sendPhoto", {"chat_id": AIGUL}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": AIGUL, "photo": "x"}, "wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"chat_id": AIGUL}, "there is no document in the request"),
        ("sendChatAction", {"chat_id": AIGUL, "action": "x"}, "wrong parameter action in request"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        (
            "deleteMessages",
            {"chat_id": AIGUL, "message_ids": []},
            "message identifiers are not specified",
        ),
        (
            "deleteMessages",
            {"chat_id": AIGUL, "message_ids": list(range(101))},
            "too many message identifiers specified",
        ),
        (
            "copyMessage",
            {"chat_id": AIGUL, "from_chat_id": AIGUL, "message_id": 9999},
            "message to copy not found",
        ),
        (
            "forwardMessage",
            {"chat_id": AIGUL, "from_chat_id": AIGUL, "message_id": 9999},
            "message to forward not found",
        ),
        ("pinChatMessage", {"chat_id": AIGUL, "message_id": 9999}, "message to pin not found"),
        ("getChatMember", {"chat_id": GROUP, "user_id": 77}, "user not found"),
        ("sendMediaGroup", {"chat_id": AIGUL, "media": []}, "there are no messages to send"),
        (
            "sendPoll",
            {"chat_id": AIGUL, "question": "?" * 301, "options": ["a"]},
            "poll question length must not exceed 300",
        ),
        (
            "sendPoll",
            {"chat_id": AIGUL, "question": "?", "options": ["a" * 101]},
            "poll options length must not exceed 100",
        ),
        (
            "sendPoll",
            {"chat_id": AIGUL, "question": "?", "options": list("abcdefghijklm")},
            "poll can't have more than 12 options",
        ),
        (
            "sendMessage",
            {
                "chat_id": GROUP,
                "text": "a",
                "reply_markup": {"keyboard": [[{"text": "Тел", "request_contact": True}]]},
            },
            "phone number can be requested in private chats only",
        ),
        (
            "setWebhook",
            {"url": "http://buro.kz/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "https://buro.kz:8080/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "setWebhook",
            {"url": "https://buro.kz/", "secret_token": "ә"},
            "secret token contains unallowed characters",
        ),
        (
            "setWebhook",
            {"url": "https://buro.kz/", "secret_token": "a" * 257},
            "secret token is too long",
        ),
    ],
)
async def test_other_refusals(
    api: Api, aigul: Person, method: str, params: dict[str, object], words: str
) -> None:
    assert await api.refused(method, **params) == f"Bad Request: {words}"


async def test_groups_refuse(api: Api, sim: LocalTelegram, aigul: Person) -> None:
    sim.forbid(GROUP, "photos")
    photo = await _photo_id(api, aigul)
    words = await api.refused("sendPhoto", chat_id=GROUP, photo=photo)
    assert words == "Bad Request: not enough rights to send photos to the chat"

    member = aigul.in_chat(GROUP)
    moved = await member._act("upgrade_group")
    body = await api("sendMessage", chat_id=GROUP, text="a")
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": moved["chat"]}

    member = aigul.in_chat(moved["chat"])
    await api.ok("sendMessage", chat_id=moved["chat"], text="a")
    await member._act("remove_bot")
    words = await api.refused("sendMessage", chat_id=moved["chat"], text="a")
    assert words == "Forbidden: bot was kicked from the supergroup chat"


async def test_no_answer_carries_the_token(api: Api, aigul: Person) -> None:
    for method in ("getMe", "sendMessage", "nothing"):
        assert TOKEN not in json.dumps(await api(method))


async def test_gaps_are_refused_not_played(api: Api, aigul: Person) -> None:
    secret = {"ephemeral_message_parameters": {"receiver_user_id": AIGUL}}
    assert await api.refused("sendMessage", chat_id=GROUP, text="a", **secret) == (
        'Bad Request: parameter "ephemeral_message_parameters" does not work in the local Telegram'
    )
    words = await api.refused("sendMessage", chat_id=GROUP, text="a", message_thread_id=5)
    assert words == "Bad Request: message thread not found"
    words = await api.refused("sendMessage", chat_id=AIGUL, text="*a*", parse_mode="Markdown")
    assert words == "Bad Request: unsupported parse_mode (the local Telegram reads HTML only)"


async def test_entities_over_100_are_ignored(api: Api, aigul: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=AIGUL, text="<b>а</b>ә" * 150, parse_mode="HTML")
    assert len(sent["entities"]) == 100


async def test_mention_by_id_needs_a_person_of_this_telegram(api: Api, aigul: Person) -> None:
    text = f'<a href="tg://user?id={AIGUL}">Айгүл</a> <a href="tg://user?id=77">ешкім</a>'
    sent = await api.ok("sendMessage", chat_id=AIGUL, text=text, parse_mode="HTML")
    assert [(e["type"], e["user"]["id"]) for e in sent["entities"]] == [("text_mention", AIGUL)]
