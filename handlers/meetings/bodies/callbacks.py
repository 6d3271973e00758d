"""What the buttons of a body carry; it is reached from one of its meetings."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id, Page
from storage.rules.quorum import GREATEST

Part = Annotated[int, Field(ge=1, le=GREATEST)]


class Body(CallbackData, prefix="mbody"):
    """To the rule of the body of a meeting."""

    id: Id  # of the meeting


class SetShare(CallbackData, prefix="mbodyshare"):
    """So many of the elected members must be there."""

    id: Id
    version: Count
    numerator: Part
    denominator: Part
    strict: bool


class SetDeputies(CallbackData, prefix="mbodydep"):
    """Whether a member may send a stand-in."""

    id: Id
    version: Count
    allowed: bool


class AskElected(CallbackData, prefix="mbodynum"):
    """To the number of elected members."""

    id: Id


class CountKept(CallbackData, prefix="mbodykept"):
    """As many were elected as are kept."""

    id: Id
    version: Count


class Members(CallbackData, prefix="mbodylist"):
    """To the elected members that are kept."""

    id: Id
    page: Page = 0


class AskElect(CallbackData, prefix="mbodyadd"):
    """To a name that is typed."""

    id: Id


class Elect(CallbackData, prefix="mbodyadds"):
    """A registered person becomes a member."""

    id: Id
    person: Id


class AskRelease(CallbackData, prefix="mbodydel"):
    """To a look at who would be a member no more."""

    id: Id
    member: Id
    page: Page = 0


class Release(CallbackData, prefix="mbodydelgo"):
    """A member is one no more."""

    id: Id
    member: Id
