"""What the buttons of a broadcast on its way carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class Pause(CallbackData, prefix="bcpause"):
    """Let nothing more go for now."""

    id: Id


class Resume(CallbackData, prefix="bcresume"):
    """Go on after a pause."""

    id: Id


class AskStop(CallbackData, prefix="bcaskstop"):
    """Before a broadcast is stopped for good."""

    id: Id


class Stop(CallbackData, prefix="bcstop"):
    """Send it to nobody else."""

    id: Id


class AskRecall(CallbackData, prefix="bcaskrecall"):
    """Before a broadcast is recalled."""

    id: Id


class Recall(CallbackData, prefix="bcrecall"):
    """Delete the copies of the counted ``people``."""

    id: Id
    people: Count
