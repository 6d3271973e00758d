"""May the bot do this in this chat? The checks in the order of the real server."""

from typing import Any

from bot.simulator import errors
from bot.simulator.hub import Hub
from bot.simulator.wire import Call
from bot.simulator.world import Chat, Json, Stored


def chat_of(hub: Hub, chat_id: Any) -> Chat:
    """Return the chat, if the bot knows it and it has not moved or thrown the bot out."""
    chat = hub.world.find(chat_id)
    if chat.migrated_to is not None:
        raise errors.migrated(chat.migrated_to)
    if chat.bot_status == "kicked":
        raise errors.forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.bot_status == "left":
        raise errors.forbidden(f"bot is not a member of the {chat.type} chat")
    if chat.private and hub.world.people[chat.id].deactivated:
        raise errors.forbidden("user is deactivated")
    return chat


def check_can_send(hub: Hub, chat: Chat, kind: str) -> None:
    """Refuse what only the last step refuses: never started, blocked, no rights, too fast."""
    if chat.private:
        person = hub.world.people[chat.id]
        if person.blocked:
            raise errors.blocked()
        if not person.started:
            raise errors.never_started()
    if chat.type == "channel" and not chat.bot_may("can_post_messages"):
        raise errors.bad_request("need administrator rights in the channel chat")
    if kind in chat.forbidden_kinds or chat.bot_status == "restricted":
        raise errors.bad_request(f"not enough rights to send {kind} to the chat")


def reply_target(chat: Chat, params: Json) -> Stored | None:
    """Return the message to reply to, None for none; raises when it is gone and that matters."""
    reply = params.get("reply_parameters") or {}
    wanted = reply.get("message_id", params.get("reply_to_message_id"))
    if wanted is None:
        return None
    target = chat.messages.get(int(wanted))
    lenient = reply.get("allow_sending_without_reply") or params.get("allow_sending_without_reply")
    if target is None and not lenient:
        raise errors.bad_request("message to be replied not found")
    return target


def own_message(hub: Hub, call: Call) -> tuple[Chat, Stored]:
    """Return the bot's own message an edit is about; raises in Telegram's words."""
    if call.params.get("inline_message_id") is not None:
        raise errors.bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in call.params:
        raise errors.bad_request("chat_id is empty")
    chat = chat_of(hub, call.params["chat_id"])
    if "message_id" not in call.params:
        raise errors.bad_request("message identifier is not specified")
    stored = chat.messages.get(call.params["message_id"])
    if stored is None:
        raise errors.bad_request("message to edit not found")
    if not stored.by_bot or stored.plain_keyboard or "forward_origin" in stored.body:
        raise errors.bad_request("message can't be edited")
    return chat, stored


def without_markup(body: Json) -> Json:
    """Return a message as it stands inside another one: without keyboard and without its reply."""
    return {k: v for k, v in body.items() if k not in ("reply_markup", "reply_to_message")}
