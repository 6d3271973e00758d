"""What the buttons of materials carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page


class Materials(CallbackData, prefix="mat"):
    """To the files of an item, with 0 to all of the meeting that one may see."""

    meeting: Id
    item: IdOrNone = 0
    page: Page = 0


class OpenMaterial(CallbackData, prefix="mato"):
    """Have a file sent."""

    id: Id


class SendMaterials(CallbackData, prefix="mats"):
    """Add files to an item, with 0 to the meeting as a whole."""

    meeting: Id
    item: IdOrNone = 0


class RemoveMaterial(CallbackData, prefix="matr"):
    """Take a file away; ``sure`` after the question."""

    id: Id
    sure: bool = False
