"""Messages that must arrive: how each kind of outbox row looks, at the moment it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.turn import Turn
from handlers.ui.i18n import Translator
from handlers.ui.screen import Screen
from storage import people
from storage.rules.access import Actor


@dataclass(frozen=True)
class Recipient:
    """Whom a notice goes to, and when."""

    person_id: int  # 0: a group
    t: Translator
    now: datetime  # aware, UTC
    zone: ZoneInfo
    bot_username: str
    group_id: int | None = None  # a group of a branch

    @classmethod
    def of(cls, turn: Turn) -> Self:
        """Whoever this turn answers: for a notice's text that is also shown as a screen."""
        return cls(turn.actor.person_id, turn.t, turn.now, turn.zone, turn.bot_username)

    @property
    def today(self) -> date:
        """The day it is for the recipient."""
        return self.now.astimezone(self.zone).date()


def actor_of(tx: Connection, to: Recipient) -> Actor | None:
    """The recipient with the roles of this day; None when nobody knows the person."""
    return people.actor_of(tx, people.get(tx, to.person_id).telegram_id, to.today)


@dataclass(frozen=True)
class CommandMenu:
    """Not a message: the list behind the «/» button of one chat, (command, description)."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Deletion:
    """Not a message: messages of the chat that are to be deleted."""

    message_ids: tuple[int, ...]


@dataclass(frozen=True)
class Edition:
    """Not a new message: ``message_id`` of the chat becomes ``screen``.

    ``lead``: the messages that become the beginning of its text; ``surplus``: those that it does
    not take any more, which are deleted.
    """

    message_id: int
    screen: Screen
    lead: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pin:
    """Not a message: ``message_id`` of the chat is pinned there."""

    message_id: int
    silent: bool


Notice = Screen | CommandMenu | Deletion | Edition | Pin

# Takes the connection, the recipient and the row's parameters; None: there is nothing to say any
# more (the object is gone, the state has changed), and the message is dropped as void.
Renderer = Callable[[Connection, Recipient, dict[str, Any]], Notice | None]
