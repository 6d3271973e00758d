"""What the button of the search carries: never what was asked for."""

from aiogram.filters.callback_data import CallbackData


class FindRequest(CallbackData, prefix="rqs"):
    """Ask what is looked for."""
