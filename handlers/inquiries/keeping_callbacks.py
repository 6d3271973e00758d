"""What the buttons of the directory of bodies and of the settings carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page, Version


class Bodies(CallbackData, prefix="bdlist"):
    """A page of the directory."""

    page: Page = 0


class OpenBody(CallbackData, prefix="bdopen"):
    """To the card of a body."""

    id: Id


class AddBody(CallbackData, prefix="bdadd"):
    """Add a body: of a branch, or (0) the branch is asked for."""

    branch: IdOrNone = 0


class RenameBody(CallbackData, prefix="bdname"):
    """Write one of its names anew."""

    id: Id
    version: Version
    field: str


class BodyActive(CallbackData, prefix="bdact"):
    """Close it, or open it again."""

    id: Id
    version: Version
    active: bool


class AcceptBody(CallbackData, prefix="bdyes"):
    """Take a proposed one into the directory."""

    id: Id
    version: Version


class SkipHead(CallbackData, prefix="bdskip"):
    """Whom the letter addresses stays out."""


class InquirySettings(CallbackData, prefix="iqset"):
    """Terms and words."""


class SetTerm(CallbackData, prefix="iqterm"):
    """Write the term of a level."""

    level: str


class LetterWords(CallbackData, prefix="iqwords"):
    """The fixed words of a letter in a language."""

    language: str


class SetWords(CallbackData, prefix="iqword"):
    """Write one of them."""

    name: str
    language: str
