"""What the buttons of a meeting's life carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, Version

PURPOSE = "mlife"  # of the calendar


class AskAnnounce(CallbackData, prefix="mlask"):
    """Look at a draft before it is announced."""

    id: Id


class Announce(CallbackData, prefix="mlann"):
    """Announce the draft with the content and number of people of ``seal``."""

    id: Id
    version: Version
    seal: str


class AskStep(CallbackData, prefix="mlq"):
    """Look at what a step (begin, end, archive, delete) does."""

    id: Id
    step: str


class TakeStep(CallbackData, prefix="mlgo"):
    """Do it."""

    id: Id
    version: Version
    step: str


class Edit(CallbackData, prefix="mled"):
    """To everything of a meeting that can be changed."""

    id: Id


class EditField(CallbackData, prefix="mlef"):
    """Change one thing."""

    id: Id
    field: str


class Choose(CallbackData, prefix="mlch"):
    """One of the few values that a kind or a format has."""

    id: Id
    version: Version
    field: str
    value: str


class Remove(CallbackData, prefix="mlrm"):
    """Take away what may be missing."""

    id: Id
    version: Version
    field: str


class Move(CallbackData, prefix="mlmv"):
    """Give a meeting another day or hour."""

    id: Id


class PickHour(CallbackData, prefix="mlhr"):
    """One of the usual times: minutes since midnight."""

    minutes: Count


class NoReason(CallbackData, prefix="mlnr"):
    """Move it without saying why."""


class ToStep(CallbackData, prefix="mlst"):
    """Back to a step of what is being entered."""

    step: str


class ConfirmMove(CallbackData, prefix="mlmy"):
    """Move it: what was shown has this ``seal``."""

    id: Id
    version: Version
    seal: str


class Cancel(CallbackData, prefix="mlcn"):
    """Cancel a meeting."""

    id: Id


class ConfirmCancel(CallbackData, prefix="mlcy"):
    """Cancel it: what was shown has this ``seal``."""

    id: Id
    version: Version
    seal: str


class Copy(CallbackData, prefix="mlcp"):
    """Make a draft with the same agenda."""

    id: Id


class Repeat(CallbackData, prefix="mlrp"):
    """How often a meeting repeats."""

    id: Id


class SetRepeat(CallbackData, prefix="mlrs"):
    """Let it repeat so (week, fortnight, month, quarter), or no more (never)."""

    id: Id
    version: Version
    every: str


class NextOfSeries(CallbackData, prefix="mlnx"):
    """Make the next meeting of the series, or open it."""

    id: Id
