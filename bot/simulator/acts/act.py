"""One act of one person: what it is, how it is found, who may do it."""

from collections.abc import Callable
from typing import Any

from bot.simulator import autolinks, views
from bot.simulator.hub import Hub
from bot.simulator.methods.access import without_markup
from bot.simulator.text import Formatted, is_blank, tidy
from bot.simulator.wire import Upload
from bot.simulator.world import Chat, Json, Person, Stored

TEXT_MAX, CAPTION_MAX = 4096, 1024
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot",
}  # fmt: skip


class ActError(Exception):
    """The app would not let a person do this."""


class Act:
    """One act of one person in one chat."""

    def __init__(
        self, hub: Hub, person: Person, chat: Chat, fields: Json, uploads: list[Upload]
    ) -> None:
        self.hub, self.person, self.chat = hub, person, chat
        self.fields, self.uploads = fields, uploads

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field as text; raises ActError when it is missing and has no default."""
        value = self.fields.get(name, default)
        if value is None:
            raise ActError(f"{name} is missing")
        return str(value)

    def number(self, name: str, default: int | None = None) -> int:
        """Return a field as a whole number; raises ActError when it is not one."""
        value = self.fields.get(name, default)
        try:
            return int(value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise ActError(f"{name} must be a whole number") from error

    def message(self, name: str = "message_id") -> Stored:
        """Return the message a field names; raises ActError when it is not in the chat."""
        stored = self.chat.messages.get(self.number(name))
        if stored is None:
            raise ActError("there is no such message in this chat")
        return stored

    def say(self, content: Json) -> Stored:
        """Post ``content`` from this person and let the bot know."""
        if self.fields.get("reply_to") is not None:
            target = self.message("reply_to")
            content = {**content, "reply_to_message": without_markup(target.body)}
        if self.fields.get("anonymous") and not self.chat.private:
            # what a group sees of an administrator who hides behind its name
            group = self.hub.world.chat_json(self.chat)
            content = {**content, "from": ANONYMOUS_ADMIN, "sender_chat": group}
        stored = self.hub.post(self.chat, content, self.person)
        self.hub.push_message("message", self.chat, stored)
        self._fold_keyboard()
        return stored

    def _fold_keyboard(self) -> None:
        shown = self.chat.keyboards.get(self.person.id)
        if shown and shown.get("one_time_keyboard"):
            del self.chat.keyboards[self.person.id]
            event = {"type": "keyboard", "chat": views.chat_id(self.hub, self.chat)}
            self.hub.events.tell(self.person.id, {**event, "reply_keyboard": None})


Done = Json
_ACTS: dict[str, Callable[[Act], Done]] = {}
WITHOUT_START = {"start", "block", "unblock", "inline"}


def act(name: str) -> Callable[[Callable[[Act], Done]], Callable[[Act], Done]]:
    """Register a function as the action called ``name``."""

    def add(function: Callable[[Act], Done]) -> Callable[[Act], Done]:
        _ACTS[name] = function
        return function

    return add


def actions() -> list[str]:
    """Return the names of everything a person can do."""
    return sorted(_ACTS)


def perform(hub: Hub, fields: Json, uploads: list[Upload]) -> Done:
    """Do what ``fields`` describe; raises ActError with the reason when that is impossible."""
    person = hub.world.people.get(_int(fields.get("person")))
    if person is None:
        raise ActError("there is no such person")
    chat_id = _int(fields.get("chat", hub.bot["id"]))
    chat = hub.world.chats.get(person.id if chat_id == hub.bot["id"] else chat_id)
    if chat is None or person.id not in chat.members:
        raise ActError("this person is not in such a chat")
    name = str(fields.get("action"))
    function = _ACTS.get(name)
    if function is None:
        raise ActError(f"unknown action {name!r}; known: {', '.join(actions())}")
    doing = Act(hub, person, chat, fields, uploads)
    if chat.private and name not in WITHOUT_START:
        _check_open(doing, name)
    return {"ok": True, **function(doing)}


def _check_open(doing: Act, name: str) -> None:
    starting = name == "send" and doing.text("text", "").startswith("/start")
    if starting:
        return
    if doing.person.blocked:
        raise ActError("the bot is blocked: unblock it first")
    if not doing.person.started:
        raise ActError("press Start first")


def _int(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def ids(*stored: Stored) -> Done:
    """Return the answer that names the messages an act made."""
    return {"message_ids": [item.id for item in stored]}


def person_text(raw: str, most: int) -> Formatted:
    """Return a person's plain text with the entities the app finds; ActError when too long."""
    formatted = autolinks.add(tidy(Formatted(raw)))
    if len(formatted.text) > most:
        raise ActError(f"the text is longer than {most} characters")
    return formatted


def captioned(doing: Act) -> Json:
    """Return the caption a person gave to a file, nothing when there is none."""
    formatted = person_text(doing.text("caption", ""), CAPTION_MAX)
    if is_blank(formatted.text):
        return {}
    wire = formatted.wire()
    return {"caption": formatted.text, **({"caption_entities": wire} if wire else {})}
