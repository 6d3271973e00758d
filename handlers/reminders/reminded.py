"""What a reminder is about, whatever its subject: by itself, and as one of several."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient
from handlers.ui.screen import Button, Screen
from storage import reminders


@dataclass(frozen=True)
class Line:
    """A thing that is still to be done, as a digest has it."""

    deadline: date
    line: Markup
    button: Button


@dataclass(frozen=True)
class Reminded(Line):
    """The same, with its own message."""

    alone: Screen


@dataclass(frozen=True)
class Subject:
    """How a subject is reminded of.

    ``current`` takes the parameters of its reminders and leaves out what is done, moved or
    another's by now. ``several``, ``tap`` and ``every`` are msgids of a digest of this subject
    alone: its heading (with ``n``), what a tap does, the name of the way to the whole list.
    ``counted`` (with ``n``) says in a digest of several subjects how many are of this one.
    """

    current: Callable[[Connection, Recipient, list[dict[str, Any]]], list[Reminded]]
    several: str
    tap: str
    every: str
    counted: str
    door: CallbackData


def reminded(
    to: Recipient, of: Line, params: dict[str, Any], alone: Callable[..., Screen]
) -> Reminded:
    """A line with its own message, which ``alone`` composes; with a word when it comes late."""
    late = is_late(params, to.now)
    return Reminded(of.deadline, marked(to, of.line, late=late), of.button, alone(late=late))


def is_late(params: dict[str, Any], now: datetime) -> bool:
    """Whether the reminder with these parameters comes late at ``now``."""
    return reminders.is_late(datetime.fromisoformat(params["due_at"]), now)


def marked(to: Recipient, line: Markup, *, late: bool) -> Markup:
    """A line of a digest, with a word when it comes late."""
    return Markup("{} · {}").format(line, to.t("a reminder that comes late")) if late else line
