"""What a handler returns: a text with buttons; the program shows it after the commit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from markupsafe import Markup

MAX_TEXT = 4096  # characters after parsing, Telegram's limit
CUT = "…"


@dataclass(frozen=True)
class Button:
    """A button under a message: ``goes`` is typed callback data, or a link with ``url``."""

    label: str
    goes: CallbackData | None = None
    url: str | None = None
    copies: str | None = None

    def inline(self) -> InlineKeyboardButton:
        """As Telegram takes it. Raises ValueError when the callback data are too long."""
        # Our own types are right by construction; checking each of them again costs more than
        # the rest of a screen.
        given: dict[str, Any] = {"text": self.label}
        if self.goes is not None:
            given["callback_data"] = self.goes.pack()
        if self.url is not None:
            given["url"] = self.url
        if self.copies is not None:
            given["copy_text"] = CopyTextButton(text=self.copies)
        return InlineKeyboardButton.model_construct(**given)


@dataclass(frozen=True)
class Attachment:
    """A file or photo to show: by Telegram's ``file_id``, or as ``content`` with a ``name``."""

    kind: str  # photo, document, voice, video
    file_id: str | None = None
    content: bytes | None = None
    name: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True)
class Screen:
    """A message to show, or to put in place of the one that was tapped.

    ``text`` None shows nothing but the toast. ``fresh`` sends a new message even after a tap.
    """

    text: Markup | None
    rows: tuple[Row, ...] = ()
    toast: str | None = None
    alert: bool = False
    fresh: bool = False
    attachments: tuple[Attachment, ...] = field(default=())

    def markup(self) -> InlineKeyboardMarkup | None:
        """The keyboard as Telegram takes it; None without buttons."""
        if not self.rows:
            return None
        return InlineKeyboardMarkup.model_construct(
            inline_keyboard=[[button.inline() for button in row] for row in self.rows if row]
        )


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
