"""Which messages a step of this capability takes."""

from aiogram.filters import Filter
from aiogram.types import Message


class NoCommand(Filter):
    """Anything but a command: a text, a picture, a sticker."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message qualifies."""
        return not (message.text or "").startswith("/")
