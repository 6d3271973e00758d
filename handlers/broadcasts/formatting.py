"""From what an author typed to Telegram HTML: the formatting stays, everything else is escaped.

Written here rather than taken from aiogram, whose own conversion leaves a quotation mark in a
link as it is, so that a link could open tags of its own.
"""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from aiogram.types import MessageEntity

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote expandable",
}
_LINKS = ("http://", "https://")
_UNIT = 2  # bytes of a UTF-16 unit, in which Telegram counts offsets


def telegram_html(text: str, entities: Sequence[MessageEntity] | None = None) -> str:
    """Return ``text`` as HTML that Telegram accepts, whatever is in it.

    Bold, italic, underline, strikethrough, spoilers, code, quotes and web links are kept; a
    mention of a person by number and an animated emoji become their plain text.
    """
    units = text.encode("utf-16-le")
    end = len(units) // _UNIT
    kept = sorted(
        (entity for entity in entities or () if _opening(entity)),
        key=lambda entity: (entity.offset, -entity.length),
    )
    edges = {0, end} | {e.offset for e in kept} | {e.offset + e.length for e in kept}
    cuts = sorted(edge for edge in edges if 0 <= edge <= end)
    pieces: list[str] = []
    opened: list[MessageEntity] = []
    for start, stop in pairwise(cuts):
        wanted = [e for e in kept if e.offset <= start < e.offset + e.length]
        common = _common(opened, wanted)
        pieces.extend(_closing(entity) for entity in reversed(opened[common:]))
        pieces.extend(_opening(entity) for entity in wanted[common:])
        opened = wanted
        words = units[start * _UNIT : stop * _UNIT].decode("utf-16-le", errors="replace")
        pieces.append(escape(words, quote=False))
    pieces.extend(_closing(entity) for entity in reversed(opened))
    return "".join(pieces)


def after_command(
    text: str, entities: Sequence[MessageEntity] | None = None
) -> tuple[str, list[MessageEntity]]:
    """What stands after the command that ``text`` begins with, the entities moved along."""
    parts = text.split(maxsplit=1)
    rest = parts[1] if len(parts) > 1 else ""
    gone = len(text[: len(text) - len(rest)].encode("utf-16-le")) // _UNIT
    moved = []
    for entity in entities or ():
        start = max(entity.offset - gone, 0)
        length = entity.offset + entity.length - gone - start
        if length > 0:
            moved.append(entity.model_copy(update={"offset": start, "length": length}))
    return rest, moved


def _common(opened: Sequence[MessageEntity], wanted: Sequence[MessageEntity]) -> int:
    number = 0
    for one, other in zip(opened, wanted, strict=False):
        if one is not other:
            break
        number += 1
    return number


def _opening(entity: MessageEntity) -> str:
    if entity.type == "text_link":
        url = entity.url or ""
        # Any other scheme, tg:// among them, could name a person or act in the reader's app.
        return f'<a href="{escape(url)}">' if url.lower().startswith(_LINKS) else ""
    tag = _TAGS.get(entity.type)
    return f"<{tag}>" if tag else ""


def _closing(entity: MessageEntity) -> str:
    return "</a>" if entity.type == "text_link" else f"</{_TAGS[entity.type].split()[0]}>"
