"""What an answer of Telegram, or its silence, means for the message that was sent."""

from dataclasses import dataclass
from enum import Enum

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError

from storage.groups import NO_RIGHTS

OFFLINE_SECONDS = 10


class Fate(Enum):
    """What can have happened."""

    FAILED = "failed"  # definitely not delivered, and trying again is no use
    LATER = "later"  # definitely not delivered, and it is known when to try again
    UNCERTAIN = "uncertain"  # nobody knows: a timeout is not a failure
    MOVED = "moved"  # the group has another id now: send it there
    STOP = "stop"  # the token is no good: nothing can be delivered


@dataclass(frozen=True)
class Outcome:
    """A fate with its reason, how long to wait (seconds), and the group's new id."""

    fate: Fate
    reason: str
    wait: int = 0
    moved_to: int = 0


# Texts of errors that make a chat unreachable (botapi_errors.json) → the reason that is kept.
UNREACHABLE = {
    "bot was blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "bot can't initiate conversation": "never_started",
    "chat not found": "never_started",
    "bot was kicked": "removed",
    "bot is not a member": "removed",
    "group chat was deleted": "removed",
}
# Why a message that was sent cannot be changed any more → the reason that is kept.
UNCHANGEABLE = {
    "message to edit not found": "gone",
    "message can't be edited": "too_old",
}
# What a group does not let the bot do → the reason that is kept: others may still be done there.
FORBIDDEN = {
    "not enough rights": NO_RIGHTS,
    "need administrator rights": NO_RIGHTS,
    "have no rights to send": NO_RIGHTS,
    "CHAT_WRITE_FORBIDDEN": NO_RIGHTS,
}
REASONS = UNREACHABLE | UNCHANGEABLE | FORBIDDEN
EXPECTED = frozenset(REASONS.values())  # no fault of ours


def outcome_of(error: AiogramError) -> Outcome:
    """Classify what a send method raised."""
    if isinstance(error, TelegramUnauthorizedError):
        return Outcome(Fate.STOP, "unauthorized")
    if isinstance(error, TelegramRetryAfter):
        return Outcome(Fate.LATER, "flood", error.retry_after)
    if isinstance(error, TelegramForbiddenError | TelegramBadRequest):
        for text, reason in REASONS.items():
            if text in error.message:
                return Outcome(Fate.FAILED, reason)
        return Outcome(Fate.FAILED, "refused")
    if isinstance(error, TelegramMigrateToChat):
        return Outcome(Fate.MOVED, "moved", moved_to=error.migrate_to_chat_id)
    if isinstance(error, TelegramEntityTooLarge | TelegramNotFound):
        return Outcome(Fate.FAILED, "refused")
    if isinstance(error.__cause__, ClientConnectorError):
        # There was no connection, so nothing went out, however long the network is away.
        return Outcome(Fate.LATER, "offline", OFFLINE_SECONDS)
    # 5xx, an HTML body, a broken connection: Telegram may have the message.
    return Outcome(Fate.UNCERTAIN, type(error).__name__)
