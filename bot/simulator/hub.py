"""The heart of the local Telegram: one world, one clock, one queue of updates, one news stream."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.simulator import views
from bot.simulator.events import Events
from bot.simulator.faults import Faults
from bot.simulator.files import Files
from bot.simulator.limits import Limits
from bot.simulator.profile import BotProfile
from bot.simulator.updates import Updates
from bot.simulator.webhook import Webhook
from bot.simulator.world import Chat, Json, Person, Stored, World, unix

NextEvent = Callable[[], Awaitable[datetime | None]]
MESSAGE_AGE = timedelta(hours=24)


class Clock(Protocol):
    """Whoever knows what time it is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


@dataclass
class Query:
    """A tap that waits for its answer."""

    id: str
    person: int
    chat_id: int
    at: datetime
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass
class InlineQuery:
    """What a person typed behind the bot's name, with the results once they came."""

    id: str
    person: int
    at: datetime
    answered: bool = False
    results: list[Json] = field(default_factory=list)
    button: Json | None = None
    options: Json = field(default_factory=dict)


@dataclass
class Options:
    """How strict and how talkative this Telegram is."""

    timezone: str = "Asia/Almaty"
    next_event: NextEvent | None = None
    answer_window: timedelta = timedelta(seconds=15)
    privacy: bool = True
    webhook_retry: float = 2.0


@dataclass
class Hub:
    """Everything the parts of the local Telegram share."""

    clock: Clock
    bot: Json
    options: Options = field(default_factory=Options)
    calls: list[Json] = field(default_factory=list)
    queries: dict[str, Query] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world = World(self.bot)
        self.updates = Updates(self.clock.now)
        self.events = Events()
        self.files = Files()
        self.faults = Faults()
        self.limits = Limits(self.clock.now)
        self.profile = BotProfile()
        self.webhook = Webhook(self.updates, self.clock.now, self.options.webhook_retry)
        self._chat_instances: dict[int, str] = {}

    # -- messages -------------------------------------------------------------------------

    def post(
        self, chat: Chat, content: Json, sender: Person | None, *, plain_keyboard: bool = False
    ) -> Stored:
        """Put a message into ``chat`` (``sender`` None is the bot) and tell the page."""
        body: Json = {
            "message_id": self.world.new_id(chat),
            "from": self.bot_user() if sender is None else sender.user(),
            "chat": self.world.chat_json(chat),
            "date": unix(self.clock.now()),
            **content,
        }
        stored = Stored(
            body,
            chat.id,
            self.bot["id"] if sender is None else sender.id,
            sender is None,
            plain_keyboard=plain_keyboard,
        )
        chat.messages[stored.id] = stored
        for person in self.world.viewers(chat):
            if person != stored.sender_id:
                chat.unread[person] = chat.unread.get(person, 0) + 1
        self.tell_message("message", chat, stored)
        return stored

    def tell_message(self, kind: str, chat: Chat, stored: Stored) -> None:
        """Show a new or changed message to everybody in the chat."""
        for person in filter(self.events.heard, self.world.viewers(chat)):
            shown = views.message(self, chat, stored, person)
            self.events.tell(person, {"type": kind, "chat": shown["chat"], "message": shown})

    def tell_chat(self, chat: Chat, event: Json) -> None:
        """Tell everybody in the chat; ``event`` gets the chat's id as its viewer knows it."""
        for person in self.world.viewers(chat):
            self.events.tell(person, {**event, "chat": views.chat_id(self, chat)})

    def remove(self, chat: Chat, ids: list[int]) -> None:
        """Take messages out of the chat and tell the page."""
        for message_id in ids:
            del chat.messages[message_id]
            if message_id in chat.pinned:
                chat.pinned.remove(message_id)
        self.tell_chat(chat, {"type": "delete", "message_ids": ids})

    # -- what the bot gets ----------------------------------------------------------------

    def push_message(self, kind: str, chat: Chat, stored: Stored) -> None:
        """Queue a person's message for the bot, if it may see it and it is not too old."""
        sent = datetime.fromtimestamp(stored.body["date"], tz=self.clock.now().tzinfo)
        if self.clock.now() - sent > MESSAGE_AGE or not self.bot_sees(chat, stored):
            return
        self.know(stored.sender_id)
        for member in stored.body.get("new_chat_members", ()):
            self.know(member["id"])
        self.updates.push(kind, stored.body, f"chat {chat.id}")

    def know(self, person_id: int) -> None:
        """Remember that the bot has seen this person."""
        person = self.world.people.get(person_id)
        if person:
            person.known = True

    def bot_sees(self, chat: Chat, stored: Stored) -> bool:
        """Apply the privacy mode: in groups only what is meant for the bot."""
        if chat.private:
            return True
        if not chat.bot_is_member:
            return False
        if not self.options.privacy or chat.bot_status == "administrator":
            return True
        body = stored.body
        if body.get("via_bot", {}).get("id") == self.bot["id"]:
            return True
        reply = body.get("reply_to_message")
        if reply and reply["from"]["id"] == self.bot["id"]:
            return True
        return views.is_service(body) or self._addressed(body)

    def _addressed(self, body: Json) -> bool:
        text = body.get("text") or body.get("caption") or ""
        name = f"@{self.bot['username']}".lower()
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0].lower()
            return "@" not in command or command.endswith(name)
        return name in text.lower()

    def chat_instance(self, chat: Chat) -> str:
        """Return the opaque id callbacks carry for their chat."""
        return self._chat_instances.setdefault(chat.id, str(secrets.randbits(62)))

    def bot_user(self) -> Json:
        """Return the bot as a sender."""
        return {k: self.bot[k] for k in ("id", "is_bot", "first_name", "username")}

    def bot_member_changed(self, chat: Chat, by: Person, old: str, new: str) -> None:
        """Queue the ``my_chat_member`` update."""
        self.know(by.id)
        payload = {
            "chat": self.world.chat_json(chat),
            "from": by.user(),
            "date": unix(self.clock.now()),
            "old_chat_member": views.member(self.bot_user(), old, chat),
            "new_chat_member": views.member(self.bot_user(), new, chat),
        }
        self.updates.push("my_chat_member", payload, f"member {by.id}")
