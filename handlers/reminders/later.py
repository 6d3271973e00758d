"""Putting a reminder off, whatever it is about: until when, and what came of it."""

from collections.abc import Callable
from datetime import date

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, column, lines

LATER = {
    1: N_("Tomorrow morning"),
    3: N_("In three days"),
    7: N_("In a week"),
}


def ask(
    turn: Turn, about: tuple[Markup, ...], by: Callable[[int], CallbackData], back: CallbackData
) -> Screen:
    """Until when it may rest; ``by`` makes the button for so many days."""
    t = turn.t
    return Screen(
        lines(*about, t("When shall I remind you once more? The other reminders stay.")),
        rows=(
            *column(Button(t.plain(name), by(days)) for days, name in LATER.items()),
            nav.exits(t, back),
        ),
    )


def kept(turn: Turn, about: Markup, day: date, opens: Row) -> Screen:
    """The day on which it comes again."""
    said = dates.day(turn.t, day, turn.today)
    return Screen(
        lines(about, turn.t("⏰ I shall remind you: {date}", date=said)),
        rows=(opens, nav.exits(turn.t)),
    )
