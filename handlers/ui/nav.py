"""The ways out that every screen has: back, and home."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row


class Home(CallbackData, prefix="home"):
    """To the first screen."""


class Nothing(CallbackData, prefix="nothing"):
    """A button that only shows something: a day's number, a page's number."""


def home(t: Translator) -> Button:
    """The button to the first screen."""
    return Button(t.plain("🏠 Menu"), Home())


def back(t: Translator, goes: CallbackData) -> Button:
    """The button to the screen before this one."""
    return Button(t.plain("‹ Back"), goes)


def exits(t: Translator, goes: CallbackData | None = None) -> Row:
    """The last row of a screen: back to ``goes`` (where there is one) and home."""
    return (back(t, goes), home(t)) if goes else (home(t),)
