"""What the buttons of an outcome that was reported carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, Version


class CheckReport(CallbackData, prefix="rqchk"):
    """To the outcome that waits for acceptance."""

    id: Id


class AcceptReport(CallbackData, prefix="rqok"):
    """Accept it: the request is closed."""

    id: Id
    version: Version


class ReturnReport(CallbackData, prefix="rqredo"):
    """Return it with a word."""

    id: Id
    version: Version
