"""``/health`` and ``/metrics`` over HTTP: for a monitor, on a port of its own, no personal data."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from aiohttp import web

from bot.metrics import Metrics
from bot.settings import SettingsError
from storage import health
from storage.clock import Clock
from storage.database import Database
from storage.health import Health

log = structlog.get_logger(__name__)

TICK_WITHIN = timedelta(minutes=5)
FETCH_WITHIN = 120.0  # seconds: a long poll of 25, and the longest pause between two tries
ANSWER_WITHIN = 5.0  # seconds for the database
TEXT = "text/plain; version=0.0.4; charset=utf-8"
OK = "ok"


class Watching:
    """The server; ``hears`` says whether updates can reach us (polling or webhook)."""

    def __init__(
        self,
        address: tuple[str, int],
        database: Database,
        clock: Clock,
        zone: ZoneInfo,
        metrics: Metrics,
        hears: Callable[[], bool],
    ) -> None:
        self._address = address
        self._database = database
        self._clock = clock
        self._zone = zone
        self._metrics = metrics
        self._hears = hears
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Begin to listen. Raises SettingsError when the port is not free."""
        app = web.Application()
        app.router.add_get("/health", self._health)
        app.router.add_get("/metrics", self._read_metrics)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        host, port = self._address
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise SettingsError(
                f"METRICS_PORT: {host}:{port} cannot be listened on, choose another one"
            ) from None
        self._runner = runner

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Where it listens, once started."""
        assert self._runner is not None, "not started"  # noqa: S101
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def _health(self, _request: web.Request) -> web.Response:
        parts = await self._parts()
        well = all(state == OK for state in parts.values())
        return web.json_response(parts, status=200 if well else 503)

    async def _read_metrics(self, _request: web.Request) -> web.Response:
        found = await self._numbers()
        if found is None:
            return web.Response(status=503, text="the database does not answer\n")
        body = self._metrics.text(found, self._clock.now().timestamp())
        return web.Response(body=body, headers={"Content-Type": TEXT})

    async def _parts(self) -> dict[str, str]:
        found = await self._numbers()
        last = found.last_tick if found is not None else None
        on_time = last is not None and self._clock.now() - last <= TICK_WITHIN
        return {
            "database": OK if found is not None else "does not answer",
            "updates": OK if self._hears() else "Telegram is not heard",
            "tick": OK if on_time else "did not come for five minutes",
        }

    async def _numbers(self) -> Health | None:
        now = self._clock.now()
        today = now.astimezone(self._zone).date()
        try:
            return await asyncio.wait_for(
                self._database.read(health.read, now, today), ANSWER_WITHIN
            )
        except Exception:
            log.exception("the database does not answer")
            return None
