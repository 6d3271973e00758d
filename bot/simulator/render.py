"""Formatted text as safe HTML for the page."""

from html import escape
from typing import Any

from bot.simulator.text import Entity, from_wire

SIMPLE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
}
SAFE_SCHEMES = ("http://", "https://", "tg://", "ton://")


def to_html(text: str, entities: list[dict[str, Any]]) -> str:
    """Return ``text`` with ``entities`` (UTF-16, as on the wire) as HTML without surprises."""
    found = sorted(from_wire(text, entities), key=lambda e: (e.start, -e.end))
    edges = sorted({0, len(text), *(e.start for e in found), *(e.end for e in found)})
    out: list[str] = []
    open_now: list[Entity] = []
    for index, edge in enumerate(edges):
        _close_ended(out, open_now, edge)
        for entity in (e for e in found if e.start == edge):
            out.append(_opening(entity, text))
            open_now.append(entity)
        if index + 1 < len(edges):
            literal = any(e.kind == "pre" for e in open_now)
            out.append(_escaped(text[edge : edges[index + 1]], literal=literal))
    return "".join(out)


def _close_ended(out: list[str], open_now: list[Entity], edge: int) -> None:
    """Close what ends here; what was opened later and goes on is opened again."""
    if not any(entity.end <= edge for entity in open_now):
        return
    first = next(i for i, entity in enumerate(open_now) if entity.end <= edge)
    tail = open_now[first:]
    del open_now[first:]
    out.extend(_closing(entity) for entity in reversed(tail))
    for entity in tail:
        if entity.end > edge:
            out.append(_opening(entity, ""))
            open_now.append(entity)


def _escaped(text: str, *, literal: bool) -> str:
    safe = escape(text)
    return safe if literal else safe.replace("\n", "<br>")


def _opening(entity: Entity, text: str) -> str:
    shown = text[entity.start : entity.end]
    extra = dict(entity.extra)
    if entity.kind in SIMPLE:
        return f"<{SIMPLE[entity.kind]}>"
    if entity.kind == "pre":
        language = escape(str(extra.get("language", "")))
        return f'<pre data-language="{language}">' if language else "<pre>"
    if entity.kind in ("blockquote", "expandable_blockquote"):
        return "<blockquote>" if entity.kind == "blockquote" else '<blockquote class="expandable">'
    if entity.kind in ("text_link", "url"):
        return _link(str(extra.get("url", shown)))
    if entity.kind == "email":
        return f'<a href="mailto:{escape(shown)}">'
    if entity.kind == "phone_number":
        return f'<a href="tel:{escape(shown)}">'
    if entity.kind == "bot_command":
        return f'<a class="bot-command" data-command="{escape(shown)}">'
    return f'<span class="tg-{escape(entity.kind.replace("_", "-"))}">'


def _link(url: str) -> str:
    if "://" not in url:
        url = f"http://{url}"
    if not url.lower().startswith(SAFE_SCHEMES):
        return "<a>"
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'


def _closing(entity: Entity) -> str:
    if entity.kind in SIMPLE:
        return f"</{SIMPLE[entity.kind]}>"
    if entity.kind == "pre":
        return "</pre>"
    if entity.kind in ("blockquote", "expandable_blockquote"):
        return "</blockquote>"
    if entity.kind in ("text_link", "url", "email", "phone_number", "bot_command"):
        return "</a>"
    return "</span>"
