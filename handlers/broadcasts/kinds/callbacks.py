"""What the buttons about kinds of announcements carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id
from storage.rules.announcements import Announcement


class Announce(CallbackData, prefix="bckind"):
    """A draft is of this kind of announcement."""

    id: Id
    version: Count
    about: Announcement


class OpenWishes(CallbackData, prefix="bcwish"):
    """To which announcements come to oneself."""


class SwitchKind(CallbackData, prefix="bckindsw"):
    """Switch a kind of announcement on or off for oneself."""

    about: Announcement
    on: bool


class GatherAt(CallbackData, prefix="bcgather"):
    """Have announcements gathered at an hour; 0: each comes at once."""

    hour: Count
