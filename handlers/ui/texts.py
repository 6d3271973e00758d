"""Texts that people type: what counts as nothing, what is too long, and how they are told."""

import unicodedata
from enum import Enum

from markupsafe import Markup

from handlers.ui.i18n import Translator

# Characters that show nothing by themselves: controls, format marks (zero width, direction),
# separators, private and unassigned code points.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
# Letters by category, blank to the eye: Hangul fillers and the Braille blank.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class Mistake(Enum):
    """What is wrong with an input."""

    NOT_TEXT = "not_text"  # a sticker, a poll, a photo where words are needed
    EMPTY = "empty"  # nothing that could be seen
    TOO_LONG = "too_long"


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` could be seen."""
    return all(c in _BLANK or unicodedata.category(c) in _UNSEEN for c in text)


def has_words(text: str) -> bool:
    """Whether ``text`` has a letter or a digit, of whatever script; signs alone say nothing."""
    return any(c.isalnum() for c in text)


def typed(text: str | None, limit: int) -> str | Mistake:
    """Return the words of a message without the space around them, or what is wrong with it.

    ``text`` None stands for a message that is no text; ``limit`` is in characters.
    """
    if text is None:
        return Mistake.NOT_TEXT
    if is_blank(text):
        return Mistake.EMPTY
    stripped = text.strip()
    return stripped if len(stripped) <= limit else Mistake.TOO_LONG


def told(t: Translator, mistake: Mistake, limit: int) -> Markup:
    """The mistake in words."""
    if mistake is Mistake.NOT_TEXT:
        return t("A text is needed here.")
    if mistake is Mistake.EMPTY:
        return t("There is nothing to read in this message.")
    return t("This is too long: at most {limit} characters.", limit=limit)
