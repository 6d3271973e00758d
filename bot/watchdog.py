"""The watchdog: notices that nothing was looked for any more, by the machine's own clock."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

SILENT_SECONDS = 300.0
LOOK_SECONDS = 30.0


class Watchdog:
    """Raises the alarm once when no tick succeeded for five minutes; ``fed`` ends the incident."""

    def __init__(
        self,
        alarm: Callable[[int], Awaitable[None]],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """``alarm`` takes the minutes of silence; it must not lean on the database."""
        self._alarm = alarm
        self._monotonic = monotonic
        self._sleep = sleep
        self._fed_at = monotonic()
        self._noticed = False  # the silence stands in the log
        self._told = False  # and somebody was told

    def fed(self) -> None:
        """A tick succeeded."""
        if self._noticed:
            log.info("ticks succeed again", after_seconds=round(self._silence()))
        self._fed_at = self._monotonic()
        self._noticed = self._told = False

    async def run(self) -> None:
        """Look every half minute until cancelled."""
        while True:
            await self._sleep(LOOK_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Raise the alarm if it is time; one that did not get through is raised again."""
        silence = self._silence()
        if silence < SILENT_SECONDS or self._told:
            return
        if not self._noticed:
            self._noticed = True
            log.error("no tick succeeded", for_seconds=round(silence))
        try:
            await self._alarm(int(silence // 60))
        except Exception:
            log.exception("the alarm did not get through")
        else:
            self._told = True

    def _silence(self) -> float:
        return self._monotonic() - self._fed_at
