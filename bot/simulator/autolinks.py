"""Entities Telegram finds by itself: commands, mentions, hashtags, links, addresses, phones."""

import re

from bot.simulator.text import SPLITTABLE, Entity, Formatted, settle

FOUND = (
    ("url", re.compile(r"(?i)\b(?:https?|tg|ton)://[^\s<>\"']{2,2000}")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,8}\b")),
    ("url", re.compile(
        r"(?i)(?<![\w@./-])(?:[\w-]{1,63}\.){1,4}(?:kz|ru|com|org|net|me|io|gov)\b(?:/[^\s<>\"']*)?"
    )),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w{0,255}[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+@#/.-])\+?\d(?:[ ()-]{0,2}\d){9,14}(?![\w-])")),
)  # fmt: skip
CLOSING = ".,:;!?)»\"'"


def add(formatted: Formatted) -> Formatted:
    """Return ``formatted`` with the entities Telegram adds where nothing else stands."""
    taken = [e for e in formatted.entities if e.kind not in (*SPLITTABLE, "blockquote")]
    taken = [e for e in taken if e.kind != "expandable_blockquote"]
    fresh: list[Entity] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(formatted.text):
            shown = match[0].rstrip(CLOSING) if kind == "url" else match[0]
            entity = Entity(kind, match.start(), match.start() + len(shown))
            if not any(e.start < entity.end and entity.start < e.end for e in [*taken, *fresh]):
                fresh.append(entity)
    return Formatted(formatted.text, settle([*formatted.entities, *fresh]))
