"""What the buttons of primary organisations carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page, Version


class Primaries(CallbackData, prefix="prims"):
    """A page of a branch's primary organisations, or (0) of the branches that have some to keep."""

    branch: IdOrNone = 0
    page: Page = 0


class OpenPrimary(CallbackData, prefix="primopen"):
    """To one of them."""

    id: Id


class AddPrimaries(CallbackData, prefix="primadd"):
    """Write new ones for a branch."""

    branch: Id


class RenamePrimary(CallbackData, prefix="primname"):
    """Write its names anew."""

    id: Id
    version: Version


class PrimaryActive(CallbackData, prefix="primact"):
    """Close it, or open it again."""

    id: Id
    version: Version
    active: bool


class Members(CallbackData, prefix="primmem"):
    """The people of the branch, and which of them belong to it; at a page."""

    id: Id
    page: Page = 0


class SwitchMember(CallbackData, prefix="primsw"):
    """Somebody belongs to it, or no more."""

    id: Id
    person: Id
    page: Page = 0
