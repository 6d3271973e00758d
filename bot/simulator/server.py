"""The local Telegram as one object: add people and groups, start, use, stop."""

from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

import bot.simulator.methods  # noqa: F401  registers the methods
from bot.simulator.api import BotApi
from bot.simulator.control import Control
from bot.simulator.hub import Clock, Hub, NextEvent, Options
from bot.simulator.local_http import Handler
from bot.simulator.tools import Tools
from bot.simulator.wire import MAX_BODY
from bot.simulator.world import Json, Person

PAGE = Path(__file__).parent / "page"
TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
    ".png": "image/png", ".ico": "image/x-icon", ".json": "application/json",
    ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
}  # fmt: skip
SECURITY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
)


class LocalTelegram:
    """A Telegram of one bot, on this machine, in memory.

    ``clock`` says what time it is (aware UTC); when it can ``move``, the page can move it.
    ``next_event`` tells the moment the page's "to the next event" jumps to. ``answer_window`` is
    how long a tap may wait for its answer, by the clock; ``privacy`` is the bot's privacy mode in
    groups; ``webhook_retry`` the first pause in seconds before a refused delivery is repeated.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        token: str,
        username: str = "local_bot",
        name: str = "Bot",
        timezone: str = "Asia/Almaty",
        next_event: NextEvent | None = None,
        answer_window: timedelta = timedelta(seconds=15),
        privacy: bool = True,
        webhook_retry: float = 2.0,
    ) -> None:
        number, _, secret = token.partition(":")
        if not number.isdecimal() or not secret:
            raise ValueError("a token looks like 123456:letters")
        user: Json = {"id": int(number), "is_bot": True, "first_name": name, "username": username}
        options = Options(timezone, next_event, answer_window, privacy, webhook_retry)
        self.hub = Hub(clock, user, options)
        self.url = ""
        self._api = BotApi(self.hub, token)
        self._runner: web.AppRunner | None = None

    def add_person(
        self,
        id: int,  # noqa: A002
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        phone: str | None = None,
        note: dict[str, str] | None = None,
    ) -> None:
        """Add a person with an account; ``note`` is shown beside the name, by language."""
        person = Person(id, first_name, last_name, username, language_code, phone, note)
        self.hub.world.add_person(person)

    def add_group(
        self,
        id: int,  # noqa: A002
        title: str,
        members: list[int],
        *,
        bot_is_member: bool = True,
        bot_is_admin: bool = False,
        channel: bool = False,
    ) -> None:
        """Add a group; an id of ``-100…`` makes it a supergroup, or a channel."""
        status = "left"
        if bot_is_member:
            status = "administrator" if bot_is_admin else "member"
        self.hub.world.add_group(id, title, members, status, channel=channel)

    def forbid(self, chat_id: int, kind: str) -> None:
        """Take the right to send ``kind`` (``text messages``, ``photos``, …) in a group away."""
        self.hub.world.chats[chat_id].forbidden_kinds.add(kind)

    def deactivate(self, person_id: int) -> None:
        """Delete a person's account, as it looks to the bot."""
        self.hub.world.people[person_id].deactivated = True

    def now(self) -> datetime:
        """Return the present moment of this Telegram."""
        return self.hub.clock.now()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; ``port`` 0 takes a free one. Raises OSError when the port is in use.

        After ``stop`` it may start again with everything it knew: that is how an outage looks.
        """
        self._api.start()
        self.hub.events.reopen()
        app = web.Application(client_max_size=MAX_BODY + (1 << 20), middlewares=[_own_page_only])
        app.add_routes([*Control(self.hub).routes(), *Tools(self.hub).routes()])
        app.add_routes([*self._api.routes(), web.get("/", _page), web.get("/{name}", _page)])
        # no access log: its lines would carry the token
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.url = f"http://{host}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Let go all long polls and streams and stop listening; at once."""
        if self._runner is None:
            return
        runner, self._runner = self._runner, None
        self._api.stop()
        self.hub.events.close()
        await self.hub.webhook.stop()
        await runner.cleanup()


@web.middleware
async def _own_page_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn away other sites' pages: the control API has no password, the browser has an origin."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return web.Response(status=403, text="Forbidden")
    return await handler(request)


async def _page(request: web.Request) -> web.Response:
    """Serve a file that lies right in the page's folder."""
    name = request.match_info.get("name", "index.html")
    path = PAGE / name
    content_type = TYPES.get(path.suffix)
    if "/" in name or name.startswith(".") or content_type is None or not path.is_file():
        return web.Response(status=404, text="Not Found")
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if path.suffix == ".html":
        headers["Content-Security-Policy"] = SECURITY
    is_text = content_type.startswith("text/")
    return web.Response(
        body=path.read_bytes(),
        content_type=content_type,
        charset="utf-8" if is_text else None,
        headers=headers,
    )
