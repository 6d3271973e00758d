"""What is on the wire at this moment, and what all parts of the delivery share."""

import asyncio
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.delivery.pace import Pace
from bot.delivery.single_file import SingleFile
from bot.delivery.timer import LoopTimer, Timer
from storage.clock import Clock
from storage.database import Database
from storage.outbox import Priority

AT_ONCE = 30  # messages on the wire


@dataclass(frozen=True)
class Manner:
    """In whose name and language messages go out."""

    zone: ZoneInfo
    bot_username: str
    default_language: str
    holder: str  # this process, among those that share the database


def _events() -> dict[Priority, asyncio.Event]:
    return {priority: asyncio.Event() for priority in Priority}


@dataclass
class Wire:
    """The state of sending."""

    database: Database
    clock: Clock
    manner: Manner
    pace: Pace = field(default_factory=Pace)
    timer: Timer = field(default_factory=LoopTimer)
    sending: set[int] = field(default_factory=set)  # outbox rows on the wire
    chats: set[int] = field(default_factory=set)  # their chats: order is kept in each
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    single_file: SingleFile = field(init=False)
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    news: dict[Priority, asyncio.Event] = field(default_factory=_events)
    landed: dict[Priority, asyncio.Event] = field(default_factory=_events)
    upset: dict[Priority, asyncio.Event] = field(default_factory=_events)  # what waits changed

    def __post_init__(self) -> None:
        self.single_file = SingleFile(self.pace.limits.unsettled)

    def wake(self) -> None:
        """There may be something new in the outbox."""
        for event in self.news.values():
            event.set()

    def disturb(self) -> None:
        """A message waits again, before others to its chat: what was seen ahead is void."""
        for event in self.upset.values():
            event.set()

    def land(self, outbox_id: int, chat_id: int) -> None:
        """A message is off the wire; the next one to its chat may go."""
        self.sending.discard(outbox_id)
        self.chats.discard(chat_id)
        self.pass_by(outbox_id)

    def pass_by(self, outbox_id: int) -> None:
        """Others need not wait for this one any longer, whatever comes of it."""
        self.single_file.leave(outbox_id)
        self.pace.all.arrived(outbox_id, self.timer.now())
        for event in self.landed.values():
            event.set()
