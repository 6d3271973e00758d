"""What the buttons of the voter's side carry: the code is the right, so each carries it."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id

Code = Annotated[str, Field(max_length=24)]


class VoterLink(CallbackData, prefix="rqlink"):
    """The deputy: to the link that the voter gets."""

    id: Id


class NewLink(CallbackData, prefix="rqlinkn"):
    """The deputy: another link instead of that of the code ``before``."""

    id: Id
    before: Code


class AskNewLink(CallbackData, prefix="rqlinkq"):
    """The deputy: is another link to be made?"""

    id: Id


class AnswerVoter(CallbackData, prefix="rqans"):
    """The deputy: to write what the voter may read."""

    id: Id


class AskCode(CallbackData, prefix="vcode"):
    """The voter: to type the code or paste the link."""


class Look(CallbackData, prefix="vlook"):
    """The voter: how it stands now."""

    code: Code


class Follow(CallbackData, prefix="vfol"):
    """The voter: be told of changes, or no more."""

    code: Code
    on: bool = True


class Rate(CallbackData, prefix="vrate"):
    """The voter: a mark for the outcome."""

    code: Code
    mark: Annotated[int, Field(ge=0, le=9)]


class Solved(CallbackData, prefix="vsol"):
    """The voter: whether it was really solved."""

    code: Code
    yes: bool
