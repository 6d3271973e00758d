"""Copying and forwarding messages between chats."""

from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.hub import Hub
from bot.simulator.methods import access, content, sending
from bot.simulator.methods.registry import method
from bot.simulator.views import MEDIA, is_service
from bot.simulator.wire import Call
from bot.simulator.world import Json, Stored

CONTENT = ("text", "entities", "caption", "caption_entities", "venue", *MEDIA)


@method("copyMessage")
def copy_message(hub: Hub, call: Call) -> Json:
    """Send the content again, as the bot's own."""
    stored = _source(hub, call, call.params["message_id"], "copy")
    fields = _content(stored)
    if "caption" in call.params and "text" not in fields:
        fields = {k: v for k, v in fields.items() if not k.startswith("caption")}
        fields.update(content.caption(hub, call.params))
    return {"message_id": sending.deliver(hub, call, fields)["message_id"]}


@method("copyMessages")
def copy_messages(hub: Hub, call: Call) -> list[Json]:
    """Copy several; what cannot be copied is passed over."""
    found = [_content(stored) for stored in _sources(hub, call, "copy")]
    if call.params.get("remove_caption"):
        found = [{k: v for k, v in f.items() if not k.startswith("caption")} for f in found]
    return [{"message_id": s.id} for s in sending.deliver_all(hub, call, found)]


@method("forwardMessage")
def forward_message(hub: Hub, call: Call) -> Json:
    """Forward one message with the name of who wrote it."""
    stored = _source(hub, call, call.params["message_id"], "forward")
    return sending.deliver(hub, call, {**_content(stored), **origin(stored)})


@method("forwardMessages")
def forward_messages(hub: Hub, call: Call) -> list[Json]:
    """Forward several; what cannot be forwarded is passed over."""
    found = [{**_content(s), **origin(s)} for s in _sources(hub, call, "forward")]
    return [{"message_id": s.id} for s in sending.deliver_all(hub, call, found)]


def origin(stored: Stored) -> Json:
    """Return the ``forward_origin`` of a forwarded copy."""
    if "forward_origin" in stored.body:
        return {"forward_origin": stored.body["forward_origin"]}
    body = stored.body
    return {"forward_origin": {"type": "user", "date": body["date"], "sender_user": body["from"]}}


def _content(stored: Stored) -> Json:
    return {name: stored.body[name] for name in CONTENT if name in stored.body}


def _source(hub: Hub, call: Call, message_id: Any, verb: str) -> Stored:
    chat = access.chat_of(hub, call.params["from_chat_id"])
    stored = chat.messages.get(message_id)
    if stored is None:
        raise bad_request(f"message to {verb} not found")
    if is_service(stored.body):
        words = "copied" if verb == "copy" else "forwarded"
        raise bad_request(f"message can't be {words}")
    return stored


def _sources(hub: Hub, call: Call, verb: str) -> list[Stored]:
    ids = call.params["message_ids"]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    chat = access.chat_of(hub, call.params["from_chat_id"])
    found = [chat.messages[i] for i in ids if i in chat.messages]
    found = [stored for stored in found if not is_service(stored.body)]
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    return found
