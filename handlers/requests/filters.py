"""Which messages belong to this capability."""

from aiogram.filters import Filter
from aiogram.types import Message

from handlers.requests import content
from handlers.turn import Turn
from storage.rules.access import Action, may


class NoCommand(Filter):
    """Anything but a command: /cancel leaves a step open until it is handled."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message is an input."""
        return not (message.text or "").startswith("/")


class LooksLikeRequest(Filter):
    """What a deputy sends or forwards with no wizard open, and what may be a voter's request.

    A forwarded text, a photo, voice, video, document, album, location or contact; typed words are
    not, for they may be a question.
    """

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Say whether the message qualifies."""
        if turn.in_group or turn.conversation.state is not None:
            return False
        if not may(turn.actor, Action.LOG_REQUESTS):
            return False
        found = content.of(message)
        if found is None:
            return False
        return bool(found.files or found.contact or (found.forwarded and found.text))
