"""Telegram's HTML, exactly: what TDLib's parser accepts, what it cuts and how it complains.

Offsets in the errors are bytes of the raw text, at the ``<``.
"""

import re
from dataclasses import dataclass, field

from bot.simulator import errors, html_tags
from bot.simulator.text import Entity, Formatted

SPACE = " \t\r\n\v\0"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NUMBER = re.compile(r"#(?:[xX]([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|([0-9]{1,7})(?![0-9]));?")
_NAME = re.compile(r"(lt|gt|amp|quot)(?![A-Za-z]);?")
_PLAIN = re.compile(r"[^<&]+")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


@dataclass
class _Parser:
    raw: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[tuple[Entity, str]] = field(default_factory=list)

    def char(self) -> str:
        """Return the character in front, NUL at the end of the text as in TDLib."""
        return self.raw[self.at] if self.at < len(self.raw) else "\0"

    def add(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)

    def ended(self) -> bool:
        return self.at >= len(self.raw)

    def skip(self) -> None:
        while not self.ended() and self.char() in SPACE:
            self.at += 1

    def upto(self, stops: str) -> str:
        start = self.at
        while not self.ended() and self.char() not in stops and self.char() not in SPACE:
            self.at += 1
        return self.raw[start : self.at]

    def fail(self, message: str, position: int) -> errors.ApiError:
        offset = len(self.raw[:position].encode("utf-8", "surrogatepass"))
        return errors.entities(message.replace("@", f"at byte offset {offset}", 1))

    def decoded(self) -> str:
        """Read one character, or one HTML entity as the character it stands for."""
        if self.char() == "&":
            found = _decode(self.raw, self.at + 1)
            if found:
                self.at = found[1]
                return found[0]
        char = self.raw[self.at]
        self.at += 1
        return char


def parse(raw: str) -> Formatted:
    """Return the text and entities of ``raw``; raises ApiError in Telegram's words."""
    parser = _Parser(raw)
    while not parser.ended():
        plain = _PLAIN.match(parser.raw, parser.at)
        if plain:
            parser.at = plain.end()
            parser.add(plain[0])
        elif parser.char() != "<":
            parser.add(parser.decoded())
        elif parser.raw[parser.at + 1 : parser.at + 2] == "/":
            _end_tag(parser)
        else:
            _start_tag(parser)
    if parser.stack:
        tag = parser.stack[-1].tag
        raise errors.entities(f'Can\'t find end tag corresponding to start tag "{tag}"')
    text = "".join(parser.out)
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise errors.entities(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return Formatted(text, html_tags.with_languages(parser.entities))


def _decode(raw: str, at: int) -> tuple[str, int] | None:
    named = _NAME.match(raw, at)
    if named:
        return NAMED[named[1]], named.end()
    number = _NUMBER.match(raw, at)
    if not number:
        return None
    code = int(number[1], 16) if number[1] else int(number[2])
    return (chr(code), number.end()) if 0 < code < 0x10FFFF else None


def _start_tag(parser: _Parser) -> None:
    begin = parser.at
    parser.at += 1
    tag = parser.upto(">").lower()
    if parser.ended():
        raise parser.fail("Unclosed start tag @", begin)
    if tag not in html_tags.KINDS:
        raise parser.fail(f'Unsupported start tag "{tag}" @', begin)
    attributes = _attributes(parser, tag, begin)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise parser.fail('Tag "span" must have class "tg-spoiler" @', begin)
    parser.stack.append(_Open(tag, parser.length, attributes))


def _attributes(parser: _Parser, tag: str, begin: int) -> dict[str, str]:
    found: dict[str, str] = {}
    unclosed = f'Unclosed start tag "{tag}" @'
    while True:
        parser.skip()
        if parser.ended():
            raise parser.fail(unclosed, begin)
        if parser.char() == ">":
            parser.at += 1
            return found
        name = parser.upto("=>").lower()
        if not name:
            raise parser.fail(f'Empty attribute name in the tag "{tag}" @', begin)
        parser.skip()
        value = ""
        if parser.char() == "=" and not parser.ended():
            parser.at += 1
            parser.skip()
            if parser.ended():
                raise parser.fail(unclosed, begin)
            value = _value(parser, begin)
        found[name] = value


def _value(parser: _Parser, tag_begin: int) -> str:
    quote = parser.char()
    if quote not in "'\"":
        begin = parser.at
        token = _TOKEN.match(parser.raw, begin)
        parser.at = token.end() if token else begin
        if not parser.ended() and parser.char() not in SPACE + ">":
            raise parser.fail("Unexpected end of name token @", begin)
        return parser.raw[begin : parser.at].lower()
    parser.at += 1
    value = []
    while not parser.ended() and parser.char() != quote:
        value.append(parser.decoded())
    if parser.ended():
        raise parser.fail("Unclosed start tag @", tag_begin)
    parser.at += 1
    return "".join(value)


def _end_tag(parser: _Parser) -> None:
    begin = parser.at
    if not parser.stack:
        raise parser.fail("Unexpected end tag @", begin)
    parser.at += 2
    tag = parser.upto(">").lower()
    parser.skip()
    if parser.ended() or parser.char() != ">":
        raise parser.fail("Unclosed end tag @", begin)
    parser.at += 1
    opened = parser.stack[-1]
    if tag and tag != opened.tag:
        raise parser.fail(
            f'Unmatched end tag @, expected "</{opened.tag}>", found "</{tag}>"', begin
        )
    parser.stack.pop()
    text = "".join(parser.out)[opened.start :] if parser.length > opened.start else ""
    closed = html_tags.entity(opened.tag, opened.attributes, opened.start, text) if text else None
    if closed:
        parser.entities.append(closed)
