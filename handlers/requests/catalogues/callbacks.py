"""What the buttons of the list of categories carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Page, Version


class Categories(CallbackData, prefix="ctlist"):
    """A page of the categories."""

    page: Page = 0


class OpenCategory(CallbackData, prefix="ctopen"):
    """To one category."""

    code: str


class AddCategory(CallbackData, prefix="ctadd"):
    """Write a new one."""


class EditCategory(CallbackData, prefix="ctedit"):
    """Write one of its fields anew."""

    code: str
    version: Version
    field: str


class CategoryActive(CallbackData, prefix="ctact"):
    """Close it, or open it again."""

    code: str
    version: Version
    active: bool


class MoveCategory(CallbackData, prefix="ctmove"):
    """Let it change places with its neighbour."""

    code: str
    version: Version
    up: bool
