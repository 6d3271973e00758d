"""Chats: who is in them, what is pinned, who reacts."""

from typing import Any

from bot.simulator import views
from bot.simulator.errors import bad_request
from bot.simulator.hub import Hub
from bot.simulator.methods import access
from bot.simulator.methods.registry import method
from bot.simulator.wire import Call
from bot.simulator.world import Chat, Json, Stored

REACTIONS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 "
    "❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 "
    "😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡"
)
PIN_RIGHTS = "not enough rights to manage pinned messages in the chat"


@method("getChat")
def get_chat(hub: Hub, call: Call) -> Json:
    """Return the full chat object."""
    chat = access.chat_of(hub, call.params["chat_id"])
    found: Json = {
        **hub.world.chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned:
        pinned = chat.messages[chat.pinned[-1]]
        found["pinned_message"] = access.without_markup(pinned.body)
    return found


@method("getChatMember")
def get_chat_member(hub: Hub, call: Call) -> Json:
    """Return what somebody is in the chat."""
    chat = access.chat_of(hub, call.params["chat_id"])
    user_id = call.params["user_id"]
    if user_id == hub.bot["id"]:
        return views.member(hub.bot_user(), chat.bot_status, chat)
    person = hub.world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return views.member(person.user(), "member" if user_id in chat.members else "left")


@method("getChatMemberCount")
def get_chat_member_count(hub: Hub, call: Call) -> int:
    """Return how many are in the chat, the bot among them."""
    return len(access.chat_of(hub, call.params["chat_id"]).members) + 1


@method("getChatAdministrators")
def get_chat_administrators(hub: Hub, call: Call) -> list[Json]:
    """Return the administrators: at most the bot itself is one here."""
    chat = access.chat_of(hub, call.params["chat_id"])
    if chat.bot_status != "administrator":
        return []
    return [views.member(hub.bot_user(), "administrator", chat)]


@method("leaveChat")
def leave_chat(hub: Hub, call: Call) -> bool:
    """Leave a group."""
    chat = access.chat_of(hub, call.params["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    hub.events.tell(None, {"type": "state"})
    return True


@method("pinChatMessage")
def pin_chat_message(hub: Hub, call: Call) -> bool:
    """Pin a message; the chat gets a service message about it."""
    chat, stored = _pinnable(hub, call, "pin")
    assert stored is not None  # noqa: S101
    if stored.id in chat.pinned:
        chat.pinned.remove(stored.id)
    chat.pinned.append(stored.id)
    _tell_pin(hub, chat)
    hub.tell_message("edit", chat, stored)
    notice = hub.post(chat, {"pinned_message": access.without_markup(stored.body)}, None)
    hub.push_message("message", chat, notice)
    return True


@method("unpinChatMessage")
def unpin_chat_message(hub: Hub, call: Call) -> bool:
    """Unpin one message, the newest when none is named."""
    chat, stored = _pinnable(hub, call, "unpin")
    if stored is None and not chat.pinned:
        raise bad_request("message to unpin not found")
    target = stored.id if stored else chat.pinned[-1]
    if target in chat.pinned:
        chat.pinned.remove(target)
        hub.tell_message("edit", chat, chat.messages[target])
    _tell_pin(hub, chat)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(hub: Hub, call: Call) -> bool:
    """Unpin everything."""
    chat = access.chat_of(hub, call.params["chat_id"])
    _check_pin_rights(chat)
    chat.pinned.clear()
    _tell_pin(hub, chat)
    return True


@method("setMessageReaction")
def set_message_reaction(hub: Hub, call: Call) -> bool:
    """Put the bot's reaction under a message, or take it away."""
    chat = access.chat_of(hub, call.params["chat_id"])
    stored = chat.messages.get(call.params["message_id"])
    if stored is None:
        raise bad_request("message to react not found")
    wanted = call.params.get("reaction") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = wanted[0].get("emoji") if wanted else None
    if wanted and (
        wanted[0].get("type") != "emoji" or str(emoji).replace("\ufe0f", "") not in REACTIONS
    ):
        raise bad_request("REACTION_INVALID")
    react(hub, chat, stored, hub.bot["id"], emoji)
    return True


def react(hub: Hub, chat: Chat, stored: Stored, actor: int, emoji: Any) -> None:
    """Record the reaction of ``actor`` (None takes it away) and tell the page."""
    if emoji:
        stored.reactions[actor] = str(emoji)
    else:
        stored.reactions.pop(actor, None)
    hub.tell_chat(chat, {"type": "reaction", "message_id": stored.id, "emoji": emoji})
    hub.tell_message("edit", chat, stored)


def _pinnable(hub: Hub, call: Call, verb: str) -> tuple[Chat, Stored | None]:
    chat = access.chat_of(hub, call.params["chat_id"])
    _check_pin_rights(chat)
    message_id = call.params.get("message_id")
    if message_id is None:
        return chat, None
    if message_id not in chat.messages:
        raise bad_request(f"message to {verb} not found")
    return chat, chat.messages[message_id]


def _check_pin_rights(chat: Chat) -> None:
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    # In a basic group any member may pin, unless the group says otherwise.
    free = chat.private or (chat.type == "group" and right not in chat.withheld)
    if not free and not chat.bot_may(right):
        raise bad_request(PIN_RIGHTS)


def _tell_pin(hub: Hub, chat: Chat) -> None:
    newest = chat.pinned[-1] if chat.pinned else None
    hub.tell_chat(chat, {"type": "pin", "message_id": newest})
