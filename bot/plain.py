"""Requests that are JSON from the start, with answers that are read no further than needed.

Most of what a bot says is text with buttons. aiogram makes a model of every button, a form of every
request and models of the whole message that comes back: more work than all the rest of an answer.
"""

import json
from functools import cache
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiohttp import FormData, JsonPayload
from pydantic import BaseModel

T = TypeVar("T")

Json = dict[str, Any]


class PlainMethod(TelegramMethod[T]):
    """A method whose fields are sent as they are, None left out: they must be JSON already."""


class GetUpdates(PlainMethod[list[Json]]):
    """The method getUpdates with its result left as it came."""

    __returning__ = list[Json]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Sent(BaseModel):
    """What one needs to know of a message that was sent."""

    message_id: int
    parts: list[int] = []  # ids of what belongs to it and was sent before it


class SendText(PlainMethod[Sent]):
    """The method sendMessage."""

    __returning__ = Sent
    __api_method__ = "sendMessage"

    chat_id: int
    text: str
    parse_mode: str | None = None
    reply_markup: Json | None = None
    link_preview_options: Json | None = None
    disable_notification: bool | None = None


class EditText(PlainMethod[Any]):
    """The method editMessageText."""

    __returning__ = Any
    __api_method__ = "editMessageText"

    chat_id: int
    message_id: int
    text: str
    parse_mode: str | None = None
    reply_markup: Json | None = None
    link_preview_options: Json | None = None


class EditCaption(PlainMethod[Any]):
    """The method editMessageCaption."""

    __returning__ = Any
    __api_method__ = "editMessageCaption"

    chat_id: int
    message_id: int
    caption: str
    parse_mode: str | None = None
    reply_markup: Json | None = None


class PlainSession(AiohttpSession):
    """Sends plain methods as JSON, which the Bot API takes as well; all others as aiogram does."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str
    ) -> Response[T]:
        """The answer as a model, or what Telegram refuses with."""
        _answer_of(method.__returning__)
        return super().check_response(bot, method, status_code, content)

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> FormData:
        """The body of the request."""
        if not isinstance(method, PlainMethod):
            return super().build_form_data(bot, method)
        given = {name: value for name, value in vars(method).items() if value is not None}
        body: Any = JsonPayload(given, dumps=json.dumps)  # aiohttp takes either as ``data``
        return body  # type: ignore[no-any-return]


@cache
def _answer_of(returning: Any) -> type[Response[Any]]:
    """The model of answers with such a result: nobody else holds it, and it is costly to make."""
    return Response[returning]
