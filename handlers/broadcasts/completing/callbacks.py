"""What the buttons about what a draft has carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone


class ShowCopy(CallbackData, prefix="bcshow"):
    """Send the very copy to the author."""

    id: Id


class Complete(CallbackData, prefix="bcmore"):
    """To what else a draft may have: buttons, the other language."""

    id: Id


class Extra(StrEnum):
    """What is switched on and off."""

    CONFIRMS = "confirms"
    ASKS = "asks"
    SILENT = "silent"
    PINS = "pins"
    OFFICE_HOURS = "office"
    REPLIES = "replies"


class Switch(CallbackData, prefix="bcsw"):
    """Switch one of the extras of a draft."""

    id: Id
    version: Count
    extra: Extra


class AskLinks(CallbackData, prefix="bclinks"):
    """Write the links of a draft."""

    id: Id
    version: Count


class DropLinks(CallbackData, prefix="bcnolinks"):
    """Take the links of a draft away."""

    id: Id
    version: Count


class Reader(StrEnum):
    """For whose readers a version is."""

    KK = "kk"
    RU = "ru"


class AskVersion(CallbackData, prefix="bcver"):
    """Write the version for those who read ``language``."""

    id: Id
    version: Count
    language: Reader


class DropVersion(CallbackData, prefix="bcnover"):
    """Take the version in the other language away."""

    id: Id
    version: Count


class WriteOn(CallbackData, prefix="bcon"):
    """Write more below the words of a draft: one message of Telegram's may not hold them."""

    id: Id
    version: Count


class AskMeeting(CallbackData, prefix="bcrsvp"):
    """Which meeting's invitation a draft lets answer: meetings to choose from."""

    id: Id


class TakeMeeting(CallbackData, prefix="bcrsvpto"):
    """The meeting whose invitation it lets answer; 0: none."""

    id: Id
    version: Count
    meeting_id: IdOrNone
