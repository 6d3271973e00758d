"""Working through the inbox: in order within a lane, side by side between lanes."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from storage import inbox
from storage.clock import Clock
from storage.database import Database
from storage.inbox import AfterFailure, AlreadyHandled, Waiting

log = structlog.get_logger(__name__)

AT_ONCE = 32  # updates handled side by side
BATCH = 200
LANES = 2 * AT_ONCE  # held at a time when other processes may take the rest
RETRY_SECONDS = 0.2
LANE_LASTS = timedelta(seconds=10)  # for how long a lane is ours when nothing is heard of us
RENEWED_SECONDS = 3.0
LOOK_SECONDS = 0.25  # how often the inbox is looked at for what another process put there

# Handles an update, and says by calling ``handled(settled)`` that it need not be handled again;
# ``settled``: it is marked so already, together with its effect.
Handled = Callable[[bool], None]
Handle = Callable[[Waiting, Handled], Awaitable[None]]
Quarantined = Callable[[Waiting, Exception], Awaitable[None]]


class Workshop:
    """Takes waiting updates from the inbox and has each handled exactly once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        holder: str,
        handle: Handle,
        quarantined: Quarantined,
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """``holder`` names this process among those that share the database."""
        self._database = database
        self._clock = clock
        self._holder = holder
        self._handle = handle
        self._quarantined = quarantined
        self._failed = failed
        self._news = asyncio.Event()
        self._lanes: dict[int, deque[Waiting]] = {}
        self._taken: set[int] = set()
        self._done: list[int] = []  # handled, not yet marked
        self._settled: list[int] = []  # marked together with their effect
        self._idle: set[int] = set()  # lanes to give back
        self._books = asyncio.Lock()  # claiming and giving back must not cross
        self._finished = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._draining = False

    def wake(self) -> None:
        """There may be something new in the inbox."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what was left from the last run comes first."""
        if self._database.is_sqlite:
            await self._database.write(inbox.release_all)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._look())
            group.create_task(self._keep_books())
            group.create_task(self._renew())

    async def drain(self, seconds: float) -> None:
        """Let what is being handled come to its end, for ``seconds`` at most."""
        self._draining = True
        async with self._books:  # a claim that is under way comes to its end
            for queue in self._lanes.values():
                queue.clear()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._write_up()
        try:
            await self._database.write(inbox.release, self._holder)
        except Exception:  # they run out by themselves; the rest must be drained all the same
            log.exception("the lanes could not be given back")

    async def _look(self) -> None:
        self.wake()
        while True:
            # Alone on an embedded database, everything new is announced; else one has to look.
            with suppress(TimeoutError):
                wait = None if self._database.is_sqlite else LOOK_SECONDS
                await asyncio.wait_for(self._news.wait(), wait)
            self._news.clear()
            while await self._claim():
                pass

    def _limit(self) -> int:
        """How many updates to claim: alone as many as there are, else no more than we get to."""
        return BATCH if self._database.is_sqlite else max(0, LANES - len(self._lanes))

    async def _claim(self) -> bool:
        async with self._books:
            limit = self._limit()
            if not limit or self._draining:
                return False
            # What was marked before this reading is not in it; what is marked while it goes on
            # may be, and must stay known as taken until the next one.
            self._taken.difference_update(self._settled)
            self._settled.clear()
            now = self._clock.now()
            batch = await self._database.write(
                inbox.claim, self._holder, now, now + LANE_LASTS, self._taken, limit
            )
            for waiting in batch:
                self._take(waiting)
        return bool(batch)

    def _take(self, waiting: Waiting) -> None:
        self._taken.add(waiting.update_id)
        self._idle.discard(waiting.lane)
        if waiting.lane in self._lanes:
            self._lanes[waiting.lane].append(waiting)
            return
        self._lanes[waiting.lane] = deque([waiting])
        task = asyncio.create_task(self._work_off(waiting.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: int) -> None:
        queue = self._lanes[lane]
        while queue:
            waiting = queue.popleft()
            async with self._places:
                await self._until_settled(waiting)
        del self._lanes[lane]
        self._idle.add(lane)
        self._finished.set()
        if len(self._lanes) == AT_ONCE:
            self.wake()  # there is room for more

    async def _until_settled(self, waiting: Waiting) -> None:
        """Handle one update; after three failures it is set aside and the rest go on."""

        def handled(settled: bool) -> None:
            (self._settled if settled else self._done).append(waiting.update_id)
            self._finished.set()

        while True:
            try:
                await self._handle(waiting, handled)
                return
            except AlreadyHandled:
                log.warning("an update had been handled before", update_id=waiting.update_id)
                handled(True)
                return
            except Exception as error:
                self._failed()
                log.exception("an update failed", update_id=waiting.update_id)
                if await self._is_over(waiting, error):
                    handled(True)
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

    async def _keep_books(self) -> None:
        """Mark what is handled: as much at a time as came together during the last marking."""
        while True:
            await self._finished.wait()
            self._finished.clear()
            await self._write_up()

    async def _write_up(self) -> None:
        async with self._books:
            done, self._done = self._done, []
            idle, self._idle = self._idle, set()
            if not done and not idle:
                return
            try:
                await self._database.write(
                    inbox.write_up, self._holder, done, list(idle), self._clock.now()
                )
            except Exception:
                log.exception("handled updates could not be marked; tried again")
                self._done += done
                self._idle |= idle - set(self._lanes)
                await asyncio.sleep(RETRY_SECONDS)
                self._finished.set()
                return
            self._settled += done

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEWED_SECONDS)
            if self._lanes:
                until = self._clock.now() + LANE_LASTS
                await self._database.write(inbox.renew, self._holder, until)
