"""Log lines: no token and no personal data in them, wherever they come from; JSON is JSON."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import GetMe
from aiogram.types import Update
from sqlalchemy.exc import IntegrityError

from bot import logs
from tests.logged import logged

TOKEN = "123456789:AAExampleOfASecretToken_w-thEverything"
URL = f"https://api.telegram.org/bot{TOKEN}/getUpdates"
NAME, PHONE = "Канарейкина", "+77015550142"  # whoever sees them in a log has found a leak


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    with logged("INFO", request.param) as written:
        yield written


@pytest.fixture
def json_log() -> Iterator[StringIO]:
    with logged("INFO", "json") as written:
        yield written


def raised(error: Exception) -> Exception:
    try:
        raise error
    except (OSError, TelegramNetworkError) as caught:
        return caught


def said(log: StringIO) -> str:
    text = log.getvalue()
    assert text.strip(), "nothing was logged"
    return text


def test_the_token_is_struck_from_messages_and_values(log: StringIO) -> None:
    structlog.get_logger("bot.test").info(
        f"calling {URL}", url=URL, nested={"in": [URL]}, thing=RuntimeError(URL)
    )
    text = said(log)
    assert TOKEN not in text
    assert text.count(logs.STRUCK) == 4


def test_the_token_is_struck_from_lines_of_libraries(log: StringIO) -> None:
    library = logging.getLogger("some.library")
    library.warning("Cannot connect to %s", URL)
    library.error(RuntimeError(f"no answer from {URL}"))
    text = said(log)
    assert "AAExample" not in text
    assert text.count(f"/bot{logs.STRUCK}/") == 2


def test_the_token_is_struck_from_exceptions(log: StringIO) -> None:
    cause = OSError(f"connection to {URL} refused")
    error = TelegramNetworkError(GetMe(), f"ClientConnectorError: {URL}")
    error.__cause__ = cause
    structlog.get_logger("bot.test").error("failed", exc_info=raised(error))
    logging.getLogger("asyncio").error("Task exception was never retrieved", exc_info=error)
    text = said(log)
    assert "AAExample" not in text
    assert "TelegramNetworkError: HTTP Client says - ClientConnectorError" in text
    assert "refused" in text, "what led to it is told too"


def unreadable() -> Exception:
    try:
        Update.model_validate({"update_id": 1, "message": {"text": PHONE, "from": NAME}})
    except ValueError as error:
        return error
    raise AssertionError("it could be read")


def typed() -> Exception:
    try:
        int(PHONE + NAME)
    except ValueError as error:
        return error
    raise AssertionError("a number")


@pytest.mark.parametrize(
    "error",
    [
        unreadable(),
        typed(),
        KeyError(NAME),
        IntegrityError("INSERT", {"name": NAME}, sqlite3.IntegrityError(PHONE)),
        ClientDecodeError("Failed", typed(), {"first_name": NAME, "phone": PHONE}),
        ExceptionGroup("several", [typed(), KeyError(NAME)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_personal_data_in_exceptions_stay_out(log: StringIO, error: BaseException) -> None:
    try:
        try:
            raise error
        except BaseException as inner:
            raise RuntimeError("while handling") from inner
    except RuntimeError:
        structlog.get_logger("bot.test").exception("an update failed", update_id=7)
    text = said(log)
    assert NAME not in text
    assert PHONE not in text
    for expected in (type(error).__name__, "RuntimeError: while handling", "test_logs.py", "7"):
        assert expected in text


def test_json_lines_are_one_object_each(json_log: StringIO) -> None:
    structlog.get_logger("bot.test").warning("Қазақша «мәтін»\nсо строкой", update_id=7)
    logging.getLogger("library").error("failed", exc_info=raised(OSError("disk is full")))
    ours, theirs = map(parsed, said(json_log).splitlines())
    assert ours["event"] == "Қазақша «мәтін»\nсо строкой"
    assert (ours["level"], ours["logger"], ours["update_id"]) == ("warning", "bot.test", 7)
    assert ours["timestamp"].endswith("Z")
    assert theirs["exception"].endswith("OSError: disk is full")


def parsed(line: str) -> dict[str, Any]:
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


def test_lines_below_the_level_and_of_talkative_libraries_are_left_out(log: StringIO) -> None:
    logging.getLogger().setLevel("WARNING")
    structlog.get_logger("bot.test").info("quiet")
    # Their lines carry whole updates, and addresses with the token.
    logging.getLogger("aiogram.event").error("Cause exception %s", {"text": PHONE})
    logging.getLogger("aiohttp.access").info("POST %s", URL)
    assert log.getvalue() == ""


async def test_what_a_lost_task_raised_is_told_without_its_data(log: StringIO) -> None:
    async def lost() -> None:
        raise ValueError(PHONE)

    task = asyncio.create_task(lost())
    await asyncio.wait([task])
    context = {"message": "Task exception was never retrieved", "exception": task.exception()}
    asyncio.get_running_loop().default_exception_handler(context)
    text = said(log)
    assert "ValueError" in text
    assert PHONE not in text


@pytest.mark.parametrize(
    "innocent", ["2026-11-24T05:00:00.123456Z", "САР-2026-0147", "http://127.0.0.1:8088/", "12:30"]
)
def test_what_only_resembles_a_token_stays(innocent: str) -> None:
    assert logs.struck(innocent) == innocent
