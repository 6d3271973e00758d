"""Sending what is more than a text: a file with its caption, an album, a text of several parts."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.types import (
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)
from markupsafe import Markup

from bot.plain import Sent
from handlers.ui.screen import Attachment, Screen

ALBUM = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}
TRIES = 3  # of the words that belong to files which have arrived, when Telegram asks to wait

Words = Callable[[int, Screen], Awaitable[Sent]]


class HalfSent(AiogramError):
    """The files of a message arrived, its words did not: sent again it would come twice."""


async def send(bot: Bot, chat_id: int, screen: Screen, words: Words) -> Sent:
    """Send a screen with ``media`` or a ``lead``; ``words`` sends a text with buttons as a message.

    Raises AiogramError when nothing arrived, HalfSent when not everything did.
    """
    if screen.captioned is not None:
        return await _with_caption(bot, chat_id, screen, screen.captioned)
    lead = [replace(screen, text=text, rows=()) for text in screen.lead]
    if screen.media:
        parts = await _files(bot, chat_id, screen.media, silent=screen.silent)
    else:
        parts = [(await words(chat_id, lead.pop(0))).message_id]
    for text in lead:
        parts.append((await _rest(chat_id, text, words)).message_id)
    said = await _rest(chat_id, screen, words)
    return Sent(message_id=said.message_id, parts=parts)


async def _rest(chat_id: int, screen: Screen, words: Words) -> Sent:
    """Send what belongs to messages that have arrived. Raises HalfSent."""
    for left in reversed(range(TRIES)):
        try:
            return await words(chat_id, screen)
        except TelegramRetryAfter as error:
            # The next try waits for as long as Telegram asked: whatever is sent passes the pace.
            if not left:
                raise HalfSent(*error.args) from error
        except AiogramError as error:
            raise HalfSent(*error.args) from error
    raise AssertionError("unreachable")


async def _with_caption(bot: Bot, chat_id: int, screen: Screen, file: Attachment) -> Sent:
    senders: dict[str, Callable[..., Awaitable[Any]]] = {
        "photo": bot.send_photo,
        "video": bot.send_video,
        "animation": bot.send_animation,
        "document": bot.send_document,
        "audio": bot.send_audio,
        "voice": bot.send_voice,
    }
    rows = screen.markup()
    given: dict[str, Any] = {file.kind: file.file_id}
    message = await senders[file.kind](
        chat_id=chat_id,
        **given,
        caption=screen.text or Markup(),
        parse_mode=ParseMode.HTML,
        reply_markup=InlineKeyboardMarkup.model_validate(rows) if rows else None,
        disable_notification=screen.silent or None,
    )
    return Sent(message_id=message.message_id)


async def _files(bot: Bot, chat_id: int, media: Sequence[Attachment], *, silent: bool) -> list[int]:
    quietly = silent or None
    if len(media) > 1:
        album: list[Any] = [ALBUM[each.kind](media=str(each.file_id)) for each in media]
        sent = await bot.send_media_group(chat_id, media=album, disable_notification=quietly)
        return [message.message_id for message in sent]
    (one,) = media
    if one.kind == "location":
        latitude, longitude = map(float, str(one.file_id).split(","))
        message = await bot.send_location(
            chat_id, latitude=latitude, longitude=longitude, disable_notification=quietly
        )
    elif one.kind == "video_note":
        message = await bot.send_video_note(
            chat_id, video_note=str(one.file_id), disable_notification=quietly
        )
    else:  # a caption that is too long to stand under it
        alone = await _with_caption(bot, chat_id, Screen(None, silent=silent), one)
        return [alone.message_id]
    return [message.message_id]
