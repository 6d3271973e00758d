"""Writing: texts, edits, deletions, forwards, reactions."""

from bot.simulator.acts.act import (
    CAPTION_MAX,
    TEXT_MAX,
    Act,
    ActError,
    Done,
    act,
    ids,
    person_text,
)
from bot.simulator.acts.membership import unblock
from bot.simulator.methods.chats import react as put_reaction
from bot.simulator.methods.moving import CONTENT, origin
from bot.simulator.world import Json, Stored, unix, whole


@act("start")
def _start(doing: Act) -> Done:
    payload = doing.text("payload", "")
    return _say_text(doing, f"/start {payload}".strip())


@act("send")
def _send(doing: Act) -> Done:
    return _say_text(doing, doing.text("text"))


def _say_text(doing: Act, raw: str) -> Done:
    formatted = person_text(raw, TEXT_MAX)
    if not formatted.text.strip():
        raise ActError("the text is empty")
    if doing.chat.private and formatted.text.startswith("/start"):
        _press_start(doing)
    content: Json = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.wire()
    return ids(doing.say(content))


def _press_start(doing: Act) -> None:
    if doing.person.blocked:
        unblock(doing)
    if not doing.person.started:
        doing.person.started = doing.person.known = True
        doing.hub.events.tell(None, {"type": "state"})


@act("edit")
def _edit(doing: Act) -> Done:
    stored = _own(doing, doing.message())
    name = "text" if "text" in stored.body else "caption"
    formatted = person_text(doing.text("text"), TEXT_MAX if name == "text" else CAPTION_MAX)
    entities = "entities" if name == "text" else "caption_entities"
    if not formatted.text.strip():
        raise ActError("the text is empty")
    stored.body.pop(entities, None)
    stored.body[name] = formatted.text
    if formatted.entities:
        stored.body[entities] = formatted.wire()
    stored.body["edit_date"] = unix(doing.hub.clock.now())
    doing.hub.tell_message("edit", doing.chat, stored)
    doing.hub.push_message("edited_message", doing.chat, stored)
    return ids(stored)


@act("delete")
def _delete(doing: Act) -> Done:
    """Delete messages; the bot never hears of it."""
    given = doing.fields.get("message_ids") or []
    wanted = [whole(item) for item in given] if isinstance(given, list) else []
    found = [item for item in wanted if item in doing.chat.messages and item is not None]
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
    return ids(doing.say({**content, **extra}))


@act("forward_text")
def _forward_text(doing: Act) -> Done:
    formatted = person_text(doing.text("text"), TEXT_MAX)
    content: Json = {"text": formatted.text, "entities": formatted.wire()}
    return ids(doing.say({**content, **_hidden(doing, doing.text("from_name"))}))


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
    return ids(stored)
