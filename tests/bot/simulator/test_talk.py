"""The thin line through everything: a person starts, the bot answers, the person taps."""

import asyncio

from aiogram.types import Message, Update

from bot.simulator import LocalTelegram, Person
from tests.bot.simulator.conftest import AIGUL, Api


async def test_start_answer_tap_edit(sim: LocalTelegram, api: Api, aigul: Person) -> None:
    await aigul.start("invite_42")
    update = (await api.updates())[0]
    parsed = Update.model_validate(update)
    assert parsed.message and parsed.message.text == "/start invite_42"
    assert parsed.message.entities and parsed.message.entities[0].type == "bot_command"

    keyboard = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}
    sent = await api.ok(
        "sendMessage",
        chat_id=AIGUL,
        text="<b>Қатысасыз</b> ба?",
        parse_mode="HTML",
        reply_markup=keyboard,
    )
    Message.model_validate(sent)
    shown = await aigul.wait_for("Қатысасыз ба?")
    assert shown["html"] == "<b>Қатысасыз</b> ба?"
    assert aigul.labels(shown) == ["Иә"]

    async def answer() -> None:
        while True:
            found = await api.updates(offset=update["update_id"] + 1, timeout=5)
            if found:
                query = found[0]["callback_query"]
                Update.model_validate(found[0])
                break
        await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="Жазылды")
        await api.ok(
            "editMessageText", chat_id=AIGUL, message_id=sent["message_id"], text="Қатысамын"
        )

    working = asyncio.create_task(answer())
    await aigul.tap("Иә")
    assert aigul.toast == "Жазылды"
    shown = await aigul.wait_for("Қатысамын")
    assert shown["inline_keyboard"] is None
    await working
