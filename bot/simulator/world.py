"""Who and what there is: people, chats, messages. Everything lives in memory."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.simulator.errors import chat_not_found

Json = dict[str, Any]
SUPERGROUP_BASE = -1_000_000_000_000


@dataclass
class Person:
    """Someone with a Telegram account. ``known`` means the bot has seen this person somewhere."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone: str | None = None
    note: Json | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    known: bool = False

    @property
    def name(self) -> str:
        """The name as Telegram shows it."""
        return f"{self.first_name} {self.last_name or ''}".strip()

    def user(self) -> Json:
        """Return the ``User`` object."""
        return _without_none(
            id=self.id,
            is_bot=False,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )


@dataclass
class Stored:
    """One message: ``body`` is the ``Message`` object of the Bot API."""

    body: Json
    chat_id: int
    sender_id: int
    by_bot: bool
    plain_keyboard: bool = False
    reactions: dict[int, str] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The message id the bot sees."""
        return int(self.body["message_id"])


@dataclass
class Chat:
    """A private chat (its id is the person's), a basic group, a supergroup or a channel.

    ``withheld``: rights that the bot lacks although it is an administrator.
    """

    id: int
    type: str
    title: str | None = None
    members: list[int] = field(default_factory=list)
    bot_status: str = "member"
    known: bool = False
    migrated_to: int | None = None
    forbidden_kinds: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    messages: dict[int, Stored] = field(default_factory=dict)
    next_id: int = 1
    pinned: list[int] = field(default_factory=list)
    unread: dict[int, int] = field(default_factory=dict)
    keyboards: dict[int, Json] = field(default_factory=dict)

    @property
    def private(self) -> bool:
        """Whether this is the bot's chat with one person."""
        return self.type == "private"

    @property
    def bot_is_member(self) -> bool:
        """Whether the bot is in the chat."""
        return self.bot_status in ("member", "administrator", "restricted")

    def bot_may(self, right: str) -> bool:
        """Whether the bot is an administrator with this right."""
        return self.bot_status == "administrator" and right not in self.withheld


class World:
    """People, chats and the message counters."""

    def __init__(self, bot: Json) -> None:
        self.bot = bot
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self._shared_id = secrets.randbelow(500) + 1

    def add_person(self, person: Person) -> Person:
        """Add ``person`` with an empty private chat; ValueError when the id is taken."""
        if person.id in self.people or person.id == self.bot["id"] or person.id <= 0:
            raise ValueError(f"a person cannot have the id {person.id}")
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", members=[person.id])
        return person

    def add_group(
        self,
        chat_id: int,
        title: str,
        members: list[int],
        bot_status: str,
        *,
        channel: bool = False,
    ) -> Chat:
        """Add a group; an id of ``-100…`` makes it a supergroup, or a channel.

        ValueError for a bad id.
        """
        if chat_id in self.chats or chat_id >= 0:
            raise ValueError(f"a group cannot have the id {chat_id}")
        large = "channel" if channel else "supergroup"
        kind = large if chat_id <= SUPERGROUP_BASE else "group"
        known = bot_status != "left"
        self.chats[chat_id] = Chat(chat_id, kind, title, list(members), bot_status, known)
        return self.chats[chat_id]

    def new_id(self, chat: Chat) -> int:
        """Return the next message id: supergroups and channels count alone, all others together."""
        if chat.type in ("supergroup", "channel"):
            chat.next_id += 1
            return chat.next_id
        self._shared_id += 1
        return self._shared_id

    def chat_json(self, chat: Chat) -> Json:
        """Return the short ``Chat`` object."""
        if not chat.private:
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        person = self.people[chat.id]
        return _without_none(
            id=chat.id,
            type="private",
            first_name=person.first_name,
            last_name=person.last_name,
            username=person.username,
        )

    def find(self, chat_id: Any) -> Chat:
        """Return the chat a bot asks for; raises ``chat not found`` for what it never saw."""
        number = whole(chat_id)
        chat = None if number is None else self.chats.get(number)
        if chat is None:
            raise chat_not_found()
        if chat.private:
            person = self.people[chat.id]
            if not (person.known or person.started):
                raise chat_not_found()
        elif not chat.known:
            raise chat_not_found()
        return chat

    def viewers(self, chat: Chat) -> list[int]:
        """Return the people who have this chat on their phones."""
        return [member for member in chat.members if member in self.people]

    def last_messages(self, chat: Chat, limit: int) -> list[Stored]:
        """Return the newest ``limit`` messages, oldest first."""
        return [chat.messages[key] for key in sorted(chat.messages)][-limit:]


def whole(value: Any) -> int | None:
    """Return an id as a number, None when it is a name or nonsense."""
    text = str(value)
    return int(text) if re.fullmatch(r"-?[0-9]{1,19}", text) else None


def unix(moment: datetime) -> int:
    """Return ``moment`` as whole seconds of Unix time."""
    return int(moment.timestamp())


def _without_none(**fields: Any) -> Json:
    return {key: value for key, value in fields.items() if value is not None}
