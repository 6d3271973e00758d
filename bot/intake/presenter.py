"""Showing a screen: in place of the tapped message where possible, else as a new one."""

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    InputFile,
    LinkPreviewOptions,
    Message,
    Update,
)
from markupsafe import Markup

from handlers.ui.screen import Attachment, Screen, shortened

log = structlog.get_logger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
NOT_MODIFIED = "message is not modified"
QUERY_IS_OLD = "query is too old"
TAP_LIVES = 60.0  # seconds: after that nobody looks at the tapped button any more
MAX_TOAST = 200  # characters; a longer one is not shown at all


class Presenter:
    """Shows screens. A screen may be lost (the next tap redraws it), so nothing here is retried."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def show(self, update: Update, screen: Screen | None, *, age: float = 0.0) -> None:
        """Show ``screen`` as the answer to ``update``, which came ``age`` seconds ago.

        A tap is always answered, but for one so old that Telegram would refuse the answer.
        """
        query = update.callback_query
        try:
            if query is not None and age > TAP_LIVES:
                await self._after_tap(query, screen)
            elif query is not None:
                await asyncio.gather(self._answer(query, screen), self._after_tap(query, screen))
            elif screen is not None and screen.text is not None and update.message:
                await self.send(update.message.chat.id, screen)
        except AiogramError as error:
            log.warning("a screen was not shown", error=type(error).__name__)

    async def send(self, chat_id: int, screen: Screen) -> Message:
        """Send ``screen`` as a new message (its attachments before it). Raises AiogramError."""
        for attachment in screen.attachments:
            await self._attach(chat_id, attachment)
        return await self._bot.send_message(
            chat_id,
            screen.text or Markup(),
            reply_markup=screen.markup(),
            link_preview_options=NO_PREVIEW,
        )

    async def send_plain(self, chat_id: int, screen: Screen) -> Message:
        """Send the words of ``screen`` without any formatting. Raises AiogramError."""
        words = (screen.text or Markup()).striptags()
        return await self._bot.send_message(
            chat_id,
            words,
            parse_mode=None,
            reply_markup=screen.markup(),
            link_preview_options=NO_PREVIEW,
        )

    async def _answer(self, query: CallbackQuery, screen: Screen | None) -> None:
        try:
            await self._bot.answer_callback_query(
                query.id,
                text=shortened(screen.toast, MAX_TOAST) if screen and screen.toast else None,
                show_alert=screen.alert if screen else None,
            )
        except TelegramBadRequest as error:
            if QUERY_IS_OLD not in error.message:
                raise

    async def _after_tap(self, query: CallbackQuery, screen: Screen | None) -> None:
        if screen is None or screen.text is None:
            return
        message = query.message
        if message is None:
            return
        if screen.fresh or screen.attachments or isinstance(message, InaccessibleMessage):
            await self.send(message.chat.id, screen)
            return
        try:
            await self._bot.edit_message_text(
                screen.text,
                chat_id=message.chat.id,
                message_id=message.message_id,
                reply_markup=screen.markup(),
                link_preview_options=NO_PREVIEW,
            )
        except TelegramBadRequest as error:
            # The message is gone, or has no text to edit: the state must be seen all the same.
            if NOT_MODIFIED not in error.message:
                await self.send(message.chat.id, screen)

    async def _attach(self, chat_id: int, attachment: Attachment) -> None:
        file: str | InputFile
        if attachment.content is not None:
            file = BufferedInputFile(attachment.content, filename=attachment.name or "file")
        else:
            file = attachment.file_id or ""
        senders: dict[str, Any] = {
            "photo": self._bot.send_photo,
            "voice": self._bot.send_voice,
            "video": self._bot.send_video,
        }
        await senders.get(attachment.kind, self._bot.send_document)(chat_id, file)
