"""What the buttons of a request's clocks carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id, Version

Days = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Pause(CallbackData, prefix="rqstop"):
    """The voter is asked for something: the own clock stands; the reason comes next."""

    id: Id
    version: Version


class GoOn(CallbackData, prefix="rqgo"):
    """The clock runs again."""

    id: Id
    version: Version


class Extend(CallbackData, prefix="rqext"):
    """To a later day, of the own clock or the body's."""

    id: Id
    version: Version
    clock: str = ""  # own, legal; empty: to be chosen


class ExtendTo(CallbackData, prefix="rqextd"):
    """The later day, by its ordinal (``date.toordinal``)."""

    id: Id
    day: Days


class WhyDue(CallbackData, prefix="rqwhy"):
    """To the days of a term, of the own clock or the body's."""

    id: Id
    clock: str = "own"


class LookAtExtension(CallbackData, prefix="rqextq"):
    """To the extension that waits for a decision."""

    id: Id


class DecideExtension(CallbackData, prefix="rqexty"):
    """Approve it, or refuse it."""

    id: Id
    extension: Id
    version: Version
    yes: bool
