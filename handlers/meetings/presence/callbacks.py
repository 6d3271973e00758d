"""What the buttons of the roll call carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, Page


class RollCall(CallbackData, prefix="mroll"):
    """To a page of the roll."""

    id: Id  # of the meeting
    page: Page = 0


class Mark(CallbackData, prefix="mrollmark"):
    """Somebody is there, or is not."""

    id: Id  # of the invitee
    there: bool
    page: Page = 0


class MarkComing(CallbackData, prefix="mrollall"):
    """Everybody is there who said that they come."""

    id: Id
    page: Page = 0
