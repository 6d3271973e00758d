"""What people do: everything a person can do in the app, done to the world."""

import secrets
from collections.abc import Callable
from typing import Any

from bot.simulator import autolinks, files, views
from bot.simulator.hub import Hub, Query
from bot.simulator.methods.access import without_markup
from bot.simulator.methods.chats import react as put_reaction
from bot.simulator.methods.media import shape
from bot.simulator.methods.moving import CONTENT, origin
from bot.simulator.methods.sending import make_poll
from bot.simulator.text import Formatted, is_blank, tidy
from bot.simulator.wire import Upload
from bot.simulator.world import SUPERGROUP_BASE, Chat, Json, Person, Stored, unix

TEXT_MAX, CAPTION_MAX = 4096, 1024


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
        reply = self.fields.get("reply_to")
        if reply is not None:
            target = self.chat.messages.get(int(reply))
            if target is None:
                raise ActError("there is no message to reply to")
            content = {**content, "reply_to_message": _inner(target)}
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
WITHOUT_START = {"start", "block", "unblock"}


def act(name: str) -> Callable[[Callable[[Act], Done]], Callable[[Act], Done]]:
    """Register a function as the action called ``name``."""

    def add(function: Callable[[Act], Done]) -> Callable[[Act], Done]:
        _ACTS[name] = function
        return function

    return add


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
        raise ActError(f"unknown action {name!r}; known: {', '.join(sorted(_ACTS))}")
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


def _inner(stored: Stored) -> Json:
    return without_markup(stored.body)


def _ids(*stored: Stored) -> Done:
    return {"message_ids": [item.id for item in stored]}


def person_text(raw: str, most: int) -> Formatted:
    """Return a person's plain text with the entities the app finds; ActError when too long."""
    formatted = autolinks.add(tidy(Formatted(raw)))
    if len(formatted.text) > most:
        raise ActError(f"the text is longer than {most} characters")
    return formatted


def _captioned(doing: Act) -> Json:
    formatted = person_text(doing.text("caption", ""), CAPTION_MAX)
    if is_blank(formatted.text):
        return {}
    wire = formatted.wire()
    return {"caption": formatted.text, **({"caption_entities": wire} if wire else {})}


@act("start")
def _start(doing: Act) -> Done:
    payload = doing.text("payload", "")
    return _say_text(doing, f"/start {payload}".strip())


@act("send")
def _send(doing: Act) -> Done:
    return _say_text(doing, doing.text("text"))


def _say_text(doing: Act, raw: str) -> Done:
    formatted = person_text(raw, TEXT_MAX)
    if is_blank(formatted.text):
        raise ActError("the text is empty")
    if doing.chat.private and formatted.text.startswith("/start"):
        _press_start(doing)
    content: Json = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.wire()
    return _ids(doing.say(content))


def _press_start(doing: Act) -> None:
    if doing.person.blocked:
        _unblock(doing)
    if not doing.person.started:
        doing.person.started = doing.person.known = True
        doing.hub.events.tell(None, {"type": "state"})


@act("photo")
def _photo(doing: Act) -> Done:
    default = Upload("photo.png", "image/png", files.sample_picture())
    return _album(doing, "photo", doing.uploads or [default])


@act("document")
def _document(doing: Act) -> Done:
    default = Upload("document.pdf", "application/pdf", b"%PDF-1.4\n%local telegram\n%%EOF\n")
    return _album(doing, "document", doing.uploads or [default])


def _album(doing: Act, kind: str, uploads: list[Upload]) -> Done:
    """Send each file as its own message, as Telegram does; the caption stands on the first."""
    if len(uploads) > 10:
        raise ActError("an album holds 10 files at most")
    group = {"media_group_id": str(secrets.randbits(60))} if len(uploads) > 1 else {}
    caption = _captioned(doing)
    sent = []
    for index, upload in enumerate(uploads):
        content = {**_media(doing, kind, upload), **group, **({} if index else caption)}
        sent.append(doing.say(content))
    return _ids(*sent)


def _media(doing: Act, kind: str, upload: Upload) -> Json:
    claimed = doing.fields.get("fake_size")
    stored = doing.hub.files.add(
        kind,
        upload.data,
        doing.text("fake_name", upload.name),
        upload.mime or "application/octet-stream",
        size=None if claimed is None else doing.number("fake_size"),
        duration=doing.number("duration", 3),
    )
    return shape(kind, stored, doing.fields)


def _one_file(kind: str, name: str, mime: str) -> None:
    @act(kind)
    def send(doing: Act) -> Done:
        default = Upload(name, mime, f"local telegram {kind}".encode())
        upload = doing.uploads[0] if doing.uploads else default
        caption = {} if kind in ("video_note", "sticker") else _captioned(doing)
        return _ids(doing.say({**_media(doing, kind, upload), **caption}))


