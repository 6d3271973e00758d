"""What the buttons of workbooks of requests carry."""

from aiogram.filters.callback_data import CallbackData


class Books(CallbackData, prefix="rqx"):
    """To what can be done with the requests behind one filter: open, overdue, closed."""

    which: str = "open"


class Export(CallbackData, prefix="rqxe"):
    """Have the requests behind a filter sent; ``contacts``: with what tells who the voters are."""

    which: str = "open"
    contacts: bool = False


class Template(CallbackData, prefix="rqxt"):
    """Have the empty form sent."""


class SendBook(CallbackData, prefix="rqxs"):
    """A filled form is awaited from now on."""


class AddAll(CallbackData, prefix="rqxa"):
    """Register all of the form that was shown with this ``seal``."""

    seal: str
