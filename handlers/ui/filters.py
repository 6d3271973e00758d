"""Filters as async classes: aiogram runs every other kind in a thread, twenty times slower."""

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message


class HasText(Filter):
    """A message with a text that is no command."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message qualifies."""
        return bool(message.text) and not message.text.startswith("/")  # type: ignore[union-attr]


class AnyMessage(Filter):
    """Every message: for what is caught last."""

    async def __call__(self, _message: Message) -> bool:
        """Say whether the message qualifies."""
        return True


class AnyTap(Filter):
    """Every tap: for buttons that nothing answers to any more."""

    async def __call__(self, _query: CallbackQuery) -> bool:
        """Say whether the tap qualifies."""
        return True


class InPrivate(Filter):
    """Only in the private chat with the bot."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message qualifies."""
        return message.chat.type == ChatType.PRIVATE


class InGroup(Filter):
    """Only in a group or a channel."""

    async def __call__(self, event: Message | ChatMemberUpdated) -> bool:
        """Say whether the event qualifies."""
        return event.chat.type != ChatType.PRIVATE
