"""What the tags of Telegram's HTML mean: from a closed tag to an entity."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.simulator import errors
from bot.simulator.text import Entity

KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_HOST = re.compile(r"(?:(?:[^\s/@.:]+\.)+[^\s/@.:]+|localhost)(?::\d+)?")


def entity(
    tag: str, attributes: dict[str, str], start: int, text: str
) -> tuple[Entity, str] | None:
    """Return the entity of a closed tag around ``text``, and the language ``code`` carries.

    None when Telegram drops the tag and keeps the text; raises ApiError for a bad emoji or date.
    """
    kind, language = KINDS[tag], ""
    extra: dict[str, Any] = {}
    if tag == "a":
        target = link(attributes.get("href") or text)
        if target is None:
            return None
        kind, extra = target
    elif tag == "tg-emoji":
        extra = _emoji(attributes)
    elif tag == "tg-time":
        extra = _moment(attributes)
    elif tag == "blockquote" and "expandable" in attributes:
        kind = "expandable_blockquote"
    elif tag == "code" and attributes.get("class", "").startswith("language-"):
        language = attributes["class"].removeprefix("language-")
    return Entity(kind, start, start + len(text), tuple(extra.items())), language


def _emoji(attributes: dict[str, str]) -> dict[str, Any]:
    identifier = attributes.get("emoji-id", "")
    if not re.fullmatch(r"-?\d{1,19}", identifier) or int(identifier) == 0:
        raise errors.entities("Invalid custom emoji identifier specified")
    return {"custom_emoji_id": identifier}


def _moment(attributes: dict[str, str]) -> dict[str, Any]:
    shape = attributes.get("format", "")
    if not re.fullmatch(r"r|[tTdDwW]*", shape):
        raise errors.entities("Invalid date format used")
    moment = attributes.get("unix", "")
    if not re.fullmatch(r"\d{1,10}", moment):
        raise errors.entities("Invalid date format used")
    extra: dict[str, Any] = {"unix_time": int(moment)}
    return {**extra, "date_time_format": shape} if shape else extra


def link(url: str) -> tuple[str, dict[str, Any]] | None:
    """Return the entity a link makes, None when Telegram drops the link and keeps the text."""
    if url[:1].isspace():
        return None
    try:
        parts = urlsplit(url) if "://" in url else _with_scheme(url)
    except ValueError:
        return None
    if parts is None:
        return None
    scheme = parts.scheme.lower()
    if scheme == "tg":
        user = parse_qs(parts.query).get("id", [""])[0]
        if parts.netloc == "user" and re.fullmatch("[0-9]{1,16}", user):
            return "text_mention", {"user": int(user)}
        return "text_link", {"url": url}
    if scheme not in ("http", "https", "ton") or not _HOST.fullmatch(parts.netloc):
        return None
    path = parts.path or "/"
    fixed = parts._replace(scheme=scheme, netloc=parts.netloc.lower(), path=path)
    return "text_link", {"url": fixed.geturl().replace(" ", "%20")}


def _with_scheme(url: str) -> Any:
    if re.match(r"(?i)tg:", url):
        return urlsplit("tg://" + url[3:])
    if re.match(r"^[a-zA-Z][a-zA-Z0-9+.\-]*:(?!\d)", url):
        return None
    return urlsplit("http://" + url)


def with_languages(found: list[tuple[Entity, str]]) -> list[Entity]:
    """Join ``<pre><code class="language-x">`` that overlap exactly into one ``pre``."""
    codes = {(e.start, e.end): language for e, language in found if e.kind == "code"}
    pres = {(e.start, e.end) for e, _ in found if e.kind == "pre"}
    joined = []
    for entity, _ in found:
        span = (entity.start, entity.end)
        language = codes.get(span, "")
        if language and span in pres:
            if entity.kind == "code":
                continue
            if entity.kind == "pre":
                entity = Entity("pre", *span, (("language", language),))
        joined.append(entity)
    return joined
