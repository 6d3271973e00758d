"""The pace of sending: Telegram's limits, kept with a margin (telegram.md 3)."""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

SECOND, MINUTE = 1.0, 60.0
REMEMBERED = 10_000  # chats


@dataclass(frozen=True)
class Limits:
    """How much may go out; ``overall`` and ``bulk`` in messages a second.

    What goes *at once* is an answer to what somebody has just done: it may use up the second that
    Telegram counts by, and two of them may follow one another in a chat, where it takes three.
    """

    overall: float = 25.0
    bulk: float = 20.0  # the rest is kept for answers
    any_second: int = 28  # in all, when something goes at once; Telegram takes 30
    at_once: int = 20  # of them, in any second; the rest is kept for the outbox
    chat_interval: float = 1.0  # seconds between two messages to one chat
    chat_burst: int = 2
    group_minute: int = 18  # messages to one group within a minute
    unsettled: int = 1  # on the wire, of those that are sent again when nobody knows; single_file


# For measurements: nothing waits.
UNLIMITED = Limits(
    overall=1e9,
    bulk=1e9,
    any_second=1_000_000,
    at_once=1_000_000,
    chat_interval=0.0,
    group_minute=1_000_000,
    unsettled=1_000_000,
)


@dataclass
class Window:
    """What counts within a second: a message from its going until a second after its arriving.

    When between the two Telegram counts it nobody knows; so no delay on the way, and no machine
    that is slow, brings more together there than went apart here.
    """

    _on_the_way: set[Hashable] = field(default_factory=set)
    _arrived: deque[float] = field(default_factory=deque)

    def ready_at(self, most: int, now: float) -> float:
        """When less than ``most`` may count, at the earliest."""
        while self._arrived and self._arrived[0] <= now - SECOND:
            self._arrived.popleft()
        over = len(self._on_the_way) + len(self._arrived) - most
        if over < 0:
            return now
        return (self._arrived[over] if over < len(self._arrived) else now) + SECOND

    def set_out(self, key: Hashable) -> None:
        """A message goes."""
        self._on_the_way.add(key)

    def arrived(self, key: Hashable, now: float) -> None:
        """It has arrived, or is not waited for any longer; a second time changes nothing."""
        if key in self._on_the_way:
            self._on_the_way.discard(key)
            self._arrived.append(now)

    def use_up(self, number: int, now: float) -> None:
        """Count ``number`` that arrived just now."""
        self._arrived.extend([now] * number)


@dataclass
class Pace:
    """Says when a message may go, and keeps the count. Moments are a timer's seconds."""

    limits: Limits = field(default_factory=Limits)
    _next_any: float = 0.0
    _next_bulk: float = 0.0
    _at_once: Window = field(default_factory=Window)
    all: Window = field(default_factory=Window)  # whatever goes says here when, and its arriving
    _next_in_chat: dict[int, float] = field(default_factory=dict)
    _in_group: dict[int, deque[float]] = field(default_factory=dict)
    _held: dict[int, float] = field(default_factory=dict)  # by Telegram's word, not by our limits

    def begin(self, now: float) -> None:
        """Take this second as used up: a program that has just ended may have done that."""
        self._at_once.use_up(Limits.at_once, now)

    def chat_ready_at(self, chat_id: int, *, at_once: bool = False) -> float:
        """When the next message may go to ``chat_id``, as far as the chat is concerned."""
        ready = self._next_in_chat.get(chat_id, 0.0)
        if at_once:
            ready -= (self.limits.chat_burst - 1) * self.limits.chat_interval
        sent = self._in_group.get(chat_id)
        if sent is not None and len(sent) >= self.limits.group_minute:
            ready = max(ready, sent[0] + MINUTE)
        return max(ready, self._held.get(chat_id, 0.0))

    def ready_at(self, now: float, *, bulk: bool) -> float:
        """When the next message of the outbox may go to any chat."""
        ready = max(self._next_any, self.all.ready_at(self.limits.any_second, now))
        return max(ready, self._next_bulk) if bulk else ready

    def at_once_ready_at(self, now: float) -> float:
        """When the next screen may go to any chat; it does not keep its distance to others."""
        return max(
            self.all.ready_at(self.limits.any_second, now),
            self._at_once.ready_at(self.limits.at_once, now),
        )

    def take(self, chat_id: int, now: float, *, bulk: bool) -> None:
        """Count a message of the outbox that goes to ``chat_id`` at ``now``."""
        # A tenth of a second may be caught up after a late wake-up, no more: never a burst.
        self._next_any = max(self._next_any, now - 0.1) + 1 / self.limits.overall
        if bulk:
            self._next_bulk = max(self._next_bulk, now - 0.1) + 1 / self.limits.bulk
        self._count(chat_id, now)

    def take_at_once(self, chat_id: int, now: float) -> None:
        """Count a screen that goes to ``chat_id`` at ``now``: what waits leaves room for it.

        Of what went in a rush no more than a second is made up for: Telegram counts no longer.
        """
        next_any = max(self._next_any, now - 0.1) + 1 / self.limits.overall
        self._next_any = max(self._next_any, min(next_any, now + SECOND))
        self._at_once.use_up(1, now)
        self._count(chat_id, now)

    def _count(self, chat_id: int, now: float) -> None:
        if self.limits.chat_interval:
            since = max(self._next_in_chat.get(chat_id, 0.0), now)
            self._next_in_chat[chat_id] = since + self.limits.chat_interval
        if chat_id < 0:
            sent = self._in_group.setdefault(chat_id, deque(maxlen=self.limits.group_minute))
            sent.append(now)
        self._forget(now)

    def hold_chat(self, chat_id: int, until: float) -> None:
        """Telegram asked to wait in one chat."""
        self._held[chat_id] = max(self._held.get(chat_id, 0.0), until)

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
