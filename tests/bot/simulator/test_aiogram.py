"""aiogram's own client talks to the local Telegram: every method the bot uses, every result."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputPollOption,
    KeyboardButton,
    MenuButtonCommands,
    MenuButtonDefault,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.simulator import LocalTelegram, Person
from bot.simulator.faults import Fault
from bot.simulator.files import sample_picture
from bot.simulator.methods import registry
from bot.simulator.schema import method_class
from tests.bot.simulator.conftest import AIGUL, GROUP, SUPERGROUP, TOKEN


@pytest.fixture
async def bot(sim: LocalTelegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sim.url))
    client = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    yield client
    await client.session.close()


def picture(shade: int = 0) -> BufferedInputFile:
    return BufferedInputFile(sample_picture(shade=shade), "photo.png")


def paper(name: str = "қаулы.pdf") -> BufferedInputFile:
    return BufferedInputFile(b"%PDF-1.4", name)


async def test_me_and_profile(bot: Bot, aigul: Person) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.can_read_all_group_messages) == (
        1000000001,
        "buro_demo_bot",
        False,
    )
    await bot.set_my_commands([BotCommand(command="/help", description="Көмек")])
    kazakh = [BotCommand(command="menu", description="Мәзір")]
    await bot.set_my_commands(kazakh, scope=BotCommandScopeAllPrivateChats(), language_code="kk")
    await bot.set_my_commands(kazakh, scope=BotCommandScopeChat(chat_id=AIGUL))
    assert [c.command for c in await bot.get_my_commands()] == ["help"]
    assert (await aigul._view())["commands"] == [{"command": "menu", "description": "Мәзір"}]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=AIGUL))
    await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code="kk")
    assert (await aigul._view())["commands"] == [{"command": "help", "description": "Көмек"}]

    await bot.set_my_description("Фракция боты", language_code="kk")
    await bot.set_my_description("Бот фракции")
    assert (await bot.get_my_description(language_code="kk")).description == "Фракция боты"
    assert (await bot.get_my_description(language_code="en")).description == "Бот фракции"
    await bot.set_my_short_description("Бюро")
    assert (await bot.get_my_short_description()).short_description == "Бюро"
    await bot.set_my_name("Бюро")
    assert (await bot.get_my_name()).name == "Бюро"
    await bot.set_chat_menu_button(chat_id=AIGUL, menu_button=MenuButtonCommands())
    await bot.set_chat_menu_button(menu_button=MenuButtonDefault())
    assert (await bot.get_chat_menu_button(chat_id=AIGUL)).type == "commands"


async def test_small_things(bot: Bot, aigul: Person) -> None:
    first = await bot.send_message(AIGUL, "<i>бір</i>", reply_markup=ReplyKeyboardRemove())
    reply = await bot.send_message(
        AIGUL, "екі", reply_parameters=ReplyParameters(message_id=first.message_id)
    )
    assert reply.reply_to_message and reply.reply_to_message.message_id == first.message_id
    assert (await bot.send_location(AIGUL, 42.3, 69.6)).location
    assert (await bot.send_venue(AIGUL, 42.3, 69.6, "Филиал", "Шымкент")).venue
    assert (await bot.send_contact(AIGUL, "+77010000001", "Айгүл")).contact
    poll = await bot.send_poll(AIGUL, "Ма?", [InputPollOption(text="иә"), "жоқ"])
    assert poll.poll and [o.text for o in poll.poll.options] == ["иә", "жоқ"]
    assert await bot.send_chat_action(AIGUL, "typing")
    kinds = [message["kind"] for message in await aigul.messages()][-6:]
    assert kinds == ["text", "text", "location", "location", "contact", "poll"]


async def test_files(bot: Bot, aigul: Person) -> None:
    photo = await bot.send_photo(AIGUL, picture(), caption="<b>Есеп</b>")
    assert photo.photo and (photo.photo[-1].width, photo.photo[-1].height) == (320, 240)
    sent = await bot.send_document(AIGUL, paper())
    assert sent.document and sent.document.file_name == "қаулы.pdf"
    again = await bot.send_document(AIGUL, sent.document.file_id)
    assert again.document and again.document.file_id == sent.document.file_id
    file = await bot.get_file(sent.document.file_id)
    assert file.file_path
    loaded = await bot.download_file(file.file_path)
    assert loaded and loaded.read() == b"%PDF-1.4"
    assert (await bot.send_voice(AIGUL, paper("a.ogg"), duration=2)).voice
    assert (await bot.send_video(AIGUL, paper("a.mp4"), thumbnail=picture())).video
    assert (await bot.send_audio(AIGUL, paper("a.mp3"))).audio
    assert (await bot.send_animation(AIGUL, paper("a.gif"))).animation
    assert (await bot.send_video_note(AIGUL, paper("a.mp4"))).video_note
    assert (await bot.send_sticker(AIGUL, paper("a.webp"))).sticker
    shown = (await aigul.messages())[-8]
    async with aigul._session.get(aigul._base + shown["file"]["url"]) as answer:
        assert await answer.read() == b"%PDF-1.4"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(AIGUL, paper())
    long = BufferedInputFile(sample_picture(2100, 100), "long.png")
    with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(AIGUL, long)


async def test_album(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_media_group(
        AIGUL,
        [
            InputMediaPhoto(media=picture(n), caption="<b>бір</b>" if n == 0 else None)
            for n in range(3)
        ],
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["бір", None, None]
    with pytest.raises(TelegramBadRequest, match="document can't be mixed with other media types"):
        await bot.send_media_group(
            AIGUL, [InputMediaPhoto(media=picture()), InputMediaDocument(media=paper())]
        )
    with pytest.raises(TelegramBadRequest, match="too many messages to send as an album"):
        await bot.send_media_group(AIGUL, [InputMediaPhoto(media=picture())] * 11)


async def test_edit_copy_forward_delete(bot: Bot, aigul: Person) -> None:
    button = InlineKeyboardButton(text="Ашу", callback_data="open")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    text = await bot.send_message(AIGUL, "бір", reply_markup=markup)
    edited = await text.edit_text("екі", reply_markup=markup)
    assert not isinstance(edited, bool) and edited.edit_date
    without = await bot.edit_message_reply_markup(chat_id=AIGUL, message_id=text.message_id)
    assert not isinstance(without, bool) and without.reply_markup is None
    photo = await bot.send_photo(AIGUL, picture(), caption="ескі")
    await bot.edit_message_caption(chat_id=AIGUL, message_id=photo.message_id, caption="жаңа")
    media = InputMediaDocument(media=paper(), caption="құжат")
    changed = await bot.edit_message_media(media, chat_id=AIGUL, message_id=photo.message_id)
    assert not isinstance(changed, bool) and changed.document and not changed.photo

    copied = await bot.copy_message(AIGUL, AIGUL, photo.message_id, caption="көшірме")
    many = await bot.copy_messages(AIGUL, AIGUL, [text.message_id, 9999, photo.message_id])
    forwarded = await bot.forward_message(GROUP, AIGUL, text.message_id)
    assert forwarded.forward_origin and forwarded.forward_origin.type == "user"
    await bot.forward_messages(GROUP, AIGUL, [text.message_id])
    assert await bot.delete_message(AIGUL, copied.message_id)
    assert await bot.delete_messages(AIGUL, [m.message_id for m in many] + [9999])
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=GROUP, message_id=forwarded.message_id)


async def test_chats_pins_reactions(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_message(SUPERGROUP, "күн тәртібі")
    assert await bot.pin_chat_message(SUPERGROUP, sent.message_id)
    chat = await bot.get_chat(SUPERGROUP)
    assert chat.pinned_message and chat.pinned_message.message_id == sent.message_id
    shown = await aigul.in_chat(SUPERGROUP).messages()
    assert [m["pinned"] for m in shown] == [True, False]
    assert shown[-1]["kind"] == "service"
    assert shown[-1]["text"] == "Buro хабарды бекітті"
    assert await bot.unpin_chat_message(SUPERGROUP)
    assert await bot.pin_chat_message(SUPERGROUP, sent.message_id)
    assert await bot.unpin_all_chat_messages(SUPERGROUP)
    assert (await bot.get_chat_member(SUPERGROUP, AIGUL)).status == "member"
    assert (await bot.get_chat_member(SUPERGROUP, bot.id)).status == "administrator"
    assert len(await bot.get_chat_administrators(SUPERGROUP)) == 1
    assert await bot.get_chat_member_count(GROUP) == 3
    assert await bot.set_message_reaction(
        SUPERGROUP, sent.message_id, [ReactionTypeEmoji(emoji="👍")]
    )
    assert (await aigul.in_chat(SUPERGROUP).messages())[0]["reactions"] == ["👍"]
    assert await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the group chat"):
        await bot.send_message(GROUP, "а")


async def test_reply_keyboard(bot: Bot, aigul: Person) -> None:
    keyboard = ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text="Өтініш"), KeyboardButton(text="Нөмірім", request_contact=True)]
        ],
        one_time_keyboard=True,
    )
    await bot.send_message(AIGUL, "Таңдаңыз", reply_markup=keyboard)
    assert await aigul.keyboard() == ["Өтініш", "Нөмірім"]
    await aigul.press("Нөмір")
    assert await aigul.keyboard() == [], "one_time: folded after the first press"
    update = (await bot.get_updates())[-1]
    assert update.message and update.message.contact
    assert update.message.contact.user_id == AIGUL
    assert update.message.contact.phone_number == "+77010000001"
    await bot.send_message(
        AIGUL, "Таңдаңыз", reply_markup=ReplyKeyboardMarkup(keyboard=keyboard.keyboard)
    )
    await aigul.press("Өтініш")
    assert await aigul.keyboard() == ["Өтініш", "Нөмірім"]
    with pytest.raises(AssertionError, match="Өтініш"):
        await aigul.press("Жоқ")
    await bot.send_message(AIGUL, "Болды", reply_markup=ReplyKeyboardRemove())
    assert await aigul.keyboard() == []


async def test_exceptions_are_the_ones_of_aiogram(bot: Bot, sim: LocalTelegram) -> None:
    sim.hub.faults.order(Fault("429", retry_after=2))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.get_me()
    assert caught.value.retry_after == 2


def test_every_method_here_is_one_of_telegram() -> None:
    for name in registry.names():
        assert method_class(name) is not None, name
