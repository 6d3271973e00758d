"""What the buttons of workbooks and archives carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.meetings.papers.callbacks import Language
from handlers.ui.numbers import Id, Page


class Exchange(CallbackData, prefix="mx"):
    """To what can be done with workbooks of meetings."""


class Template(CallbackData, prefix="mxt"):
    """Have the empty form sent."""

    language: Language


class Export(CallbackData, prefix="mxe"):
    """Have the meetings sent that the person prepares."""

    language: Language


class SendBook(CallbackData, prefix="mxs"):
    """A filled workbook is awaited from now on."""


class LookAt(CallbackData, prefix="mxl"):
    """A page of what the workbook would add, or of what is wrong with it."""

    page: Page = 0


class AddAll(CallbackData, prefix="mxa"):
    """Add all of the workbook that was shown with this ``seal``."""

    seal: str


class Archive(CallbackData, prefix="mxz"):
    """Have everything of a meeting sent as one packed file."""

    id: Id
