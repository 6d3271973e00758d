"""What the button of watching carries."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id


class Watch(CallbackData, prefix="rqw"):
    """Ask whether the news of a request are wanted."""

    id: Id


class SetWatch(CallbackData, prefix="rqwset"):
    """Be told of a request's news, or no more."""

    id: Id
    on: bool
