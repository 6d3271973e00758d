"""What the buttons about when a draft goes carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id
from storage.rules.recurrence import Every


class AskMoment(CallbackData, prefix="bcwhen"):
    """When a draft shall go."""

    id: Id
    version: Count


class AtOnce(CallbackData, prefix="bcnow"):
    """A draft goes as soon as it is confirmed."""

    id: Id
    version: Count


class PickClock(CallbackData, prefix="bcclock"):
    """An hour of the usual ones, in minutes since midnight."""

    minutes: Count


class AskRepeats(CallbackData, prefix="bcrpask"):
    """How often a draft with its moment shall come."""

    id: Id


class Repeat(CallbackData, prefix="bcrpt"):
    """Each week or month for so many ``months``; 0: once."""

    id: Id
    version: Count
    every: Every
    months: Count


class StopRepeats(CallbackData, prefix="bcrpstop"):
    """What waits goes once more, and then never again."""

    id: Id
    version: Count
