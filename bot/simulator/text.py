"""Formatted text: cleaning, trimming and the rules of nesting, as TDLib applies them.

Inside the local Telegram an entity counts code points; on the wire it counts UTF-16 units.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
LITERAL = ("code", "pre")
MAX_ENTITIES = 100
_UNCLEAN = re.compile("[\0-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_INVISIBLE = frozenset(
    " \n\xa0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u200c\u200d\u200e\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc"
)
_MARKS = re.compile("[\u200e\u200f](?=[\u200e\u200f])")
ORDER = (*QUOTES, "pre", "code", "text_link", "text_mention", "date_time", "url", *SPLITTABLE)


@dataclass(frozen=True)
class Entity:
    """A formatted stretch of text, in code points."""

    kind: str
    start: int
    end: int
    extra: tuple[tuple[str, Any], ...] = ()


@dataclass
class Formatted:
    """A text with its entities."""

    text: str
    entities: list[Entity] = field(default_factory=list)

    def wire(self) -> list[dict[str, Any]]:
        """Return the entities as the Bot API writes them, in UTF-16 units."""
        return [
            {
                "type": entity.kind,
                "offset": utf16(self.text[: entity.start]),
                "length": utf16(self.text[entity.start : entity.end]),
                **dict(entity.extra),
            }
            for entity in self.entities
        ]


def utf16(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def from_wire(text: str, raw: list[dict[str, Any]]) -> list[Entity]:
    """Return the entities a caller gave in UTF-16 units, as code points."""
    positions: list[int] = []
    if not raw:
        return []
    for index, char in enumerate(text):
        positions.extend([index] * (2 if ord(char) > 0xFFFF else 1))
    positions.append(len(text))
    found = []
    for item in raw[:MAX_ENTITIES]:
        start, end = item["offset"], item["offset"] + item["length"]
        if not 0 <= start < end < len(positions):
            continue
        extra = tuple((k, v) for k, v in item.items() if k not in ("type", "offset", "length"))
        found.append(Entity(item["type"], positions[start], positions[end], extra))
    return found


def _cleaned(char: str) -> str:
    code = ord(char)
    if char == "\n":
        return char
    if char == "\r" or 0x2028 <= code <= 0x202E or code in (0x333, 0x33F, 0x30A):
        return ""
    return " " if code < 33 else char


def _clean(raw: str) -> tuple[str, Sequence[int]]:
    """Return the cleaned text, and for each place in ``raw`` its place there."""
    if not _UNCLEAN.search(raw):
        return raw, range(len(raw) + 1)
    mapping, out, length = [], [], 0
    for char in raw:
        mapping.append(length)
        kept = _cleaned(char)
        out.append(kept)
        length += len(kept)
    return "".join(out), [*mapping, length]


def tidy(formatted: Formatted) -> Formatted:
    """Replace control characters, trim both ends and settle the nesting of the entities."""
    text, mapping = _clean(formatted.text)
    text = _MARKS.sub("\u200c", text)  # of direction marks in a row only the last one stays
    left = len(text) - len(text.lstrip(" \n"))
    stripped = text.strip(" \n")
    moved = [
        replace(
            e,
            start=min(max(mapping[e.start] - left, 0), len(stripped)),
            end=min(max(mapping[e.end] - left, 0), len(stripped)),
        )
        for e in formatted.entities
    ]
    return Formatted(stripped, settle([e for e in moved if e.end > e.start]))


def is_blank(text: str) -> bool:
    """Say whether Telegram refuses a bot's ``text`` as empty: spaces and what it calls invisible.

    The Hangul filler, the soft hyphen and the word joiner are not on its list: they get through.
    """
    return all(char in _INVISIBLE or 0xE0000 <= ord(char) <= 0xE007F for char in text)


def settle(entities: list[Entity]) -> list[Entity]:
    """Cut what may not nest: nothing is refused, the inner or the weaker one goes silently."""
    whole = _not_crossing([e for e in entities if e.kind not in SPLITTABLE + QUOTES])
    quotes = _not_crossing([e for e in entities if e.kind in QUOTES])
    literal = [(e.start, e.end) for e in whole if e.kind in LITERAL]
    parts: list[Entity] = []
    for kind in SPLITTABLE:
        spans = _union([(e.start, e.end) for e in entities if e.kind == kind])
        parts.extend(Entity(kind, start, end) for start, end in _minus(spans, literal))
    return sorted([*whole, *quotes, *parts], key=_rank)


def _rank(entity: Entity) -> tuple[int, int, int]:
    order = ORDER.index(entity.kind) if entity.kind in ORDER else len(ORDER)
    return entity.start, -entity.end, order


def _not_crossing(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in sorted(entities, key=_rank):
        if not kept or entity.start >= kept[-1].end:
            kept.append(entity)
    return kept


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _minus(spans: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    left = spans
    for hole_start, hole_end in holes:
        cut: list[tuple[int, int]] = []
        for start, end in left:
            if hole_end <= start or hole_start >= end:
                cut.append((start, end))
                continue
            cut.extend((a, b) for a, b in ((start, hole_start), (hole_end, end)) if a < b)
        left = cut
    return left
