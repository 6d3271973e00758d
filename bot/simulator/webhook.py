"""Delivery of updates to a webhook: in order within a lane, lanes beside one another."""

import asyncio
import random
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.updates import Update, Updates
from bot.simulator.world import Json, unix

TIMEOUT, LONGEST_RETRY_AFTER = 60, 3600


class Webhook:
    """The webhook, closed until ``open``. ``retry`` is the first pause in real seconds."""

    def __init__(self, updates: Updates, now: Callable[[], datetime], retry: float) -> None:
        self._updates, self._now, self._retry = updates, now, retry
        self.url = ""
        self._secret = ""
        self._slots = asyncio.Semaphore(40)
        self._connections = 40
        self._lanes: dict[str, asyncio.Queue[Update]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._last_error: Json = {}

    def open(self, url: str, secret: str, connections: int) -> None:
        """Start delivering to ``url`` everything that waits and everything that comes."""
        self.close()
        self.url, self._secret, self._connections = url, secret, connections
        self._slots = asyncio.Semaphore(connections)
        self._updates.on_push = self._enqueue
        for update in self._updates.pending():
            self._enqueue(update)

    def close(self) -> None:
        """Stop delivering; what was not delivered waits for getUpdates."""
        self.url, self._updates.on_push = "", None
        for worker in self._workers:
            worker.cancel()
        self._lanes.clear()
        self._last_error = {}

    def is_set(self, url: str, secret: str, connections: int) -> bool:
        """Say whether exactly this webhook is open already."""
        return (url, secret, connections) == (self.url, self._secret, self._connections)

    async def stop(self) -> None:
        """Close, and wait until no delivery runs."""
        workers = list(self._workers)
        self.close()
        await asyncio.gather(*workers, return_exceptions=True)

    def info(self) -> Json:
        """Return the ``WebhookInfo`` fields this side knows."""
        shown: Json = {"url": self.url, "has_custom_certificate": False}
        if self.url:
            shown["max_connections"] = self._connections
        return {**shown, **self._last_error}

    def _enqueue(self, update: Update) -> None:
        lane = self._lanes.get(update.lane)
        if lane is None:
            lane = self._lanes[update.lane] = asyncio.Queue()
            worker = asyncio.get_running_loop().create_task(self._run(update.lane, lane))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        lane.put_nowait(update)

    async def _run(self, name: str, lane: asyncio.Queue[Update]) -> None:
        async with aiohttp.ClientSession() as session:
            while not lane.empty():
                update = lane.get_nowait()
                await self._deliver(session, update)
                self._updates.forget(update)
        if self._lanes.get(name) is lane:
            del self._lanes[name]

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        """Try until the other side says 2xx or the update is too old."""
        pause = 0.0
        while self._now() < update.expires:
            async with self._slots:
                wait = await self._try(session, update)
            if wait is None:
                return
            # the first repeat comes at once, then 2, 4, 8 … up to a random one to two minutes
            await asyncio.sleep(max(pause, wait))
            longest = random.uniform(60, 120)  # noqa: S311
            pause = min(pause * 2 if pause else self._retry, longest)

    async def _try(self, session: aiohttp.ClientSession, update: Update) -> float | None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        try:
            async with session.post(
                self.url, json=update.body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                if 200 <= answer.status < 300:
                    return None
                problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                after = answer.headers.get("Retry-After", "0")
                wait = float(after) if after.isdecimal() else 0.0
        except (aiohttp.ClientError, TimeoutError) as error:
            problem, wait = f"{type(error).__name__} at {urlsplit(self.url).hostname}", 0.0
        moment = unix(self._now())
        self._last_error = {"last_error_date": moment, "last_error_message": problem}
        return min(wait, LONGEST_RETRY_AFTER)
