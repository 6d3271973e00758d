"""A client of the local Telegram without a network: what a virtual loop can wait for."""

import json
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.simulator.api import BotApi
from bot.simulator.wire import Call


class InProcess(BaseSession):
    """Hands calls to the local Telegram directly; ``refused`` counts the answers by error code."""

    def __init__(self, api: BotApi) -> None:
        super().__init__()
        self._api = api
        self.refused: dict[int, int] = {}
        self.sent = 0

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        """Carry the call out. Raises what aiogram makes of an error."""
        files: dict[str, Any] = {}
        values = {
            name: self.prepare_value(value, bot=bot, files=files)
            for name, value in method.model_dump(warnings=False).items()
        }
        raw = {name: value for name, value in values.items() if value}
        body = await self._api.answer(Call(method.__api_method__, raw))
        status = 200 if body["ok"] else int(body["error_code"])
        if not body["ok"]:
            self.refused[status] = self.refused.get(status, 0) + 1
        elif method.__api_method__ == "sendMessage":
            self.sent += 1
        response = self.check_response(bot, method, status, json.dumps(body))
        return response.result  # type: ignore[return-value]

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        """Nothing is fetched in a measurement."""
        raise NotImplementedError
        yield b""
