"""Lists: eight rows a page, each row a button."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from handlers.ui.i18n import Translator
from handlers.ui.nav import Nothing
from handlers.ui.screen import Button, Row, column

PAGE = 8


def pages(total: int) -> int:
    """How many pages ``total`` rows make; one when there are none."""
    return max(1, -(-total // PAGE))


def clamp(page: int, total: int) -> int:
    """A page number (from 0) that exists: an old button may name one that does not any more."""
    return min(max(page, 0), pages(total) - 1)


def rows(
    t: Translator,
    buttons: Sequence[Button],
    page: int,
    total: int,
    turn_to: Callable[[int], CallbackData],
) -> tuple[Row, ...]:
    """The buttons of one page, and under them the way to the other pages."""
    return (*column(buttons), *([_turner(t, page, total, turn_to)] if total > PAGE else []))


def rows_of_many(
    t: Translator,
    buttons: Sequence[Button],
    page: int,
    turn_to: Callable[[int], CallbackData],
    *,
    more: bool,
) -> tuple[Row, ...]:
    """As ``rows`` where nobody has counted the pages: ``more`` says that another one follows."""
    here = Button(str(page + 1), Nothing())
    ways = (Button("‹", turn_to(page - 1)) if page else None, here)
    turner = (*ways, Button("›", turn_to(page + 1)) if more else None)
    return (*column(buttons), tuple(button for button in turner if button))


def _turner(t: Translator, page: int, total: int, turn_to: Callable[[int], CallbackData]) -> Row:
    last = pages(total) - 1
    here = Button(t.plain("{page} of {pages}", page=page + 1, pages=last + 1), Nothing())
    earlier = Button("‹", turn_to(page - 1)) if page > 0 else None
    later = Button("›", turn_to(page + 1)) if page < last else None
    return tuple(button for button in (earlier, here, later) if button)
