"""What the buttons of the roadmap carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, Version
from storage.roadmap import State, Which

# A forged number beyond the database's own is no button of ours.


class MyRoadmap(CallbackData, prefix="rmlist"):
    """To a page of what one carries."""

    page: int = 0


class BranchRoadmap(CallbackData, prefix="rmbr"):
    """To a page of the items one looks after."""

    which: Which = Which.ALL
    page: int = 0


class OpenItem(CallbackData, prefix="rmopen"):
    """To an item's card; ``branch`` says that the way back is the branch's list."""

    id: Id
    branch: bool = False


class ItemHistory(CallbackData, prefix="rmhist"):
    """To what happened to an item."""

    id: Id
    branch: bool = False


class ChooseState(CallbackData, prefix="rmchoose"):
    """Report on an item of a digest: the next tap is the state, and sends it."""

    id: Id


class StartReport(CallbackData, prefix="rmrep"):
    """Report a state; a comment may follow."""

    id: Id
    version: Version
    state: State


class SendReport(CallbackData, prefix="rmsend"):
    """Send the report as it is."""

    id: Id
    version: Version
    state: State
