"""Telegram's send limits as an optional profile. The real ones are unspecified and move.

A chat takes 1 message a second with bursts of 3, a group 20 a minute (edits count), all chats
together 30 a second. Who sends again before the wait is over waits twice as long, up to an hour.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.simulator.errors import too_many

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
BURST, GROUP_PER_MINUTE, BULK_PER_SECOND, LONGEST_WAIT = 3, 20, 30, 3600


@dataclass
class _Meter:
    sent: deque[datetime] = field(default_factory=deque)
    tokens: float = BURST
    refilled: datetime | None = None
    until: datetime | None = None
    penalty: int = 0


class Limits:
    """Counts what is sent; off until ``enabled``."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._meters: dict[int, _Meter] = {}
        self._all: deque[datetime] = deque()
        self.enabled = False

    def spend(self, chat_id: int, count: int = 1) -> None:
        """Count ``count`` messages to the chat; raises 429 when that is too many."""
        if not self.enabled:
            return
        now, meter = self._now(), self._meters.setdefault(chat_id, _Meter())
        self._still_waiting(meter, now)
        wait = max(_chat_wait(meter, now), self._bulk_wait(now))
        if chat_id < 0:
            wait = max(wait, _window_wait(meter.sent, now, MINUTE, GROUP_PER_MINUTE))
        if wait > 0:
            raise too_many(_punish(meter, now, math.ceil(wait)))
        meter.penalty, meter.until = 0, None
        meter.tokens -= count
        meter.sent.extend([now] * count)
        self._all.extend([now] * count)

    def _still_waiting(self, meter: _Meter, now: datetime) -> None:
        if meter.until and now < meter.until:
            raise too_many(_punish(meter, now, meter.penalty * 2))

    def _bulk_wait(self, now: datetime) -> float:
        return _window_wait(self._all, now, SECOND, BULK_PER_SECOND)


def _punish(meter: _Meter, now: datetime, seconds: int) -> int:
    meter.penalty = max(1, min(seconds, LONGEST_WAIT))
    meter.until = now + timedelta(seconds=meter.penalty)
    return meter.penalty


def _chat_wait(meter: _Meter, now: datetime) -> float:
    if meter.refilled is not None:
        passed = (now - meter.refilled).total_seconds()
        meter.tokens = min(BURST, meter.tokens + max(passed, 0))
    meter.refilled = now
    return max(0.0, 1 - meter.tokens)


def _window_wait(sent: deque[datetime], now: datetime, window: timedelta, most: int) -> float:
    while sent and now - sent[0] >= window:
        sent.popleft()
    return (window - (now - sent[0])).total_seconds() if len(sent) >= most else 0.0
