"""What the buttons of passing requests on carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id, Version

Page = Annotated[int, Field(ge=0, le=2**31 - 1)]


class HandOver(CallbackData, prefix="rqhand"):
    """To the deputies to whom a request may be handed, at a page."""

    id: Id
    version: Version
    page: Page = 0


class HandTo(CallbackData, prefix="rqhto"):
    """Hand a request to one deputy; ``sure`` after it was shown what happens."""

    id: Id
    version: Version
    person_id: Id
    sure: bool = False


class HandWord(CallbackData, prefix="rqhwd"):
    """Write a word for the deputy to whom a request is handed."""

    id: Id
    version: Version
    person_id: Id


class Take(CallbackData, prefix="rqacc"):
    """Take the request that was handed over."""

    id: Id
    version: Version


class GiveBack(CallbackData, prefix="rqback"):
    """Give the request back that was handed over."""

    id: Id
    version: Version


class Similars(CallbackData, prefix="rqsim"):
    """To the requests that may be about the same matter."""

    id: Id


class TypeMain(CallbackData, prefix="rqmrn"):
    """Write the number of the main request."""

    id: Id


class MergeInto(CallbackData, prefix="rqmrg"):
    """Merge a request into the main one; ``sure`` after it was shown what happens."""

    id: Id
    version: Version
    into: Id
    into_version: Version
    sure: bool = False


class PartAgain(CallbackData, prefix="rqprt"):
    """Undo a merging; ``sure`` after it was shown what happens."""

    id: Id
    version: Version
    sure: bool = False


class SplitOff(CallbackData, prefix="rqspl"):
    """Write the second matter of a request."""

    id: Id
    version: Version
