"""Updates as they come, unparsed: one that pydantic cannot read must not block the others."""

from typing import Any

MAX_LANE = 2**63 - 1  # what the database can hold

# Everything the handlers listen to; Telegram remembers the list between calls.
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
]


def lane_of(update: dict[str, Any]) -> int:
    """The lane an update is handled in: its chat, so that order is kept where people see it."""
    for event in update.values():
        if isinstance(event, dict):
            message = event.get("message")
            shown_in = message.get("chat") if isinstance(message, dict) else None
            chat = event.get("chat") or shown_in or event.get("from")
            number = chat.get("id") if isinstance(chat, dict) else None
            if isinstance(number, int) and abs(number) <= MAX_LANE:
                return int(number)
    return 0
