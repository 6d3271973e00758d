"""What the page hears: one stream of events for each listener."""

import asyncio
from dataclasses import dataclass, field

from bot.simulator.world import Json

MAX_BACKLOG = 1000


@dataclass(eq=False)
class Listener:
    """An open stream; ``person`` None hears everybody."""

    person: int | None
    queue: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)


class Events:
    """All open streams."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._closed = False

    def listen(self, person: int | None) -> Listener:
        """Open a stream."""
        listener = Listener(person)
        if self._closed:
            listener.queue.put_nowait(None)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Close one stream."""
        self._listeners.discard(listener)

    def heard(self, person: int) -> bool:
        """Say whether anybody listens to this person's events."""
        return any(listener.person in (None, person) for listener in self._listeners)

    def tell(self, person: int | None, event: Json) -> None:
        """Send ``event`` to one person's streams and to those who hear all; None is everybody."""
        body = event if person is None else {**event, "person": person}
        for listener in list(self._listeners):
            if person is not None and listener.person not in (None, person):
                continue
            if listener.queue.qsize() < MAX_BACKLOG:
                listener.queue.put_nowait(body)

    def reopen(self) -> None:
        """Take listeners again after ``close``."""
        self._closed = False

    def close(self) -> None:
        """End all the streams at once."""
        self._closed = True
        for listener in self._listeners:
            listener.queue.put_nowait(None)
