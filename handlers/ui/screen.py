"""What a handler returns: a text with buttons; the program shows it after the commit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

MAX_TEXT = 4096  # characters after parsing, Telegram's limit
MAX_CAPTION = 1024  # the same under a file
CAPTIONED = frozenset({"photo", "video", "animation", "document", "audio", "voice"})
CUT = "…"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Button:
    """A button under a message: ``goes`` is typed callback data, or a link with ``url``."""

    label: str
    goes: CallbackData | None = None
    url: str | None = None
    copies: str | None = None

    def inline(self) -> dict[str, Any]:
        """As Telegram takes it. Raises ValueError when the callback data are too long."""
        # No model of aiogram's: making and checking one costs more than the rest of a screen.
        given: dict[str, Any] = {"text": self.label}
        if self.goes is not None:
            given["callback_data"] = self.goes.pack()
        if self.url is not None:
            given["url"] = self.url
        if self.copies is not None:
            given["copy_text"] = {"text": self.copies}
        return given


@dataclass(frozen=True)
class Attachment:
    """A file or photo to show: by Telegram's ``file_id``, or as ``content`` with a ``name``.

    With both, the content goes when Telegram does not take the id. A location has
    «latitude,longitude» in place of the id.
    """

    kind: str  # photo, document, voice, video, animation, video_note, audio, location
    file_id: str | None = None
    content: bytes | None = None
    name: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True)
class Screen:
    """A message to show, or to put in place of the one that was tapped.

    ``text`` None shows nothing but the toast. ``fresh`` sends a new message even after a tap.
    ``media`` is what the message itself is made of: the text is the caption of a single file, and
    follows an album or what bears no caption. ``before``: messages of their own that come first.
    """

    text: Markup | None
    rows: tuple[Row, ...] = ()
    toast: str | None = None
    alert: bool = False
    fresh: bool = False
    attachments: tuple[Attachment, ...] = field(default=())
    media: tuple[Attachment, ...] = field(default=())
    before: "tuple[Screen, ...]" = field(default=())
    silent: bool = False  # comes without a sound
    lead: tuple[Markup, ...] = ()  # the text's own beginning, where it is too long for a message

    @property
    def captioned(self) -> Attachment | None:
        """The file whose caption the text is; None where the text is a message of its own."""
        if self.lead or len(self.media) != 1 or self.media[0].kind not in CAPTIONED:
            return None
        return self.media[0] if length(self.text or Markup()) <= MAX_CAPTION else None

    def markup(self) -> dict[str, Any] | None:
        """The keyboard as Telegram takes it; None without buttons."""
        return self._markup

    @cached_property  # it is looked at before sending, and sent
    def _markup(self) -> dict[str, Any] | None:
        if not self.rows:
            return None
        return {"inline_keyboard": [[b.inline() for b in row] for row in self.rows if row]}


def length(text: Markup) -> int:
    """How long a text is as Telegram counts: without its tags, in units of UTF-16."""
    return len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def toast(text: str, *, alert: bool = False) -> Screen:
    """Only a word over the chat; the message stays as it is."""
    return Screen(None, toast=text, alert=alert)


def lines(*parts: Markup | str | None) -> Markup:
    """Join lines of a message; None leaves a line out, "" leaves an empty one. Text is escaped."""
    return Markup("\n").join(part for part in parts if part is not None)


def column(buttons: Iterable[Button]) -> tuple[Row, ...]:
    """One button a row."""
    return tuple((button,) for button in buttons)


def shortened(text: str, limit: int) -> str:
    """``text`` in one line of at most ``limit`` characters, cut with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + CUT
