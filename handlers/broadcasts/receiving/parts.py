"""A text that is too long for one message, in several: cut where a reader would pause."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from markupsafe import Markup

LIMIT = 3800  # UTF-16 units of a part; who speaks stands below the last, within Telegram's 4096
_TOKEN = re.compile(r"<[^>]*>|&[^;\s]{1,10};|[^<&]+|[<&]", re.DOTALL)
_NAME = re.compile(r"</?([a-z-]+)")
# Where to cut, the best first: after a paragraph, a line, a sentence, a word.
_PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?…][»\")]?\s+"),
    re.compile(r"\s+"),
)
_UNIT = 2  # bytes of a UTF-16 unit, in which Telegram counts


def split(text: Markup, limit: int = LIMIT) -> list[Markup]:
    """``text`` (Telegram HTML) in parts of at most ``limit`` UTF-16 units.

    It is cut between paragraphs where that is possible, else between lines, sentences, words; what
    is bold, a link or a quotation goes on in the next part.
    """
    tokens = _TOKEN.findall(text)
    starts = _starts("".join(_seen(token) for token in tokens), limit)
    return list(_cut(tokens, starts))


def _starts(plain: str, limit: int) -> list[int]:
    """Where the parts after the first begin, in characters."""
    found: list[int] = []
    begin = 0
    while _units(plain[begin:]) > limit:
        begin += _pause(plain[begin:], limit)
        found.append(begin)
    return found


def _pause(rest: str, size: int) -> int:
    """How many characters of ``rest`` the next part takes."""
    fits = _fitting(rest, size)
    for pause in _PAUSES:
        # Not so early that the parts become many.
        found = [m for m in pause.finditer(rest, fits // 2) if m.start() <= fits]
        ends = [m.end() for m in found if rest[: m.end()].strip() and rest[m.end() :].strip()]
        if ends:
            return ends[-1]
    return fits


def _fitting(text: str, size: int) -> int:
    """How many characters of ``text`` fit in ``size`` UTF-16 units."""
    cut = text.encode("utf-16-le")[: size * _UNIT]
    return len(cut.decode("utf-16-le", errors="ignore"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // _UNIT


def _cut(tokens: Sequence[str], starts: Sequence[int]) -> Iterator[Markup]:
    """The parts; a tag that is open at a cut is closed there and opened again after it."""
    opened: list[str] = []
    part: list[str] = []
    at, ahead = 0, list(starts)
    for token in tokens:
        if token.startswith("<") and len(token) > 1:
            _turn(opened, token)
            part.append(token)
            continue
        seen = _seen(token)
        while ahead and at + len(seen) > ahead[0]:
            until = ahead.pop(0) - at
            part.append(_written(seen[:until]))
            yield _closed(part, opened)
            part, at, seen = list(opened), at + until, seen[until:]
        part.append(_written(seen))
        at += len(seen)
    yield _closed(part, [])


def _closed(part: Sequence[str], opened: Sequence[str]) -> Markup:
    ends = "".join(f"</{_name(tag)}>" for tag in reversed(opened))
    text = "".join(part).strip("\n ")
    return Markup(f"{text}{ends}")  # noqa: S704 - cut from safe HTML


def _turn(opened: list[str], tag: str) -> None:
    if not tag.startswith("</"):
        opened.append(tag)
    elif opened:
        opened.pop()


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1] if found else ""


def _seen(token: str) -> str:
    return "" if token.startswith("<") and len(token) > 1 else unescape(token)


def _written(seen: str) -> str:
    return escape(seen, quote=False)
