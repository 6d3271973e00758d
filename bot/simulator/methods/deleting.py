"""Deleting messages: 48 hours, own ones everywhere, all of them in private chats."""

from datetime import UTC, datetime, timedelta

from bot.simulator.errors import bad_request
from bot.simulator.hub import Hub
from bot.simulator.methods import access
from bot.simulator.methods.registry import method
from bot.simulator.wire import Call
from bot.simulator.world import Chat, Stored

DELETABLE = timedelta(hours=48)


@method("deleteMessage")
def delete_message(hub: Hub, call: Call) -> bool:
    """Delete one message."""
    chat = access.chat_of(hub, call.params["chat_id"])
    stored = chat.messages.get(call.params["message_id"])
    if stored is None:
        raise bad_request("message to delete not found")
    _check(hub, chat, stored)
    hub.remove(chat, [stored.id])
    return True


@method("deleteMessages")
def delete_messages(hub: Hub, call: Call) -> bool:
    """Delete several; what is not there is passed over."""
    chat = access.chat_of(hub, call.params["chat_id"])
    ids = call.params["message_ids"]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[i] for i in dict.fromkeys(ids) if i in chat.messages]
    for stored in found:
        _check(hub, chat, stored)
    hub.remove(chat, [stored.id for stored in found])
    return True


def _check(hub: Hub, chat: Chat, stored: Stored) -> None:
    old = hub.clock.now() - datetime.fromtimestamp(stored.body["date"], UTC) > DELETABLE
    foreign = not (stored.by_bot or chat.private or chat.bot_status == "administrator")
    if not (old or foreign):
        return
    if chat.type in ("supergroup", "channel"):
        raise bad_request("message can't be deleted")
    raise bad_request("message can't be deleted for everyone")
