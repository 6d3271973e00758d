"""What the buttons about replies carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class WriteReply(CallbackData, prefix="bcwrite"):
    """A recipient answers the copy."""

    id: Id


class WriteBack(CallbackData, prefix="bcwback"):
    """Whoever answers for it writes to a recipient."""

    id: Id
    person_id: Id


class OpenThread(CallbackData, prefix="bcthread"):
    """What was written to and fro with a recipient."""

    id: Id
    person_id: Id


class Writers(CallbackData, prefix="bcwriters"):
    """Who has replied to a broadcast, at a page."""

    id: Id
    page: Count = 0
