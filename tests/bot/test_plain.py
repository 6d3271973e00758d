"""Texts as plain JSON: they arrive as they were written, and a refusal is told as by aiogram."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from markupsafe import Markup
from pydantic import SecretStr

from bot.client import make_bot
from bot.intake.presenter import Presenter
from bot.plain import EditText, SendText
from bot.settings import Settings
from bot.simulator import LocalTelegram
from bot.simulator.client import Person
from bot.simulator.faults import Fault
from handlers.ui.nav import Home
from handlers.ui.screen import Button, Screen
from storage.clock import SystemClock

TOKEN = "1000000001:TokenOfTheLocalTelegramInTests"
DAUREN = 1003
TEXT = 'Абай көшесі, 5 — "шам" жанбайды\\n\nғ 😀'


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    telegram = LocalTelegram(
        clock=SystemClock(), token=TOKEN, username="buro_test_bot", name="Buro"
    )
    telegram.add_person(DAUREN, "Дәурен")
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
async def dauren(telegram: LocalTelegram) -> AsyncIterator[Person]:
    async with aiohttp.ClientSession() as session:
        person = Person(session, telegram.url, DAUREN)
        await person.start()
        yield person


@pytest.fixture
async def bot(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    bot = make_bot(Settings.model_construct(bot_token=SecretStr(TOKEN), bot_api_url=telegram.url))
    yield bot
    await bot.session.close()


async def test_a_text_with_buttons_arrives_as_it_was_written(bot: Bot, dauren: Person) -> None:
    copies = Button("Көшіру", copies="САР-2026-0147")
    leads = Button("Ашу", url="https://example.org/?a=1&b=2")
    screen = Screen(
        Markup("<b>{}</b>").format(TEXT), rows=((Button("Мәзір", Home()), copies, leads),)
    )
    sent = await Presenter(bot).send(DAUREN, screen)
    got = await dauren.wait_for("көшесі")
    assert got["html"].startswith("<b>")
    assert (got["message_id"], got["text"]) == (sent.message_id, TEXT)
    assert got["inline_keyboard"] == [
        [
            {"text": "Мәзір", "callback_data": Home().pack()},
            {"text": "Көшіру", "copy_text": {"text": "САР-2026-0147"}},
            {"text": "Ашу", "url": "https://example.org/?a=1&b=2"},
        ]
    ]


async def test_words_without_formatting_keep_their_signs(bot: Bot, dauren: Person) -> None:
    await Presenter(bot).send_plain(DAUREN, Screen(Markup("<b>5 &lt; 7</b> & 8")))
    assert (await dauren.wait_for("5 <"))["text"] == "5 < 7 & 8"


async def test_of_several_messages_none_is_lost_without_formatting(
    bot: Bot, dauren: Person
) -> None:
    sent = await Presenter(bot).send_plain(
        DAUREN, Screen(Markup("<i>соңы</i>"), lead=(Markup("<b>басы</b>"),))
    )
    first, last = (await dauren.wait_for("басы"), await dauren.wait_for("соңы"))
    assert (first["text"], last["text"]) == ("басы", "соңы")
    assert (sent.parts, sent.message_id) == ([first["message_id"]], last["message_id"])


async def test_a_text_takes_the_place_of_another(bot: Bot, dauren: Person) -> None:
    sent = await bot(SendText(chat_id=DAUREN, text="бұрын"))
    await bot(EditText(chat_id=DAUREN, message_id=sent.message_id, text="кейін"))
    assert (await dauren.wait_for("кейін"))["message_id"] == sent.message_id


async def test_refusals_are_told_as_of_any_other_request(
    telegram: LocalTelegram, bot: Bot, dauren: Person
) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot(SendText(chat_id=4711, text="hm"))
    telegram.hub.faults.order(Fault(kind="429", method="sendMessage", retry_after=7))
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot(SendText(chat_id=DAUREN, text="hm"))
    assert flood.value.retry_after == 7
    telegram.deactivate(DAUREN)
    with pytest.raises(TelegramForbiddenError, match="deactivated"):
        await bot(SendText(chat_id=DAUREN, text="hm"))
