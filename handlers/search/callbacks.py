"""What the buttons of search carry."""

from aiogram.filters.callback_data import CallbackData


class AskSearch(CallbackData, prefix="searchask"):
    """Ask for the words to search."""
