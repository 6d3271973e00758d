"""What a handler returns for an inline query: cards that a person may post into any chat."""

from dataclasses import dataclass

from markupsafe import Markup

from handlers.ui.screen import Button


@dataclass(frozen=True)
class Card:
    """One card: ``title`` and ``description`` are offered, ``text`` with ``button`` is posted.

    A button may only have a link: the message stands in a chat where the bot need not be.
    """

    id: str
    title: str
    description: str
    text: Markup
    button: Button | None = None


@dataclass(frozen=True)
class Cards:
    """The cards offered to one person; Telegram may show them again for ``lasts`` seconds."""

    cards: tuple[Card, ...] = ()
    lasts: int = 10
