"""Showing a screen: in place of the tapped message where possible, else as a new one."""

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from markupsafe import Markup

from bot.intake import media
from bot.plain import EditCaption, EditText, SendText, Sent
from handlers.ui.cards import Card, Cards
from handlers.ui.screen import Attachment, Screen, shortened

log = structlog.get_logger(__name__)

NO_PREVIEW = {"is_disabled": True}
NOT_MODIFIED = "message is not modified"
QUERY_IS_OLD = "query is too old"
INLINE_LIVES = 10.0  # seconds: by then the person has typed on, or gone on
TAP_LIVES = 60.0  # seconds: after that nobody looks at the tapped button any more
MAX_TOAST = 200  # characters; a longer one is not shown at all


class Presenter:
    """Shows screens. A screen may be lost (the next tap redraws it), so nothing here is retried."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def show(
        self, update: Update, screen: Screen | Cards | None, *, age: float = 0.0
    ) -> None:
        """Show ``screen`` as the answer to ``update``, which came ``age`` seconds ago.

        A tap is always answered, but for one so old that Telegram would refuse the answer.
        """
        query = update.callback_query
        try:
            if isinstance(screen, Cards):
                if update.inline_query is not None and age <= INLINE_LIVES:
                    await self._offer(update.inline_query, screen)
                return
            if query is not None and age > TAP_LIVES:
                await self._after_tap(query, screen)
            elif query is not None:
                await asyncio.gather(self._answer(query, screen), self._after_tap(query, screen))
            elif screen is not None and screen.text is not None and update.message:
                await self.send(update.message.chat.id, screen)
        except AiogramError as error:
            log.warning("a screen was not shown", error=type(error).__name__)

    async def send(self, chat_id: int, screen: Screen) -> Sent:
        """Send ``screen`` as a new message (its attachments before it). Raises AiogramError."""
        for earlier in screen.before:
            await self.send(chat_id, earlier)
        for attachment in screen.attachments:
            await self._attach(chat_id, attachment)
        if screen.media or screen.lead:
            return await media.send(self._bot, chat_id, screen, self._say)
        return await self._say(chat_id, screen)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """Let a message of the bot's become ``screen``. Raises AiogramError."""
        try:
            await self._bot(_edited(chat_id, message_id, screen))
        except TelegramBadRequest as error:
            if NOT_MODIFIED not in error.message:
                raise

    async def _say(self, chat_id: int, screen: Screen) -> Sent:
        return await self._bot(
            SendText(
                chat_id=chat_id,
                text=screen.text or Markup(),
                parse_mode=ParseMode.HTML,
                reply_markup=screen.markup(),
                link_preview_options=NO_PREVIEW,
                disable_notification=screen.silent or None,
            )
        )

    async def send_plain(self, chat_id: int, screen: Screen) -> Sent:
        """Send the words of ``screen`` without any formatting. Raises AiogramError."""
        lead = [await self._say_plain(chat_id, Screen(text)) for text in screen.lead]
        said = await self._say_plain(chat_id, screen)
        return Sent(message_id=said.message_id, parts=[one.message_id for one in lead])

    async def _say_plain(self, chat_id: int, screen: Screen) -> Sent:
        return await self._bot(
            SendText(
                chat_id=chat_id,
                text=(screen.text or Markup()).striptags(),
                reply_markup=screen.markup(),
                link_preview_options=NO_PREVIEW,
            )
        )

    async def _offer(self, query: InlineQuery, cards: Cards) -> None:
        try:
            await self._bot.answer_inline_query(
                query.id,
                results=[_article(card) for card in cards.cards],
                cache_time=cards.lasts,
                is_personal=True,
            )
        except TelegramBadRequest as error:
            if QUERY_IS_OLD not in error.message:
                raise

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
        alone = not (screen.fresh or screen.attachments or screen.before)
        if not alone or isinstance(message, InaccessibleMessage):
            await self.send(message.chat.id, screen)
            return
        try:
            await self.edit(message.chat.id, message.message_id, screen)
        except TelegramBadRequest:
            # The message is gone, or has no text to edit: the state must be seen all the same.
            await self.send(message.chat.id, screen)

    async def _attach(self, chat_id: int, attachment: Attachment) -> None:
        senders: dict[str, Any] = {
            "photo": self._bot.send_photo,
            "voice": self._bot.send_voice,
            "video": self._bot.send_video,
            "video_note": self._bot.send_video_note,
            "audio": self._bot.send_audio,
        }
        send = senders.get(attachment.kind, self._bot.send_document)
        if attachment.file_id is not None:
            try:
                await send(chat_id, attachment.file_id)
            except TelegramBadRequest:
                # The id may be another bot's, or too old: what was kept goes instead.
                if attachment.content is None:
                    raise
            else:
                return
        name = attachment.name or "file"
        await send(chat_id, BufferedInputFile(attachment.content or b"", filename=name))


def _edited(chat_id: int, message_id: int, screen: Screen) -> EditText | EditCaption:
    text = screen.text or Markup()
    given: dict[str, Any] = {"parse_mode": ParseMode.HTML, "reply_markup": screen.markup()}
    if screen.captioned is not None:
        return EditCaption(chat_id=chat_id, message_id=message_id, caption=text, **given)
    return EditText(
        chat_id=chat_id,
        message_id=message_id,
        text=text,
        link_preview_options=NO_PREVIEW,
        **given,
    )


def _article(card: Card) -> InlineQueryResultArticle:
    rows = [[card.button.inline()]] if card.button else None
    return InlineQueryResultArticle(
        id=card.id,
        title=card.title,
        description=card.description,
        input_message_content=InputTextMessageContent(
            message_text=card.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup.model_validate({"inline_keyboard": rows})
        if rows
        else None,
    )
