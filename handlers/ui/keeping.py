"""What lists that are kept in chat have in common: an entry is shown, written anew, closed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.screen import Screen
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Actor

CHANGED = N_("It was changed meanwhile. Here is how it stands now.")

Entry = TypeVar("Entry")
Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Keeping(Generic[Entry, Key]):
    """One such list: what it is to the conversation, how an entry is read and shown.

    ``asks`` shows the step that is open, with what is wrong with what was typed.
    """

    capability: str
    read: Callable[[Connection, Actor, Key], Entry]
    card: Callable[[Turn, Entry, Markup | None], Screen]
    why: Callable[[Turn, str], Markup]  # the reason of NotPossible in words
    asks: Callable[[Turn, Markup | None], Awaitable[Screen]]

    def leave(self, turn: Turn) -> None:
        """Whoever goes elsewhere in the list types nothing any more."""
        if (turn.conversation.state or "").startswith(f"{self.capability}:"):
            turn.conversation.clear()

    def begin(self, turn: Turn, state: str, **known: Any) -> None:
        """Something is typed next; what else was being entered is put aside."""
        self.leave(turn)
        turn.conversation.pause()
        turn.conversation.to(state, **known)

    async def shown(self, turn: Turn, key: Key, mistake: Markup | None = None) -> Screen:
        """The entry as it stands."""
        return self.card(turn, await turn.read(self.read, turn.actor, key), mistake)

    async def changed(self, turn: Turn, key: Key) -> Screen:
        """The entry as it stands, which is not as it was seen."""
        self.leave(turn)
        return await self.shown(turn, key, turn.t(CHANGED))

    async def typed(
        self, turn: Turn, key: Key | None, fn: Callable[..., Entry], *given: Any
    ) -> Screen:
        """Do what was typed, to the entry or (None) for a new one; a mistake is asked for again."""
        try:
            one = await turn.write_then(lambda _: self.leave(turn), fn, turn.actor, *given)
        except NotPossible as error:
            return await self.asks(turn, self.why(turn, error.reason))
        except AlreadyChanged:
            if key is None:
                raise
            return await self.changed(turn, key)
        return self.card(turn, one, None)

    async def tapped(
        self, turn: Turn, key: Key, version: int, fn: Callable[..., Entry], **given: bool
    ) -> Screen:
        """Do what was tapped on the card of the entry, as it was seen in ``version``."""
        try:
            one = await turn.write(fn, turn.actor, key, version, turn.now, **given)
        except NotPossible as error:
            return await self.shown(turn, key, self.why(turn, error.reason))
        except AlreadyChanged:
            return await self.changed(turn, key)
        return self.card(turn, one, None)
