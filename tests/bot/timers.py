"""Timers of the tests: one that only sleeping moves, one that follows a movable clock."""

import asyncio
import heapq
from dataclasses import dataclass, field

from storage.clock import MovableClock


@dataclass
class VirtualTimer:
    """Sleepers are woken in the order of their moments; between them no time passes."""

    moment: float = 0.0
    _sleepers: list[tuple[float, int, asyncio.Event]] = field(default_factory=list)
    _count: int = 0

    def now(self) -> float:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        event = asyncio.Event()
        self._count += 1
        heapq.heappush(self._sleepers, (self.moment + seconds, self._count, event))
        await event.wait()

    async def pass_until(self, *work: asyncio.Task[None]) -> None:
        """Let time pass until all ``work`` is done."""
        while not all(task.done() for task in work):
            for _ in range(5):
                await asyncio.sleep(0)
            if self._sleepers:
                self.moment, _, event = heapq.heappop(self._sleepers)
                event.set()
        await asyncio.gather(*work)


class ClockTimer:
    """The seconds of a clock that the test moves; sleeping takes real ones."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
