"""One turn of a conversation: who writes, in which language, and the one write it may make."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain, count
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.files import Files
from handlers.ui.i18n import Translator
from storage import conversations, inbox
from storage.conversations import PAUSED as PAUSED
from storage.database import Database
from storage.errors import AlreadyChanged, TooMany
from storage.rules.access import Actor

ASKS = ":ask"  # states that only ask which way to go end so: there is nothing to put aside
CHOOSES = f":choose{ASKS}"  # buttons are offered: words are an answer to them until a tap comes
# In a draft's data: it holds what was entered, so no other draft of its capability replaces it.
FILLED = "filled"
SLOT = "#"  # further drafts of a capability are put aside as «capability#2», «capability#3», …

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Conversation:
    """Where the person stands in a wizard (``state``) with the draft (``data``)."""

    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    changed: bool = False
    put_aside: str | None = None  # the slot of the draft that was put aside in this turn

    def to(self, state: str, **data: Any) -> None:
        """Go to ``state`` and add ``data`` (JSON values only) to the draft."""
        self.state = state
        self.data.update(data)
        self.changed = True

    def clear(self) -> None:
        """Leave the wizard and forget its draft; paused drafts of others stay."""
        kept = {PAUSED: self.data[PAUSED]} if self.data.get(PAUSED) else {}
        if self.state is not None or self.data != kept:
            self.state, self.data, self.changed = None, kept, True

    def pause(self) -> None:
        """Put the draft aside: something else comes first, and the person may go on later.

        It takes the place of one of its capability that holds nothing yet; beside those that do
        it gets a slot of its own, or is left when it holds nothing itself.
        """
        if self.state is None:
            return
        drafts = self.paused
        if not self.state.endswith(ASKS):
            draft = {name: value for name, value in self.data.items() if name != PAUSED}
            self.put_aside = _slot(drafts, self.state.split(":")[0], draft)
            if self.put_aside is not None:
                drafts[self.put_aside] = {"state": self.state, "data": draft}
        self.state, self.data, self.changed = None, {PAUSED: drafts}, True

    def leave_choice(self) -> None:
        """Something else than words came: words do not answer the buttons before any more."""
        if (self.state or "").endswith(CHOOSES):
            self.clear()

    def resume(self, slot: str) -> bool:
        """Take up the draft paused in ``slot`` (a capability) again; False when there is none."""
        drafts = self.paused
        draft = drafts.pop(slot, None)
        if draft is None:
            return False
        self.data = {**self.data, PAUSED: drafts}
        self.pause()
        self.data = {**draft["data"], PAUSED: self.paused}
        self.state, self.changed = draft["state"], True
        return True

    def forget(self, *capabilities: str) -> None:
        """Throw the paused drafts of ``capabilities`` away."""
        self.drop(*(slot for slot in self.paused if capability_of(slot) in capabilities))

    def drop(self, *slots: str) -> None:
        """Throw the drafts paused in ``slots`` away."""
        kept = {slot: draft for slot, draft in self.paused.items() if slot not in slots}
        self.data, self.changed = {**self.data, PAUSED: kept}, True

    def restore(self, before: "Conversation") -> None:
        """Stand where ``before`` stood."""
        self.state, self.data = before.state, deepcopy(before.data)
        self.changed = before.changed

    @property
    def paused(self) -> dict[str, Any]:
        """The drafts put aside: slot (capability, or capability#2, …) → its state and data."""
        return dict(self.data.get(PAUSED, {}))


def capability_of(slot: str) -> str:
    """Whose draft is put aside in ``slot``."""
    return slot.split(SLOT)[0]


def _slot(drafts: dict[str, Any], capability: str, draft: dict[str, Any]) -> str | None:
    """Where ``draft`` is put aside without replacing anything entered; None: nowhere."""
    own = [slot for slot in drafts if capability_of(slot) == capability]
    for slot in own:
        if not drafts[slot]["data"].get(FILLED):
            return slot
    if own and not draft.get(FILLED):
        return None
    names = (f"{capability}{SLOT}{n}" for n in count(2))
    return next(name for name in chain([capability], names) if name not in drafts)


@dataclass
class Turn:
    """What a handler gets: ``actor``, texts ``t``, the moment ``now``, ``read`` and ``write``.

    ``write`` may be called once: its transaction holds the effect, the conversation's state and
    the mark that the update is done, all or nothing. After it the conversation is settled.
    """

    database: Database
    actor: Actor
    t: Translator
    now: datetime  # aware, UTC
    zone: ZoneInfo
    conversation: Conversation
    chat_id: int
    in_group: bool
    update_id: int
    bot_username: str
    files: Files
    written: bool = False
    refused: bool = False  # something was asked for that is not there, or not for this person

    def __post_init__(self) -> None:
        # Nearly always there is nothing in it, and a copy of nothing is soon made.
        data = deepcopy(self.conversation.data) if self.conversation.data else {}
        self._before = replace(self.conversation, data=data)

    @property
    def today(self) -> date:
        """The day it is for the people here."""
        return self.local.date()

    @property
    def local(self) -> datetime:
        """The moment as the clocks here show it."""
        return self.now.astimezone(self.zone)

    async def read(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask storage; nothing is changed."""
        return await self.database.read(fn, *args, **kwargs)

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do the one thing of this update: ``fn(tx, …)`` with everything that belongs to it."""
        return await self.write_then(_nothing, fn, *args, **kwargs)

    async def write_then(
        self,
        then: Callable[[T], None],
        fn: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As ``write``; ``then`` gets what ``fn`` returned and may change the conversation.

        When somebody else was first (AlreadyChanged) or it is too much (TooMany) the person stands
        where they stood before this turn: what was typed may be sent again.
        """
        if self.written:
            raise RuntimeError("an update writes once")

        def effect(tx: Connection) -> T:
            result = fn(tx, *args, **kwargs)
            then(result)
            return result

        try:
            result = await self.database.write(self._whole, effect)
        except (AlreadyChanged, TooMany):
            self.conversation.restore(self._before)
            raise
        self.written = True
        self.conversation.changed = False
        return result

    async def settle(self) -> None:
        """Write the conversation's state when it changed and the handler wrote nothing itself.

        A turn that changes nothing is marked done later, together with others.
        """
        if self.conversation.changed:
            await self.write(lambda _tx: None)

    def deep_link(self, payload: str) -> str:
        """A link that opens the private chat with the bot and says ``/start payload``."""
        return f"https://t.me/{self.bot_username}?start={payload}"

    def _whole(self, tx: Connection, effect: Callable[[Connection], T]) -> T:
        result = effect(tx)
        if self.conversation.changed:
            conversations.save(
                tx,
                self.chat_id,
                self.actor.telegram_id,
                self.conversation.state,
                self.conversation.data,
                self.now,
            )
        inbox.settle(tx, self.update_id, self.now)
        return result


def _nothing(_result: object) -> None:
    """Nothing else changes."""
