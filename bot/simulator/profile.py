"""What the bot says of itself: commands by scope and language, descriptions, menu buttons."""

from dataclasses import dataclass, field

from bot.simulator.world import Chat, Json

Scope = tuple[str, int, int]
DEFAULT: Scope = ("default", 0, 0)


@dataclass
class BotProfile:
    """All the texts of the bot's profile."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def commands_for(self, chat: Chat, person_id: int, language: str | None) -> list[Json]:
        """Return what the command menu of this person shows, by Telegram's order of scopes."""
        for scope in _scopes(chat, person_id):
            for code in (language or "", ""):
                found = self.commands.get((scope, code))
                if found:
                    return found
        return []

    def menu_button(self, chat_id: int) -> Json:
        """Return the menu button of a private chat."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0) or {"type": "commands"}


def localized(texts: dict[str, str], language: str | None) -> str:
    """Return the text in ``language``, or the one for every other language, or nothing."""
    return texts.get(language or "") or texts.get("", "")


def _scopes(chat: Chat, person_id: int) -> list[Scope]:
    if chat.private:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), DEFAULT]
    return [
        ("chat_member", chat.id, person_id),
        ("chat", chat.id, 0),
        ("all_group_chats", 0, 0),
        DEFAULT,
    ]
