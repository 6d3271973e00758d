"""The pace of sending: Telegram's limits, kept with a margin (telegram.md 3)."""

from collections import deque
from dataclasses import dataclass, field

MINUTE = 60.0
REMEMBERED = 10_000  # chats


@dataclass(frozen=True)
class Limits:
    """How much may go out; ``overall`` and ``bulk`` in messages a second."""

    overall: float = 25.0
    bulk: float = 20.0  # the rest is kept for answers
    chat_interval: float = 1.0  # seconds between two messages to one chat
    group_minute: int = 18  # messages to one group within a minute


UNLIMITED = Limits(overall=1e9, bulk=1e9, chat_interval=0.0, group_minute=1_000_000)


@dataclass
class Pace:
    """Says when a message may go, and keeps the count. Moments are a timer's seconds."""

    limits: Limits = field(default_factory=Limits)
    _next_any: float = 0.0
    _next_bulk: float = 0.0
    _next_in_chat: dict[int, float] = field(default_factory=dict)
    _in_group: dict[int, deque[float]] = field(default_factory=dict)
    _held: dict[int, float] = field(default_factory=dict)  # by Telegram's word, not by our limits

    def chat_ready_at(self, chat_id: int) -> float:
        """When the next message may go to ``chat_id``, as far as the chat is concerned."""
        ready = self._next_in_chat.get(chat_id, 0.0)
        sent = self._in_group.get(chat_id)
        if sent is not None and len(sent) >= self.limits.group_minute:
            ready = max(ready, sent[0] + MINUTE)
        return ready

    def ready_at(self, *, bulk: bool) -> float:
        """When the next message may go to any chat."""
        return max(self._next_any, self._next_bulk) if bulk else self._next_any

    def take(self, chat_id: int, now: float, *, bulk: bool) -> None:
        """Count a message that goes to ``chat_id`` at ``now``."""
        # A tenth of a second may be caught up after a late wake-up, no more: never a burst.
        self._next_any = max(self._next_any, now - 0.1) + 1 / self.limits.overall
        if bulk:
            self._next_bulk = max(self._next_bulk, now - 0.1) + 1 / self.limits.bulk
        if self.limits.chat_interval:
            self._next_in_chat[chat_id] = now + self.limits.chat_interval
        if chat_id < 0:
            sent = self._in_group.setdefault(chat_id, deque(maxlen=self.limits.group_minute))
            sent.append(now)
        self._forget(now)

    def count(self, now: float) -> None:
        """Count an answer that went at ``now`` without asking: what waits leaves room for it.

        Of what went in a rush no more than a second is made up for: Telegram counts no longer.
        """
        next_any = max(self._next_any, now - 0.1) + 1 / self.limits.overall
        self._next_any = max(self._next_any, min(next_any, now + 1.0))

    def hold_chat(self, chat_id: int, until: float) -> None:
        """Telegram asked to wait in one chat."""
        self._next_in_chat[chat_id] = max(self._next_in_chat.get(chat_id, 0.0), until)
        self._held[chat_id] = self._next_in_chat[chat_id]

    def chat_held_until(self, chat_id: int, now: float) -> float | None:
        """Until when Telegram asked to wait in ``chat_id``; None when it may be written to."""
        until = self._held.get(chat_id, now)
        return until if until > now else None

    def hold_bulk(self, until: float) -> None:
        """Telegram asked to wait: whatever is in no hurry does."""
        self._next_bulk = max(self._next_bulk, until)

    def _forget(self, now: float) -> None:
        if len(self._next_in_chat) > REMEMBERED:
            self._next_in_chat = {c: at for c, at in self._next_in_chat.items() if at > now}
            self._held = {c: at for c, at in self._held.items() if at > now}
            self._in_group = {c: s for c, s in self._in_group.items() if s[-1] > now - MINUTE}
