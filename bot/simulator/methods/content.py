"""Texts and captions from the parameters of a call, with Telegram's refusals."""

from typing import Any

from bot.simulator import autolinks, errors, html
from bot.simulator.hub import Hub
from bot.simulator.text import MAX_ENTITIES, Formatted, from_wire, is_blank, tidy
from bot.simulator.world import Json

RAW_BYTES, TEXT_MAX, CAPTION_MAX = 32_768, 4096, 1024
PARSE_MODES = ("html", "markdown", "markdownv2", "none", "")


def read(hub: Hub, raw: str, parse_mode: Any, given: list[Json] | None) -> Formatted:
    """Return ``raw`` parsed, cleaned and trimmed; it may be empty."""
    if len(raw.encode("utf-8", "surrogatepass")) > RAW_BYTES:
        raise errors.bad_request("text is too long")
    if any(0xD800 <= ord(char) <= 0xDFFF for char in raw):
        raise errors.bad_request("strings must be encoded in UTF-8")
    mode = str(parse_mode or "").lower()
    if mode not in PARSE_MODES:
        raise errors.bad_request("unsupported parse_mode")
    if mode.startswith("markdown"):
        # an honest gap: nothing here writes Markdown, so no half parser pretends to read it
        raise errors.bad_request("unsupported parse_mode (the local Telegram reads HTML only)")
    formatted = html.parse(raw) if mode == "html" else Formatted(raw, from_wire(raw, given or []))
    return _with_people(hub, autolinks.add(tidy(formatted)))


def _with_people(hub: Hub, formatted: Formatted) -> Formatted:
    """Turn ``tg://user?id=N`` into a mention of a person the bot knows, or into plain text."""
    kept = []
    for entity in formatted.entities:
        extra = dict(entity.extra)
        if entity.kind == "text_mention" and isinstance(extra.get("user"), int):
            person = hub.world.people.get(extra["user"])
            if person is None:
                continue
            entity = type(entity)(entity.kind, entity.start, entity.end, (("user", person.user()),))
        kept.append(entity)
    return Formatted(formatted.text, kept[:MAX_ENTITIES])


def text(hub: Hub, params: Json) -> Json:
    """Return the ``text`` and ``entities`` of a message."""
    if not params.get("text"):
        raise errors.bad_request("message text is empty")
    formatted = read(hub, params["text"], params.get("parse_mode"), params.get("entities"))
    if is_blank(formatted.text):
        raise errors.bad_request("text must be non-empty")
    found: Json = {"text": formatted.text}
    if formatted.entities:
        found["entities"] = formatted.wire()
    options = params.get("link_preview_options")
    if options or params.get("disable_web_page_preview"):
        found["link_preview_options"] = options or {"is_disabled": True}
    return found


def caption(hub: Hub, params: Json) -> Json:
    """Return the ``caption`` and its entities, nothing when there is none."""
    raw = params.get("caption") or ""
    formatted = read(hub, raw, params.get("parse_mode"), params.get("caption_entities"))
    if is_blank(formatted.text):
        return {}
    found: Json = {"caption": formatted.text}
    if formatted.entities:
        found["caption_entities"] = formatted.wire()
    return found


def check_length(content: Json, *, edit: bool = False) -> None:
    """Refuse a text over 4096 or a caption over 1024 code points, counted after parsing."""
    if len(content.get("text", "")) > TEXT_MAX:
        raise errors.bad_request("MESSAGE_TOO_LONG" if edit else "message is too long")
    if len(content.get("caption", "")) > CAPTION_MAX:
        raise errors.bad_request(
            "MEDIA_CAPTION_TOO_LONG" if edit else "message caption is too long"
        )
