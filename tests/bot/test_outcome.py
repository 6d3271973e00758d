"""What Telegram's answers mean for a message: every refusal a sender can meet."""

import json
from typing import Any
from unittest.mock import Mock

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import AiogramError, TelegramNetworkError
from aiogram.methods import SendMessage
from aiohttp import ClientConnectorDNSError, ClientConnectorError, ServerDisconnectedError

from bot.delivery.outcome import OFFLINE_SECONDS, UNREACHABLE, Fate, Outcome, outcome_of
from storage import settlement

METHOD = SendMessage(chat_id=1003, text="hm")
BLOCKED = Outcome(Fate.FAILED, "blocked")
GONE = Outcome(Fate.FAILED, "deactivated")
NEVER = Outcome(Fate.FAILED, "never_started")
REMOVED = Outcome(Fate.FAILED, "removed")
REFUSED = Outcome(Fate.FAILED, "refused")
NO_RIGHTS = Outcome(Fate.FAILED, "no_rights")
GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"


def answered(code: int, body: str | dict[str, Any]) -> AiogramError:
    """What aiogram makes of an answer."""
    bot = Bot("123456789:AAExampleOfASecretToken")
    text = body if isinstance(body, str) else json.dumps(body)
    with pytest.raises(AiogramError) as caught:
        AiohttpSession().check_response(bot=bot, method=METHOD, status_code=code, content=text)
    return caught.value


def refused(code: int, description: str, **parameters: int) -> AiogramError:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return answered(code, {**body, "parameters": parameters} if parameters else body)


@pytest.mark.parametrize(
    ("code", "description", "outcome"),
    [
        (403, "Forbidden: bot was blocked by the user", BLOCKED),
        (403, "Forbidden: user is deactivated", GONE),
        (403, "Forbidden: bot can't initiate conversation with a user", NEVER),
        (400, "Bad Request: chat not found", NEVER),
        (403, "Forbidden: the bot can't send messages to the bot", REFUSED),
        (403, "Forbidden: bot was kicked from the group chat", REMOVED),
        (403, "Forbidden: bot was kicked from the supergroup chat", REMOVED),
        (403, "Forbidden: bot is not a member of the supergroup chat", REMOVED),
        (403, "Forbidden: the group chat was deleted", REMOVED),
        (400, "Bad Request: not enough rights to send text messages to the chat", NO_RIGHTS),
        (400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 0", REFUSED),
        (400, "Bad Request: message is too long", REFUSED),
        (400, "Bad Request: message text is empty", REFUSED),
        (400, "Bad Request: text must be non-empty", REFUSED),
        (400, "Bad Request: BUTTON_DATA_INVALID", REFUSED),
        (400, "Bad Request: reply markup is too long", REFUSED),
        (400, "Bad Request: wrong file identifier/HTTP URL specified", REFUSED),
        (400, "Bad Request: wrong file_id or the file is temporarily unavailable", REFUSED),
        (400, "Bad Request: BOT_COMMANDS_TOO_MUCH", REFUSED),
        (413, "Request Entity Too Large", REFUSED),
        (404, "Not Found: method not found", REFUSED),
        (401, "Unauthorized", Outcome(Fate.STOP, "unauthorized")),
        (500, "Internal Server Error: restart", Outcome(Fate.UNCERTAIN, "RestartingTelegram")),
        (500, "Internal Server Error", Outcome(Fate.UNCERTAIN, "TelegramServerError")),
        (502, "Bad Gateway", Outcome(Fate.UNCERTAIN, "TelegramServerError")),
    ],
)
def test_refusals(code: int, description: str, outcome: Outcome) -> None:
    assert outcome_of(refused(code, description)) == outcome


@pytest.mark.parametrize("seconds", [1, 37, 10_072])
def test_flood_says_when_to_come_again(seconds: int) -> None:
    error = refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    assert outcome_of(error) == Outcome(Fate.LATER, "flood", seconds)


def test_a_migrated_group_says_where_it_is_now() -> None:
    error = refused(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=-1001234567890,
    )
    assert outcome_of(error) == Outcome(Fate.MOVED, "moved", moved_to=-1001234567890)


@pytest.mark.parametrize(
    ("code", "body"),
    [(502, GATEWAY), (200, '{"ok":true,"result":{"mess'), (200, ""), (413, GATEWAY)],
)
def test_what_cannot_be_read_may_have_arrived(code: int, body: str) -> None:
    assert outcome_of(answered(code, body)) == Outcome(Fate.UNCERTAIN, "ClientDecodeError")


def lost(cause: Exception) -> AiogramError:
    error = TelegramNetworkError(METHOD, f"{type(cause).__name__}: {cause}")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "cause",
    [TimeoutError(), ServerDisconnectedError(), ConnectionResetError()],
    ids=lambda cause: type(cause).__name__,
)
def test_a_connection_that_broke_may_have_delivered(cause: Exception) -> None:
    assert outcome_of(lost(cause)) == Outcome(Fate.UNCERTAIN, "TelegramNetworkError")


@pytest.mark.parametrize("kind", [ClientConnectorError, ClientConnectorDNSError])
def test_without_a_connection_nothing_went_out(kind: type[ClientConnectorError]) -> None:
    error = lost(kind(Mock(), OSError(111, "Connection refused")))
    assert outcome_of(error) == Outcome(Fate.LATER, "offline", OFFLINE_SECONDS)


def test_storage_knows_every_reason_that_makes_unreachable() -> None:
    assert set(UNREACHABLE.values()) == settlement.UNREACHABLE
