"""What the buttons of the filters carry; what is chosen already stands in the conversation."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Page


class OpenFilters(CallbackData, prefix="rqf"):
    """To the filters of the list of open, overdue or closed ones."""

    which: str = "open"


class Narrow(CallbackData, prefix="rqfn"):
    """Narrow by ``part`` to ``value``; the same once more, or no value: no more."""

    which: str
    part: str
    value: str = ""


class Choose(CallbackData, prefix="rqfc"):
    """To the values of a ``part``: branch, category or place."""

    which: str
    part: str
    page: Page = 0


class TypePeriod(CallbackData, prefix="rqfp"):
    """The days are typed."""

    which: str


class ClearFilters(CallbackData, prefix="rqfx"):
    """Narrow by nothing."""

    which: str
