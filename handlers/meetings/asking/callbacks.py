"""What the buttons of asking carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone, Page


class ToCalendar(CallbackData, prefix="mcal"):
    """For the file that puts a meeting into a calendar, or takes it out."""

    id: Id


class Share(CallbackData, prefix="mshare"):
    """For the link to a meeting, or to the item ``number`` of its agenda (0: to none)."""

    id: Id
    number: Count = 0


class ChooseBody(CallbackData, prefix="mlbody"):
    """To the choice of the body whose meetings are listed; the branch that is chosen stays."""

    past: bool = False
    body: str = ""
    branch: IdOrNone = 0


class ChooseBranch(CallbackData, prefix="mlbranch"):
    """To a page of the branches whose meetings can be listed; the body that is chosen stays."""

    past: bool = False
    body: str = ""
    branch: IdOrNone = 0
    page: Page = 0
