"""What the buttons under a recipient's copy carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class Acknowledge(CallbackData, prefix="bcread"):
    """A recipient has read it."""

    id: Id


class Answer(CallbackData, prefix="bcans"):
    """A recipient's answer to the question: the number of the option."""

    id: Id
    choice: Count


class TryOut(CallbackData, prefix="bctry"):
    """A button of the copy that the author looks at: it does nothing."""


class Confirm(CallbackData, prefix="bcconf"):
    """Asked again, a recipient has read it."""

    id: Id


class OpenCopy(CallbackData, prefix="bccopy"):
    """A recipient has the copy sent once more."""

    id: Id


class Attend(CallbackData, prefix="bccome"):
    """A recipient answers the invitation to the meeting."""

    id: Id
    coming: bool