for _kind, _name, _mime in (
    ("voice", "voice.ogg", "audio/ogg"),
    ("video", "video.mp4", "video/mp4"),
    ("video_note", "note.mp4", "video/mp4"),
    ("sticker", "sticker.webp", "image/webp"),
    ("audio", "audio.mp3", "audio/mpeg"),
    ("animation", "animation.mp4", "video/mp4"),
):
    _one_file(_kind, _name, _mime)


@act("poll")
def _poll(doing: Act) -> Done:
    options = [str(option) for option in doing.fields.get("options", ["1", "2"])]
    return _ids(doing.say({"poll": make_poll(doing.text("question", "?"), options, {})}))


@act("location")
def _location(doing: Act) -> Done:
    try:
        point = {
            "latitude": float(doing.fields.get("lat", 42.315)),
            "longitude": float(doing.fields.get("lon", 69.59)),
        }
    except (TypeError, ValueError) as error:
        raise ActError("lat and lon must be numbers") from error
    return _ids(doing.say({"location": point}))


@act("contact")
def _contact(doing: Act) -> Done:
    person = doing.person
    contact: Json = {
        "phone_number": doing.text("phone", person.phone or "+77000000000"),
        "first_name": doing.text("first_name", person.first_name),
    }
    if doing.fields.get("user_id") is not None:
        contact["user_id"] = doing.number("user_id")
    return _ids(doing.say({"contact": contact}))


@act("tap")
def _tap(doing: Act) -> Done:
    """Tap a button by its place, or send data no button has, as a forged client can."""
    hub, chat = doing.hub, doing.chat
    stored = chat.messages.get(doing.number("message_id"))
    if "data" in doing.fields:
        data = doing.text("data")
    else:
        button = _button(doing)
        if "callback_data" not in button:
            return {"message_ids": [], "url": button.get("url")}
        data = str(button["callback_data"])
    query = Query(str(secrets.randbits(62)), doing.person.id, chat.id, hub.clock.now())
    hub.queries[query.id] = query
    gone = {
        "chat": hub.world.chat_json(chat), "message_id": doing.number("message_id"), "date": 0,
    }  # fmt: skip
    payload = {
        "id": query.id,
        "from": doing.person.user(),
        "message": stored.body if stored else gone,
        "chat_instance": hub.chat_instance(chat),
        "data": data,
    }
    hub.know(doing.person.id)
    hub.updates.push("callback_query", payload, f"callback {doing.person.id}")
    return {"message_ids": [], "query_id": query.id}


def _button(doing: Act) -> Json:
    stored = doing.message()
    rows = (stored.body.get("reply_markup") or {}).get("inline_keyboard") or []
    row, col = doing.number("row"), doing.number("col")
    if not (0 <= row < len(rows) and 0 <= col < len(rows[row])):
        raise ActError("there is no such button")
    button: Json = rows[row][col]
    return button


@act("edit")
def _edit(doing: Act) -> Done:
    stored = _own(doing, doing.message())
    name = "text" if "text" in stored.body else "caption"
    formatted = person_text(doing.text("text"), TEXT_MAX if name == "text" else CAPTION_MAX)
    entities = "entities" if name == "text" else "caption_entities"
    if is_blank(formatted.text):
        raise ActError("the text is empty")
    stored.body.pop(entities, None)
    stored.body[name] = formatted.text
    if formatted.entities:
        stored.body[entities] = formatted.wire()
    stored.body["edit_date"] = unix(doing.hub.clock.now())
    doing.hub.tell_message("edit", doing.chat, stored)
    doing.hub.push_message("edited_message", doing.chat, stored)
    return _ids(stored)


@act("delete")
def _delete(doing: Act) -> Done:
    """Delete messages; the bot never hears of it."""
    wanted = doing.fields.get("message_ids") or []
    found = [int(i) for i in wanted if int(i) in doing.chat.messages]
    if not doing.chat.private:
        for message_id in found:
            _own(doing, doing.chat.messages[message_id])
    doing.hub.remove(doing.chat, found)
    return {"message_ids": found}


def _own(doing: Act, stored: Stored) -> Stored:
    if stored.sender_id != doing.person.id:
        raise ActError("this is somebody else's message")
    return stored


