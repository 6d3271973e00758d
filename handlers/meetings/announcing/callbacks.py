"""What the buttons of announcing a meeting carry."""

from aiogram.filters.callback_data import CallbackData

PURPOSE = "announce"  # of the calendar


class NewMeeting(CallbackData, prefix="annnew"):
    """Announce a meeting; ``anew`` throws an unfinished draft away."""

    anew: bool = False


class GoOn(CallbackData, prefix="anngo"):
    """Go on with the unfinished draft."""


class ChooseBody(CallbackData, prefix="annbody"):
    """Whose meeting it is."""

    branch_id: int
    body: str


class ChooseTime(CallbackData, prefix="anntime"):
    """One of the usual times: minutes since midnight."""

    minutes: int


class SkipStep(CallbackData, prefix="annskip"):
    """Leave the place or the agenda out."""

    step: str


class ToStep(CallbackData, prefix="annstep"):
    """Go to a step of the draft, to change what it holds."""

    step: str


class Confirm(CallbackData, prefix="annyes"):
    """Announce it: the draft ``token``, with the content and number of people of ``seal``."""

    token: str
    seal: str


class KeepDraft(CallbackData, prefix="annkeep"):
    """Keep it as a draft that nobody is told of."""

    token: str
