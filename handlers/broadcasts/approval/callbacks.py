"""What the buttons about a second person's yes carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class OpenApproval(CallbackData, prefix="bcappr"):
    """What waits for a second person, as it is now."""

    id: Id


class Approve(CallbackData, prefix="bcyes"):
    """Let exactly this ``version`` go to exactly so many ``recipients``."""

    id: Id
    version: Count
    recipients: Count


class GiveBack(CallbackData, prefix="bcback"):
    """A second person says no."""

    id: Id
    version: Count


class TakeBack(CallbackData, prefix="bctake"):
    """The author makes it a draft again."""

    id: Id
    version: Count


class AskLimit(CallbackData, prefix="bclimit"):
    """Above how many recipients a second person is asked."""
