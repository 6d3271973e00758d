"""Reading what the page shows: words, buttons, what has changed."""

import json
from typing import Any

Json = dict[str, Any]
SHOWN_ON_FAILURE = 5


def find_button(messages: list[Json], label: str) -> tuple[Json, int, int] | None:
    """Return the first message with a button of this label, its row and its column."""
    for message in messages:
        rows = message.get("inline_keyboard") or []
        places = [(r, c) for r, row in enumerate(rows) for c in range(len(row))]
        index = match([rows[r][c]["text"] for r, c in places], label)
        if index is not None:
            return message, *places[index]
    return None


def match(texts: list[str], label: str) -> int | None:
    """Return which text equals the label, else the first that contains it."""
    for index, text in enumerate(texts):
        if text == label:
            return index
    return next((index for index, text in enumerate(texts) if label in text), None)


def words(message: Json) -> str:
    """Return the text or the caption."""
    return str(message["text"] or message["caption"] or "")


def fingerprint(message: Json) -> str:
    """Return what changes when the message is edited."""
    watched = (message["html"], message["inline_keyboard"], message["edited"], message["file"])
    return json.dumps(watched, sort_keys=True)


def transcript(messages: list[Json]) -> str:
    """Return the newest messages as lines, for the text of a failure."""
    lines = []
    for message in messages[-SHOWN_ON_FAILURE:]:
        buttons = [b["text"] for row in message["inline_keyboard"] or [] for b in row]
        tail = f"  {buttons}" if buttons else ""
        lines.append(f"  {message['sender']['name']}: {words(message) or message['kind']}{tail}")
    return "\n".join(lines) or "  (nothing)"
