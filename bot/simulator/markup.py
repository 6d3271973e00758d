"""Keyboards: read from JSON, checked as the server does, in its three steps."""

import json
import re
from dataclasses import dataclass
from typing import Any

from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from pydantic import BaseModel, ValidationError

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.schema import forbid_extras
from bot.simulator.world import Chat, Json

MAX_BUTTONS, MAX_ROW, MAX_BYTES, MAX_DATA = 100, 8, 10_240, 64
MAX_REPLY_ROW, MAX_REPLY_BUTTONS = 12, 300
KINDS: dict[str, type[BaseModel]] = {
    "inline_keyboard": InlineKeyboardMarkup,
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}
ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
}  # fmt: skip
PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_users": "users can be requested in private chats only",
    "request_chat": "chats can be requested in private chats only",
    "request_poll": "poll can be requested in private chats only",
    "web_app": "web App buttons can be used in private chats only",
}


@dataclass
class Markup:
    """A keyboard as it was sent; ``kind`` is the name of its main field."""

    kind: str
    body: Json

    @property
    def inline(self) -> bool:
        """Whether the buttons stand under the message itself."""
        return self.kind == "inline_keyboard"

    def buttons(self) -> list[Json]:
        """Return all buttons in reading order."""
        return [button for row in self.body.get(self.kind, []) for button in row]


def read(raw: str | None, *, inline_only: bool = False) -> Markup | None:
    """Return the markup in ``raw``, None for none; raises ApiError for what is no keyboard."""
    if not raw:
        return None
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("object expected as reply markup")
    kind = next((name for name in KINDS if name in body), None)
    if kind is None:
        return None
    if inline_only and kind != "inline_keyboard":
        raise bad_request("inline keyboard expected")
    return _checked(kind, body)


def _checked(kind: str, body: Json) -> Markup | None:
    if kind == "inline_keyboard":
        body = {**body, kind: _inline_rows(body[kind])}
        if not body[kind]:
            return None
    elif kind == "keyboard":
        body = {**body, kind: _reply_rows(body[kind])}
    try:
        forbid_extras(KINDS[kind].model_validate(body), "reply_markup")
    except ValidationError as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error
    return Markup(kind, body)


def _rows(raw: Any) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request("can't parse reply keyboard markup JSON object")
    return raw


def _inline_rows(raw: Any) -> list[list[Json]]:
    rows = []
    for row in _rows(raw):
        kept = [_inline_button(button) for button in row]
        rows.append([button for button in kept if button])
    return [row for row in rows if row]


def _inline_button(raw: Any) -> Json | None:
    if not isinstance(raw, dict):
        raise _bad_button("Object expected")
    button = {k: v for k, v in raw.items() if v is not None}
    if not button.get("text"):
        return None
    if button.get("callback_data") == "":
        del button["callback_data"]
    if not ACTIONS & button.keys():
        raise _bad_button("Text buttons are unallowed in the inline keyboard")
    url = button.get("url")
    if url is not None and not re.match(r"(?i)(https?://[^\s/]+\.?[^\s]*|tg://\S+)$", str(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _bad_button(detail: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {detail}")


def _reply_rows(raw: Any) -> list[list[Json]]:
    """Return the rows as objects; what is over 12 in a row or 300 in all goes silently."""
    left, rows = MAX_REPLY_BUTTONS, []
    for row in _rows(raw):
        kept = [{"text": b} if isinstance(b, str) else b for b in row[:MAX_REPLY_ROW]][:left]
        kept = [b for b in kept if isinstance(b, dict) and b.get("text")]
        left -= len(kept)
        if kept:
            rows.append(kept)
    return rows


def lint(raw: str | None) -> str | None:
    """Return what Telegram takes and phones show badly: the contents of the log's ``lint``."""
    try:
        found = read(raw)
    except ApiError:
        return None
    rows = found.body.get(found.kind, []) if found and found.inline else []
    widest = max((len(row) for row in rows), default=0)
    return f"{widest} buttons in a row, {MAX_ROW} are safe" if widest > MAX_ROW else None


def check_chat(markup: Markup | None, chat: Chat) -> None:
    """Refuse buttons a group may not have."""
    if markup is None or chat.private:
        return
    for button in markup.buttons():
        for name, words in PRIVATE_ONLY.items():
            if name in button and (button[name] or name == "web_app"):
                raise bad_request(words)


def check_server(markup: Markup | None) -> None:
    """Refuse what only Telegram's servers refuse: long data, too many buttons."""
    if markup is None or not markup.inline:
        return
    for button in markup.buttons():
        data = button.get("callback_data")
        if data is not None and len(str(data).encode()) > MAX_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    size = len(json.dumps(markup.body, ensure_ascii=False, separators=(",", ":")).encode())
    if len(markup.buttons()) > MAX_BUTTONS or size > MAX_BYTES:
        raise bad_request("reply markup is too long")
