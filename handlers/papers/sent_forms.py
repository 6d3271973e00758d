"""A filled form that was sent: fetched, read, and remembered for the next look."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from aiogram.types import Document
from markupsafe import Markup

from handlers.files import FETCH_LIMIT, FileGone, Files, FileTooBig
from handlers.papers import forms
from handlers.papers.failing import UnreadableError
from handlers.turn import Turn

Read = TypeVar("Read")

# Another look reads no workbook anew; whatever is not here is fetched and read again.
_MOST_RECENT = 4
_recent: WeakKeyDictionary[Files, dict[tuple[str, str], Any]] = WeakKeyDictionary()


class UnusableError(Exception):
    """The workbook cannot be had or read; ``why`` is in words."""

    def __init__(self, why: Markup) -> None:
        super().__init__(str(why))
        self.why = why


def refusal(turn: Turn, sent: Document | None) -> Markup | None:
    """Why what came cannot be a form at all; None when it may be one."""
    if sent is None:
        return turn.t(forms.NO_FILE)
    if sent.file_size is not None and sent.file_size > FETCH_LIMIT:
        return turn.t(forms.TOO_BIG, n=forms.MEGABYTES)
    return None


async def read(
    turn: Turn, form: str, file_id: str, reader: Callable[[bytes], Read], rows: int
) -> Read:
    """What ``reader`` makes of the workbook that Telegram has under ``file_id``.

    Its content never changes there. ``form`` names what is read from it, ``rows`` is how many
    lines a sheet may have. Raises UnusableError.
    """
    recent, t = _recent.setdefault(turn.files, {}), turn.t
    key = (form, file_id)
    if key in recent:
        known: Read = recent[key]
        return known
    try:
        content = await turn.files.fetch(file_id)
        found = await asyncio.to_thread(reader, content)
    except FileTooBig:
        raise UnusableError(t(forms.TOO_BIG, n=forms.MEGABYTES)) from None
    except FileGone:
        raise UnusableError(t(forms.GONE)) from None
    except UnreadableError as error:
        raise UnusableError(forms.unreadable(t, error.why, rows)) from None
    while len(recent) >= _MOST_RECENT:
        recent.pop(next(iter(recent)))
    recent[key] = found
    return found
