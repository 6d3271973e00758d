"""The grey lines of a chat: who came, who left, what was pinned."""

from bot.simulator.world import Json

SERVICE = (
    "new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id",
    "migrate_from_chat_id", "group_chat_created", "supergroup_chat_created",
)  # fmt: skip
WORDS = {
    "new_chat_members": {
        "kk": "{who} топқа {whom} қосты",
        "ru": "{who} добавляет: {whom}",
        "en": "{who} added {whom}",
    },
    "left_chat_member": {
        "kk": "{who} топтан {whom} шығарды",
        "ru": "{who} удаляет: {whom}",
        "en": "{who} removed {whom}",
    },
    "pinned_message": {
        "kk": "{who} хабарды бекітті",
        "ru": "{who} закрепляет сообщение",
        "en": "{who} pinned a message",
    },
    "migrate_to_chat_id": {
        "kk": "Топ супертопқа айналды",
        "ru": "Группа стала супергруппой",
        "en": "The group became a supergroup",
    },
}


def service_text(body: Json, language: str | None) -> str:
    """Return the line for a service message in the viewer's language."""
    name = next((name for name in SERVICE if name in body), "")
    words = WORDS.get(name, WORDS["migrate_to_chat_id"])
    template = words.get(language or "en", words["en"])
    people = body.get("new_chat_members") or [body.get("left_chat_member") or {}]
    whom = ", ".join(str(person.get("first_name", "")) for person in people)
    return template.format(who=body["from"]["first_name"], whom=whom)
