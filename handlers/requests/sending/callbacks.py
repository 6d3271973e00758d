"""What the buttons of sending a request to a body carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, Page, Version


class ChooseBody(CallbackData, prefix="rqbods"):
    """To the bodies of the directory, at a page."""

    id: Id
    version: Version
    page: Page = 0


class SendTo(CallbackData, prefix="rqbody"):
    """This body; its number comes next."""

    id: Id
    version: Version
    body: Id


class SendPlain(CallbackData, prefix="rqplain"):
    """A body that is not in the directory: its name comes next."""

    id: Id
    version: Version


class NoteNumber(CallbackData, prefix="rqbnum"):
    """To the number and the day at the body, which came later."""

    id: Id
    version: Version


class WithoutNumber(CallbackData, prefix="rqnonum"):
    """The body's number is not known."""

    id: Id


class NotRegistered(CallbackData, prefix="rqnoday"):
    """The body has not registered it yet."""

    id: Id
