"""Working through the inbox: in order within a lane, side by side between lanes."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

from storage import inbox
from storage.clock import Clock
from storage.database import Database
from storage.inbox import AfterFailure, Waiting

log = structlog.get_logger(__name__)

AT_ONCE = 32  # updates handled side by side
BATCH = 200
RETRY_SECONDS = 0.2

Handle = Callable[[Waiting], Awaitable[None]]
Quarantined = Callable[[Waiting, Exception], Awaitable[None]]


class Workshop:
    """Takes waiting updates from the inbox and has each handled exactly once."""

    def __init__(
        self, database: Database, clock: Clock, handle: Handle, quarantined: Quarantined
    ) -> None:
        self._database = database
        self._clock = clock
        self._handle = handle
        self._quarantined = quarantined
        self._news = asyncio.Event()
        self._lanes: dict[int, deque[Waiting]] = {}
        self._taken: set[int] = set()
        self._settled: list[int] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)

    def wake(self) -> None:
        """There may be something new in the inbox."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what was left from the last run comes first."""
        self.wake()
        while True:
            await self._news.wait()
            self._news.clear()
            await self._take_all()

    async def drain(self, seconds: float) -> None:
        """Let what is being handled come to its end, for ``seconds`` at most."""
        self._lanes = {lane: deque() for lane in self._lanes}
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take_all(self) -> None:
        # What was settled before this reading began is not in it; what is settled while it goes on
        # may be, and must stay known as taken until the next one.
        self._taken.difference_update(self._settled)
        self._settled.clear()
        after: int | None = None
        while batch := await self._database.read(inbox.waiting, after, BATCH):
            for waiting in batch:
                self._take(waiting)
            after = batch[-1].update_id

    def _take(self, waiting: Waiting) -> None:
        if waiting.update_id in self._taken:
            return
        self._taken.add(waiting.update_id)
        if waiting.lane in self._lanes:
            self._lanes[waiting.lane].append(waiting)
            return
        self._lanes[waiting.lane] = deque([waiting])
        task = asyncio.create_task(self._work_off(waiting.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: int) -> None:
        while queue := self._lanes.get(lane):
            waiting = queue.popleft()
            async with self._places:
                await self._until_settled(waiting)
            self._settled.append(waiting.update_id)
        self._lanes.pop(lane, None)

    async def _until_settled(self, waiting: Waiting) -> None:
        """Handle one update; after three failures it is set aside and the rest go on."""
        while True:
            try:
                await self._handle(waiting)
                return
            except Exception as error:
                log.exception("an update failed", update_id=waiting.update_id)
                if await self._is_over(waiting, error):
                    return
            await asyncio.sleep(RETRY_SECONDS)

    async def _is_over(self, waiting: Waiting, error: Exception) -> bool:
        """Note the failure; whether there is nothing more to try."""
        name = type(error).__name__
        try:
            after = await self._database.write(
                inbox.failed, waiting.update_id, name, self._clock.now()
            )
            if after is AfterFailure.QUARANTINED:
                await self._quarantined(waiting, error)
        except Exception:
            # The lane must not die of it: the database itself may be what does not answer.
            log.exception("a failure could not be noted", update_id=waiting.update_id)
            return False
        return after is not AfterFailure.AGAIN
