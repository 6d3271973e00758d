"""Buttons that are answered in words: what is typed is one of their labels, or a part of it."""

from collections.abc import Iterable
from typing import Any, TypeVar

from markupsafe import Markup

from handlers.turn import CHOOSES, Turn
from handlers.ui.i18n import Translator
from storage.rules.folding import fold

T = TypeVar("T")


def wait(turn: Turn, place: str, **about: Any) -> None:
    """Words that come next answer the buttons of ``place``, a name of its own.

    ``about`` (JSON values) is what the buttons are about. A draft that is open is put aside.
    """
    turn.conversation.pause()
    turn.conversation.to(f"{place}{CHOOSES}", **about)


def meant(
    typed: str | None, labels: Iterable[tuple[str, T]], *, whole_words: bool = False
) -> T | None:
    """What the one label stands for that ``typed`` names; None when it names none or several.

    It is folded as in the search; the whole label comes before labels with all of its words, of
    which parts are enough unless ``whole_words`` are wanted.
    """
    said = fold(typed or "")
    folded = [(fold(label), one) for label, one in labels]
    whole = [one for label, one in folded if label == said]
    found = whole or [
        one
        for label, one in folded
        if all(word in (label.split() if whole_words else label) for word in said.split())
    ]
    if not said or not found:
        return None
    # One thing may be named by several labels, in each language one.
    return found[0] if all(one == found[0] for one in found) else None


def below(t: Translator) -> Markup:
    """What is said to words that name none of the buttons."""
    return t("Please choose with a button of this step.")
