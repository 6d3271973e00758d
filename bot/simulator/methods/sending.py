"""Sending: texts and all small things; one way into the chat for every kind of content."""

import secrets

from bot.simulator import errors, markup, views
from bot.simulator.hub import Hub
from bot.simulator.methods import access, content
from bot.simulator.methods.registry import method
from bot.simulator.wire import Call
from bot.simulator.world import Chat, Json, Stored

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note", "record_audio", "upload_audio", "cancel",
}  # fmt: skip
RIGHTS = {"text": "text messages", "voice": "voice notes", "video_note": "video notes"}


def deliver(hub: Hub, call: Call, fields: Json) -> Json:
    """Send ``fields`` (already parsed) as one message, in the server's order of checks."""
    return deliver_all(hub, call, [fields])[0].body


def deliver_all(hub: Hub, call: Call, contents: list[Json]) -> list[Stored]:
    """Send one message for each of ``contents``; all of them or none."""
    keyboard = markup.read(call.raw.get("reply_markup"))
    chat = access.chat_of(hub, call.params["chat_id"])
    target = access.reply_target(chat, call.params)
    for fields in contents:
        content.check_length(fields)
    markup.check_chat(keyboard, chat)
    markup.check_server(keyboard)
    kind = views.kind(contents[0])
    access.check_can_send(hub, chat, RIGHTS.get(kind, f"{kind}s"))
    hub.limits.spend(chat.id, len(contents))
    extra: Json = {}
    if target is not None:
        extra["reply_to_message"] = access.without_markup(target.body)
    if call.params.get("protect_content"):
        extra["has_protected_content"] = True
    if keyboard and keyboard.inline:
        extra["reply_markup"] = keyboard.body
    plain = keyboard is not None and not keyboard.inline
    sent = [hub.post(chat, {**f, **extra}, None, plain_keyboard=plain) for f in contents]
    if keyboard and plain:
        show_keyboard(hub, chat, keyboard, target)
    return sent


def show_keyboard(hub: Hub, chat: Chat, keyboard: markup.Markup, target: Stored | None) -> None:
    """Change the reply keyboard on the phones the message is meant for."""
    people = hub.world.viewers(chat)
    if keyboard.body.get("selective") and target is not None:
        people = [person for person in people if person == target.sender_id]
    for person in people:
        if keyboard.kind == "keyboard":
            chat.keyboards[person] = keyboard.body
        elif keyboard.kind == "remove_keyboard":
            chat.keyboards.pop(person, None)
        else:
            continue
        shown = chat.keyboards.get(person)
        event = {"type": "keyboard", "chat": views.chat_id(hub, chat), "reply_keyboard": shown}
        hub.events.tell(person, event)


@method("sendMessage")
def send_message(hub: Hub, call: Call) -> Json:
    """Send a text."""
    return deliver(hub, call, content.text(hub, call.params))


@method("sendLocation")
def send_location(hub: Hub, call: Call) -> Json:
    """Send a point on the map."""
    return deliver(hub, call, {"location": _point(call.params)})


@method("sendVenue")
def send_venue(hub: Hub, call: Call) -> Json:
    """Send a place with a name and an address."""
    point = _point(call.params)
    place = {"location": point, "title": call.params["title"], "address": call.params["address"]}
    return deliver(hub, call, {"location": point, "venue": place})


@method("sendContact")
def send_contact(hub: Hub, call: Call) -> Json:
    """Send a phone number with a name."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    found = {name: call.params[name] for name in names if name in call.params}
    return deliver(hub, call, {"contact": found})


@method("sendPoll")
def send_poll(hub: Hub, call: Call) -> Json:
    """Send a poll."""
    params = call.params
    options = [o if isinstance(o, str) else o["text"] for o in params["options"]]
    return deliver(hub, call, {"poll": make_poll(params["question"], options, params)})


def make_poll(question: str, options: list[str], params: Json) -> Json:
    """Return a ``Poll`` nobody has answered; raises in Telegram's words for what is too long."""
    if len(question) > 300:
        raise errors.bad_request("poll question length must not exceed 300")
    if not options:
        raise errors.bad_request("poll must have at least one answer option")
    if len(options) > 12:
        raise errors.bad_request("poll can't have more than 12 options")
    if any(len(option) > 100 for option in options):
        raise errors.bad_request("poll options length must not exceed 100")
    return {
        "id": str(secrets.randbits(62)),
        "question": question,
        "options": [
            {"persistent_id": str(i), "text": option, "voter_count": 0}
            for i, option in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": bool(params.get("is_closed", False)),
        "is_anonymous": bool(params.get("is_anonymous", True)),
        "type": params.get("type", "regular"),
        "allows_multiple_answers": bool(params.get("allows_multiple_answers", False)),
        "allows_revoting": bool(params.get("allows_revoting", True)),
        "members_only": False,
    }


@method("sendChatAction")
def send_chat_action(hub: Hub, call: Call) -> bool:
    """Show "typing…" and the like."""
    if call.params["action"] not in ACTIONS:
        raise errors.bad_request("wrong parameter action in request")
    chat = access.chat_of(hub, call.params["chat_id"])
    access.check_can_send(hub, chat, "text messages")
    hub.tell_chat(chat, {"type": "action", "action": call.params["action"]})
    return True


def _point(params: Json) -> Json:
    latitude, longitude = float(params["latitude"]), float(params["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise errors.bad_request("wrong location specified")
    return {"latitude": latitude, "longitude": longitude}
