"""The bot's profile: commands by scope and language, name, descriptions, menu button."""

import re
from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.hub import Hub
from bot.simulator.methods import access
from bot.simulator.methods.registry import method
from bot.simulator.profile import DEFAULT, Scope, localized
from bot.simulator.wire import Call
from bot.simulator.world import Json

NAME_MAX, DESCRIPTION_MAX, SHORT_MAX = 64, 512, 120
TOO_MUCH = (100, 4096)


@method("setMyCommands")
def set_my_commands(hub: Hub, call: Call) -> bool:
    """Set the commands of one scope and language."""
    commands = [_command(item) for item in call.params["commands"]]
    size = sum(len(item["description"].encode()) for item in commands)
    if len(commands) > TOO_MUCH[0] or size > TOO_MUCH[1]:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    hub.profile.commands[_key(hub, call)] = commands
    hub.events.tell(None, {"type": "commands"})
    return True


@method("deleteMyCommands")
def delete_my_commands(hub: Hub, call: Call) -> bool:
    """Forget the commands of one scope and language."""
    hub.profile.commands.pop(_key(hub, call), None)
    hub.events.tell(None, {"type": "commands"})
    return True


@method("getMyCommands")
def get_my_commands(hub: Hub, call: Call) -> list[Json]:
    """Return the commands of exactly this scope and language."""
    return hub.profile.commands.get(_key(hub, call), [])


@method("setMyName")
def set_my_name(hub: Hub, call: Call) -> bool:
    """Set the name in one language."""
    return _set(hub, call, hub.profile.names, "name", NAME_MAX)


@method("getMyName")
def get_my_name(hub: Hub, call: Call) -> Json:
    """Return the name in one language."""
    name = localized(hub.profile.names, call.params.get("language_code"))
    return {"name": name or hub.bot["first_name"]}


@method("setMyDescription")
def set_my_description(hub: Hub, call: Call) -> bool:
    """Set what an empty chat with the bot shows."""
    return _set(hub, call, hub.profile.descriptions, "description", DESCRIPTION_MAX)


@method("getMyDescription")
def get_my_description(hub: Hub, call: Call) -> Json:
    """Return what an empty chat with the bot shows."""
    language = call.params.get("language_code")
    return {"description": localized(hub.profile.descriptions, language)}


@method("setMyShortDescription")
def set_my_short_description(hub: Hub, call: Call) -> bool:
    """Set what the bot's profile page shows."""
    return _set(hub, call, hub.profile.short_descriptions, "short_description", SHORT_MAX)


@method("getMyShortDescription")
def get_my_short_description(hub: Hub, call: Call) -> Json:
    """Return what the bot's profile page shows."""
    language = call.params.get("language_code")
    return {"short_description": localized(hub.profile.short_descriptions, language)}


@method("setChatMenuButton")
def set_chat_menu_button(hub: Hub, call: Call) -> bool:
    """Set the menu button of one private chat, or of all."""
    button = call.params.get("menu_button") or {"type": "default"}
    hub.profile.menu_buttons[_private_chat(hub, call)] = button
    hub.events.tell(None, {"type": "commands"})
    return True


@method("getChatMenuButton")
def get_chat_menu_button(hub: Hub, call: Call) -> Json:
    """Return the menu button of one private chat, or of all."""
    return hub.profile.menu_button(_private_chat(hub, call))


def _private_chat(hub: Hub, call: Call) -> int:
    if "chat_id" not in call.params:
        return 0
    chat = access.chat_of(hub, call.params["chat_id"])
    if not chat.private:
        raise bad_request("chat not found")
    return chat.id


def _set(hub: Hub, call: Call, texts: dict[str, str], name: str, most: int) -> bool:
    value = call.params.get(name, "")
    if len(value) > most:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    texts[_language(call)] = value
    hub.events.tell(None, {"type": "state"})
    return True


def _language(call: Call) -> str:
    code = str(call.params.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _command(item: Json) -> Json:
    command = str(item["command"]).removeprefix("/")
    description = str(item["description"]).strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not re.fullmatch(r"[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _key(hub: Hub, call: Call) -> tuple[Scope, str]:
    scope: dict[str, Any] = call.params.get("scope") or {"type": "default"}
    language = _language(call)
    if scope["type"] == "default":
        return DEFAULT, language
    chat_id = access.chat_of(hub, scope["chat_id"]).id if "chat_id" in scope else 0
    return (scope["type"], chat_id, int(scope.get("user_id", 0))), language
