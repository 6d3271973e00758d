"""Messages that must arrive: how each kind of outbox row looks, at the moment it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.ui.i18n import Translator
from handlers.ui.screen import Screen


@dataclass(frozen=True)
class Recipient:
    """Whom a notice goes to, and when."""

    person_id: int
    t: Translator
    now: datetime  # aware, UTC
    zone: ZoneInfo
    bot_username: str

    @property
    def today(self) -> date:
        """The day it is for the recipient."""
        return self.now.astimezone(self.zone).date()


# Takes the connection, the recipient and the row's parameters; None: there is nothing to say any
# more (the object is gone, the state has changed), and the message is dropped as void.
Renderer = Callable[[Connection, Recipient, dict[str, Any]], Screen | None]
