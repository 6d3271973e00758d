"""What the buttons of tasks on personal data carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, Version
from storage.data_tasks.tasks import Kind


class DataTasks(CallbackData, prefix="dt"):
    """The tasks that are open."""


class AskNumber(CallbackData, prefix="dta"):
    """A new one, for a phone or an IIN that is typed next."""

    kind: Kind


class AskKind(CallbackData, prefix="dtr"):
    """What does the voter of this request ask for?"""

    id: Id


class BeginOf(CallbackData, prefix="dtb"):
    """A new one, for the voter of a request."""

    id: Id
    kind: Kind


class OpenTask(CallbackData, prefix="dto"):
    """To one task."""

    id: Id


class GiveData(CallbackData, prefix="dtg"):
    """The file for the person; it closes the task."""

    id: Id
    version: Version


class EraseData(CallbackData, prefix="dte"):
    """Erase; ``sure`` after it was shown what."""

    id: Id
    version: Version
    sure: bool = False


class DropTask(CallbackData, prefix="dtd"):
    """Close it with nothing done: nobody asked for it."""

    id: Id
    version: Version
