"""What the buttons of answers carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id
from storage.meetings import answers


class Said(StrEnum):
    """What one answers."""

    WILL = answers.WILL
    CANNOT = answers.CANNOT
    DEPUTY = answers.DEPUTY


class Say(CallbackData, prefix="mans"):
    """Answer a meeting's invitation."""

    id: Id
    said: Said


class Enough(CallbackData, prefix="mansend"):
    """Nothing more to say to an answer: to the meeting's card."""

    id: Id


class AskNudge(CallbackData, prefix="mnudge"):
    """To a look at whom a nudge would reach."""

    id: Id


class Nudge(CallbackData, prefix="mnudgego"):
    """Nudge those who are silent: so many were confirmed."""

    id: Id
    people: Count
