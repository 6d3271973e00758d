"""How the page sees chats and messages, and the small objects the Bot API is made of."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.simulator.render import to_html
from bot.simulator.service_texts import SERVICE, service_text
from bot.simulator.world import Chat, Json, Person, Stored

if TYPE_CHECKING:
    from bot.simulator.hub import Hub

MEDIA = (
    "photo", "animation", "document", "voice", "video_note", "video", "audio", "sticker",
    "location", "contact", "poll",
)  # fmt: skip
FILES = ("animation", "document", "voice", "video_note", "video", "audio", "sticker")


def is_service(body: Json) -> bool:
    """Say whether the message tells of an event instead of carrying content."""
    return any(name in body for name in SERVICE)


def kind(body: Json) -> str:
    """Return the page's word for what the message carries."""
    if is_service(body):
        return "service"
    return next((name for name in MEDIA if name in body), "text")


def iso(timestamp: int | None) -> str | None:
    """Return Unix time as ISO text in UTC."""
    return None if timestamp is None else datetime.fromtimestamp(timestamp, UTC).isoformat()


def chat_id(hub: "Hub", chat: Chat) -> int:
    """Return the chat's id as a person knows it: their chat with the bot bears the bot's id."""
    return int(hub.bot["id"]) if chat.private else chat.id


RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_send_welcome_messages",
)  # fmt: skip
OF_GROUPS = ("can_pin_messages",)
OF_CHANNELS = ("can_post_messages", "can_edit_messages")
GRANTED = {
    "can_manage_chat", "can_delete_messages", "can_invite_users", *OF_GROUPS, *OF_CHANNELS,
}  # fmt: skip
OF_RESTRICTED = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
    "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages",
    "can_manage_topics",
)  # fmt: skip


def member(user: Json, status: str, chat: Chat | None = None) -> Json:
    """Return a ``ChatMember`` of any kind of status; an administrator has the usual rights."""
    whole: Json = {"status": status, "user": user}
    if status == "kicked":
        return {**whole, "until_date": 0}
    if status == "restricted":
        return {**whole, "is_member": True, "until_date": 0, **dict.fromkeys(OF_RESTRICTED, False)}
    if status != "administrator":
        return whole
    of_kind = OF_CHANNELS if chat is not None and chat.type == "channel" else OF_GROUPS
    granted = GRANTED - (chat.withheld if chat is not None else set())
    return {**whole, **{name: name in granted for name in (*RIGHTS, *of_kind)}}


def message(hub: "Hub", chat: Chat, stored: Stored, person: int) -> Json:
    """Return one message as the page shows it to ``person``."""
    body = stored.body
    sender = body["from"]
    text = body.get("text") or body.get("caption") or ""
    entities = body.get("entities") or body.get("caption_entities") or []
    shape = kind(body)
    if shape == "service":
        viewer = hub.world.people.get(person)
        text = service_text(body, viewer.language_code if viewer else None)
    return {
        "message_id": stored.id,
        "chat": chat_id(hub, chat),
        "date": iso(body["date"]),
        "edited": iso(body.get("edit_date")),
        "outgoing": stored.sender_id == person,
        "sender": {
            "id": sender["id"],
            "name": f"{sender['first_name']} {sender.get('last_name') or ''}".strip(),
            "is_bot": sender["is_bot"],
        },
        "html": to_html(text, entities),
        "text": text if shape == "service" else body.get("text"),
        "caption": body.get("caption"),
        "kind": shape,
        "file": _file(hub, body, shape),
        "sticker": body["sticker"].get("emoji") if shape == "sticker" else None,
        "location": _location(body),
        "contact": _contact(body),
        "poll": _poll(body),
        "reply_to": _reply(body),
        "forwarded_from": _origin(body),
        "via": body.get("via_bot", {}).get("username"),
        "media_group_id": body.get("media_group_id"),
        "reactions": list(stored.reactions.values()),
        "inline_keyboard": (body.get("reply_markup") or {}).get("inline_keyboard"),
        "pinned": stored.id in chat.pinned,
    }


def _file(hub: "Hub", body: Json, shape: str) -> Json | None:
    if shape not in ("photo", *FILES):
        return None
    shown = body["photo"][-1] if shape == "photo" else body[shape]
    stored = hub.files.get(shown["file_id"])
    if stored is None:
        return None
    return {
        "url": f"/local/file/{stored.id}",
        "name": stored.name,
        "size": stored.size,
        "mime": stored.mime,
        "width": shown.get("width"),
        "height": shown.get("height"),
        "duration": shown.get("duration"),
    }


def _location(body: Json) -> Json | None:
    found = body.get("location")
    return {"lat": found["latitude"], "lon": found["longitude"]} if found else None


def _contact(body: Json) -> Json | None:
    found = body.get("contact")
    if not found:
        return None
    name = f"{found['first_name']} {found.get('last_name') or ''}".strip()
    return {"phone": found["phone_number"], "name": name}


def _poll(body: Json) -> Json | None:
    found = body.get("poll")
    if not found:
        return None
    return {"question": found["question"], "options": [o["text"] for o in found["options"]]}


def _reply(body: Json) -> Json | None:
    found = body.get("reply_to_message")
    if not found:
        return None
    text = found.get("text") or found.get("caption") or ""
    return {"message_id": found["message_id"], "text": text}


def _origin(body: Json) -> str | None:
    origin: dict[str, Any] | None = body.get("forward_origin")
    if not origin:
        return None
    if origin["type"] == "hidden_user":
        return str(origin["sender_user_name"])
    user = origin.get("sender_user") or {}
    return f"{user.get('first_name', '')} {user.get('last_name') or ''}".strip()


def chat_row(hub: "Hub", chat: Chat, person: int) -> Json:
    """Return one line of the person's list of chats."""
    owner = hub.world.people[person]
    newest = hub.world.last_messages(chat, 1)
    last = None
    if newest:
        shown = message(hub, chat, newest[0], person)
        last = {
            "text": shown["text"] or shown["caption"] or "",
            "kind": shown["kind"],
            "date": shown["date"],
            "outgoing": shown["outgoing"],
        }
    return {
        "id": chat_id(hub, chat),
        "type": chat.type,
        "title": hub.bot["first_name"] if chat.private else chat.title,
        "last": last,
        "unread": chat.unread.get(person, 0),
        "bot_is_member": chat.private or chat.bot_is_member,
        "started": owner.started,
        "blocked": owner.blocked,
    }


def person_row(person: Person) -> Json:
    """Return a person as the page lists people."""
    names = ("id", "first_name", "last_name", "username", "language_code", "started", "blocked")
    row = {name: getattr(person, name) for name in names}
    return {**row, "phone": person.phone, "note": person.note or {}}
