"""What the buttons of the settings of requests carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Version
from storage.rules.request_states import Part, RequestState

STATES = tuple(RequestState)
# A state's place in STATES: two names of states would not fit into a button.
StateNumber = Annotated[int, Field(ge=0, lt=len(STATES))]


class RequestSettings(CallbackData, prefix="rsets"):
    """To all that is set of requests and inquiries."""


class Escalation(CallbackData, prefix="rsesc"):
    """To the days after which those above a deputy hear of a request."""


class Steps(CallbackData, prefix="rsteps"):
    """To the states whose steps can be set."""


class StepsFrom(CallbackData, prefix="rsfrom"):
    """To the steps from one state."""

    before: StateNumber


class OneStep(CallbackData, prefix="rsone"):
    """To those to whom one step is open."""

    before: StateNumber
    after: StateNumber


class SwitchStep(CallbackData, prefix="rsswi"):
    """Open a step to somebody, or close it."""

    before: StateNumber
    after: StateNumber
    who: Part
    version: Version
    allowed: bool
