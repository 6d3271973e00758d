"""What happened, counted for Prometheus. Labels are codes: no id of a chat, no name, no text."""

import time
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage.health import Health

FETCHING = "getUpdates"  # waits for news by design: its duration says nothing
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counters of one program: each has a registry of its own, so that tests may run several.

    Durations are seconds.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._fetched_at = time.monotonic()
        self._received = self._counter("buro_updates_received", "Updates that Telegram sent")
        self._handled = Histogram(
            "buro_update_seconds",
            "From taking an update up to its answer",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._failed = self._counter("buro_updates_failed", "Tries to handle one that failed")
        self._quarantined = self._counter("buro_updates_quarantined", "Updates set aside")
        self._sent = self._counter("buro_messages", "Messages settled", "kind", "state")
        self._floods = self._counter("buro_floods", "Times Telegram said: too many requests")
        self._flood_seconds = self._counter("buro_flood_seconds", "How long it asked to wait")
        self._requests = Histogram(
            "buro_request_seconds",
            "Requests to Telegram",
            ("method",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._tick_lag = self._gauge("buro_tick_lag_seconds", "How late the last tick came")
        self._of_database = {
            name: self._gauge(f"buro_{name}", told) for name, told in OF_DATABASE.items()
        }
        self._zero = self._gauge("buro_should_be_zero", "What needs a hand", "counter")

    # -- what the rooms report ------------------------------------------------------------

    def received(self, number: int = 1) -> None:
        """So many updates were kept in the inbox."""
        self._received.inc(number)

    def handled(self, seconds: float) -> None:
        """An update was handled and answered."""
        self._handled.observe(seconds)

    def failed(self) -> None:
        """A try to handle an update failed."""
        self._failed.inc()

    def quarantined(self) -> None:
        """An update was set aside."""
        self._quarantined.inc()

    def sent(self, kind: str, state: str) -> None:
        """A message of the outbox came to its end: sent, failed or uncertain."""
        self._sent.labels(kind, state).inc()

    def flood(self, seconds: float) -> None:
        """Telegram answered 429 and asked to wait."""
        self._floods.inc()
        self._flood_seconds.inc(seconds)

    def tick(self, lag: float) -> None:
        """A tick came ``lag`` late."""
        self._tick_lag.set(max(0.0, lag))

    def fetched(self) -> None:
        """Telegram answered whether there is news."""
        self._fetched_at = time.monotonic()

    def requested(self, method: str, seconds: float) -> None:
        """Telegram answered a request, well or badly."""
        self._requests.labels(method).observe(seconds)

    # -- what is read ---------------------------------------------------------------------

    @property
    def fetch_age(self) -> float:
        """Since when Telegram has not answered whether there is news; from the start at first."""
        return time.monotonic() - self._fetched_at

    def text(self, health: Health, now: float) -> bytes:
        """Everything in Prometheus' text form; ``now`` is a POSIX time, ``health`` of then."""

        def age(moment: Any) -> float:
            return 0.0 if moment is None else max(0.0, now - moment.timestamp())

        values = {
            "inbox_waiting": health.inbox_waiting,
            "inbox_age_seconds": age(health.inbox_oldest),
            "outbox_waiting": health.outbox_waiting,
            "outbox_due": health.outbox_due,
            "outbox_age_seconds": age(health.outbox_oldest),
            "tick_age_seconds": age(health.last_tick),
            "held_after_restore": float(health.restored_at is not None),
        }
        for name, value in values.items():
            self._of_database[name].set(value)
        for counter, value in health.should_be_zero.items():
            self._zero.labels(counter).set(value)
        return generate_latest(self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(name, told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(name, told, labels, registry=self.registry)


# What is read from the database when Prometheus asks.
OF_DATABASE = {
    "inbox_waiting": "Updates not handled yet",
    "inbox_age_seconds": "Age of the oldest of them",
    "outbox_waiting": "Messages not sent yet",
    "outbox_due": "Messages that could be sent now",
    "outbox_age_seconds": "Since when the oldest of them could have been sent",
    "tick_age_seconds": "Since the last look for what is due",
    "held_after_restore": "1 while messages from before a restore wait for the owner's word",
}


class RequestMeter(BaseRequestMiddleware):
    """Between the client and Telegram: counts requests, their time, and each 429."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:
        """Let the request through and take its time."""
        name = method.__api_method__
        began = time.monotonic()
        try:
            answer = await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._metrics.flood(error.retry_after)
            raise
        finally:
            if name != FETCHING:
                self._metrics.requested(name, time.monotonic() - began)
        if name == FETCHING:
            self._metrics.fetched()
        return answer
