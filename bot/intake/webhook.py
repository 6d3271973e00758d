"""Updates that Telegram brings: kept in the same inbox, answered 200 after the commit."""

import asyncio
import hmac
import json
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import Bot
from aiohttp import web

from bot.intake.keeper import Keeper
from bot.intake.raw import ALLOWED_UPDATES
from bot.settings import SettingsError

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MAX_BODY = 1024 * 1024  # bytes; Telegram's updates are far smaller
MAX_ID = 2**63 - 1


@dataclass(frozen=True)
class Address:
    """Where Telegram finds us (``url``), the secret it shows, and where we listen."""

    url: str
    secret: str
    host: str
    port: int


class Webhook:
    """An HTTP server with one path. The path is no secret; the header is."""

    def __init__(self, bot: Bot, keeper: Keeper, address: Address) -> None:
        self._bot = bot
        self._keeper = keeper
        self._address = address
        self._runner: web.AppRunner | None = None

    async def run(self) -> None:
        """Listen until cancelled. Raises SettingsError when the port is not free."""
        await self.start()
        await asyncio.Event().wait()

    async def start(self) -> None:
        """Listen, and tell Telegram where. Raises SettingsError when the port is not free."""
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_post("/", self._receive)
        app.router.add_post("/{tail:.*}", self._receive)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        here = self._address
        try:
            await web.TCPSite(self._runner, here.host, here.port).start()
        except OSError:
            await self._runner.cleanup()
            raise SettingsError(
                f"WEBHOOK_PORT: {here.host}:{here.port} cannot be listened on, choose another one"
            ) from None
        await self._bot.set_webhook(
            here.url,
            secret_token=here.secret,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )

    async def stop(self) -> None:
        """Stop listening; Telegram keeps what comes meanwhile and tries again."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def port(self) -> int:
        """The port that is listened on, once started."""
        assert self._runner is not None, "not started"  # noqa: S101
        return int(self._runner.addresses[0][1])

    async def _receive(self, request: web.Request) -> web.Response:
        if not self._shows_secret(request):
            return web.Response(status=401)
        try:
            update = _update(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        if update is None:
            return web.Response(status=400)
        await self._keeper.keep([update])
        return web.Response()

    def _shows_secret(self, request: web.Request) -> bool:
        shown = request.headers.getall(SECRET_HEADER, [])
        # Bytes, so that a header beyond ASCII is wrong and no fault of ours.
        return len(shown) == 1 and hmac.compare_digest(
            shown[0].encode("utf-8", "surrogateescape"), self._address.secret.encode()
        )


def _update(body: bytes) -> dict[str, Any] | None:
    """The update in ``body``; None when that is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = found.get("update_id") if isinstance(found, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MAX_ID:
        return None
    return found  # type: ignore[no-any-return]  # a dict, as just seen
