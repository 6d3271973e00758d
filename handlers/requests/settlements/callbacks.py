"""What the buttons of settlements carry: of keeping them, and of picking one for a request."""

from aiogram.filters.callback_data import CallbackData

from handlers.requests.callbacks import DraftId
from handlers.ui.numbers import Id, IdOrNone, Page, Version


class Settlements(CallbackData, prefix="setlist"):
    """A page of a branch's settlements, or (0) of the branches that have some to keep."""

    branch: IdOrNone = 0
    page: Page = 0


class OpenSettlement(CallbackData, prefix="setopen"):
    """To one settlement."""

    id: Id


class AddSettlements(CallbackData, prefix="stadd"):
    """Write new ones for a branch."""

    branch: Id


class RenameSettlement(CallbackData, prefix="stname"):
    """Write one of its names anew."""

    id: Id
    version: Version
    field: str


class SettlementActive(CallbackData, prefix="stact"):
    """Close it, or open it again."""

    id: Id
    version: Version
    active: bool


class DraftSettlements(CallbackData, prefix="stdpg"):
    """The settlements to choose from for a draft, at a page."""

    draft: DraftId
    page: Page = 0


class DraftSettlement(CallbackData, prefix="stdone"):
    """The settlement of the draft."""

    draft: DraftId
    id: Id


class RequestSettlements(CallbackData, prefix="strpg"):
    """The settlements to choose from for a registered request, at a page."""

    id: Id
    page: Page = 0


class RequestSettlement(CallbackData, prefix="strone"):
    """The settlement of a registered request."""

    id: Id
    version: Version
    settlement: Id
