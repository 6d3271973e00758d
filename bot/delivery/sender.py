"""Putting one message on the wire."""

from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.intake.presenter import Presenter
from handlers.notices import CommandMenu, Deletion, Edition, Notice, Pin
from handlers.ui.screen import Screen

log = structlog.get_logger(__name__)

CANNOT_PARSE = "can't parse entities"


@dataclass(frozen=True)
class Sent:
    """What went out: the message's id (None: no message), and whether only as plain text."""

    message_id: int | None = None
    plain: bool = False
    parts: tuple[int, ...] = ()  # what belongs to it and was sent before it


class Sender:
    """Sends what was rendered."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._presenter = Presenter(bot)

    async def send(self, chat_id: int, content: Notice) -> Sent:
        """Send ``content``; return what went out. Raises AiogramError."""
        if isinstance(content, CommandMenu):
            await self._bot.set_my_commands(
                [BotCommand(command=name, description=text) for name, text in content.commands],
                scope=BotCommandScopeChat(chat_id=chat_id),
            )
            return Sent()
        if isinstance(content, Deletion):
            await self._bot.delete_messages(chat_id, message_ids=list(content.message_ids))
            return Sent()
        if isinstance(content, Pin):
            await self._bot.pin_chat_message(
                chat_id, content.message_id, disable_notification=content.silent
            )
            return Sent()
        if isinstance(content, Edition):
            for message_id, text in zip(content.lead, content.screen.lead, strict=True):
                await self._presenter.edit(chat_id, message_id, Screen(text))
            await self._presenter.edit(chat_id, content.message_id, content.screen)
            if content.surplus:
                await self._bot.delete_messages(chat_id, message_ids=list(content.surplus))
            return Sent()
        try:
            message = await self._presenter.send(chat_id, content)
        except TelegramBadRequest as error:
            if CANNOT_PARSE not in error.message:
                raise
            # A fault of ours in the tags must not keep the words from the person.
            log.error("a text with broken tags was sent as plain text", fault=error.message)
            message = await self._presenter.send_plain(chat_id, content)
            return Sent(message.message_id, parts=tuple(message.parts), plain=True)
        return Sent(message.message_id, parts=tuple(message.parts))