@act("forward")
def _forward(doing: Act) -> Done:
    source_id = doing.number("from_chat", doing.hub.bot["id"])
    source_id = doing.person.id if source_id == doing.hub.bot["id"] else source_id
    source = doing.hub.world.chats.get(source_id)
    stored = source.messages.get(doing.number("message_id")) if source else None
    if source is None or doing.person.id not in source.members or stored is None:
        raise ActError("there is no such message")
    name = doing.fields.get("from_name")
    extra = _hidden(doing, str(name)) if name else origin(stored)
    content = {field: stored.body[field] for field in CONTENT if field in stored.body}
    return _ids(doing.say({**content, **extra}))


@act("forward_text")
def _forward_text(doing: Act) -> Done:
    formatted = person_text(doing.text("text"), TEXT_MAX)
    content: Json = {"text": formatted.text, "entities": formatted.wire()}
    return _ids(doing.say({**content, **_hidden(doing, doing.text("from_name"))}))


def _hidden(doing: Act, name: str) -> Json:
    """Return the origin of a forward: a hidden name, or a person of this Telegram by that name."""
    date = unix(doing.hub.clock.now())
    hidden = str(doing.fields.get("hidden", "true")).lower() not in ("false", "0", "no")
    known = next((p for p in doing.hub.world.people.values() if p.name == name), None)
    if not hidden and known:
        return {"forward_origin": {"type": "user", "date": date, "sender_user": known.user()}}
    return {"forward_origin": {"type": "hidden_user", "date": date, "sender_user_name": name}}


@act("react")
def _react(doing: Act) -> Done:
    hub, stored, person = doing.hub, doing.message(), doing.person
    emoji = doing.fields.get("emoji") or None
    old = stored.reactions.get(person.id)
    put_reaction(hub, doing.chat, stored, person.id, emoji)
    if doing.chat.private or doing.chat.bot_status == "administrator":
        payload = {
            "chat": hub.world.chat_json(doing.chat),
            "message_id": stored.id,
            "user": person.user(),
            "date": unix(hub.clock.now()),
            "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        hub.updates.push("message_reaction", payload, f"chat {doing.chat.id}")
    return _ids(stored)


@act("block")
def _block(doing: Act) -> Done:
    if not doing.person.blocked:
        doing.person.blocked = True
        if doing.person.started:
            private = doing.hub.world.chats[doing.person.id]
            doing.hub.bot_member_changed(private, doing.person, "member", "kicked")
        doing.hub.events.tell(None, {"type": "state"})
    return {"message_ids": []}


@act("unblock")
def _unblock(doing: Act) -> Done:
    if doing.person.blocked:
        doing.person.blocked = False
        if doing.person.started:
            private = doing.hub.world.chats[doing.person.id]
            doing.hub.bot_member_changed(private, doing.person, "kicked", "member")
        doing.hub.events.tell(None, {"type": "state"})
    return {"message_ids": []}


def _group(doing: Act) -> Chat:
    if doing.chat.private:
        raise ActError("this is not a group")
    return doing.chat


@act("add_bot")
def _add_bot(doing: Act) -> Done:
    chat = _group(doing)
    if chat.bot_is_member:
        raise ActError("the bot is already in the group")
    old, chat.bot_status, chat.known = chat.bot_status, "member", True
    doing.hub.bot_member_changed(chat, doing.person, old, "member")
    user = doing.hub.bot_user()
    stored = doing.say({"new_chat_members": [user]})
    doing.hub.events.tell(None, {"type": "state"})
    return _ids(stored)


@act("remove_bot")
def _remove_bot(doing: Act) -> Done:
    chat = _group(doing)
    if not chat.bot_is_member:
        raise ActError("the bot is not in the group")
    old, chat.bot_status = chat.bot_status, "kicked"
    doing.hub.bot_member_changed(chat, doing.person, old, "kicked")
    stored = doing.hub.post(chat, {"left_chat_member": doing.hub.bot_user()}, doing.person)
    doing.hub.events.tell(None, {"type": "state"})
    return _ids(stored)


@act("upgrade_group")
def _upgrade_group(doing: Act) -> Done:
    """Turn a basic group into a supergroup: both chats tell of it, the old one is closed."""
    old = _group(doing)
    if old.type != "group" or old.migrated_to is not None:
        raise ActError("only a basic group can be upgraded")
    world = doing.hub.world
    new_id = SUPERGROUP_BASE - 1_000_000_000 - abs(old.id)
    new = world.add_group(new_id, old.title or "", old.members, old.bot_status)
    new.known = old.known
    before = doing.hub.post(old, {"migrate_to_chat_id": new_id}, doing.person)
    after = doing.hub.post(new, {"migrate_from_chat_id": old.id}, doing.person)
    doing.hub.push_message("message", old, before)
    doing.hub.push_message("message", new, after)
    old.migrated_to = new_id
    doing.hub.events.tell(None, {"type": "state"})
    return {**_ids(before, after), "chat": new_id}
