"""What the buttons of the indicators carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id, IdOrNone, Page, Version
from storage.indicators import Which
from storage.rules.reporting_periods import FIRST_YEAR, LAST_YEAR

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
YearOrNone = Annotated[int, Field(ge=0, le=LAST_YEAR)]  # 0: this one
Month = Annotated[int, Field(ge=1, le=12)]


class Indicators(CallbackData, prefix="inlist"):
    """A page of the indicators one sees."""

    which: Which = Which.ALL
    page: Page = 0


class OpenIndicator(CallbackData, prefix="inopen"):
    """To one indicator."""

    id: Id


class IndicatorChart(CallbackData, prefix="inchart"):
    """Plan, fact and trend as a picture."""

    id: Id


class IndicatorHistory(CallbackData, prefix="inhist"):
    """To what was planned, reported and changed."""

    id: Id


class ChoosePeriod(CallbackData, prefix="infact"):
    """Report a fact: of which period?"""

    id: Id
    version: Version


class SnoozeFact(CallbackData, prefix="inlater"):
    """Put the reminder of a figure off; by how many days is chosen next (0)."""

    id: Id
    days: Count = 0


class FactOf(CallbackData, prefix="infof"):
    """The fact of this period is typed next."""

    id: Id
    version: Version
    year: Year
    month: Month


class SureOfFact(CallbackData, prefix="insure"):
    """The doubtful value is right."""


class AddIndicator(CallbackData, prefix="inadd"):
    """Put down a new one, in this branch or (0) in one to choose."""

    branch: IdOrNone = 0


class KeepIndicator(CallbackData, prefix="inkeep"):
    """What can be changed of one."""

    id: Id


class EditIndicator(CallbackData, prefix="inedit"):
    """Another value of one field is typed or chosen next."""

    id: Id
    version: Version
    field: str
    page: Page = 0  # of the people, where one is chosen


class SetIndicator(CallbackData, prefix="inset"):
    """The chosen value of a field: a code, or a person's id."""

    id: Id
    version: Version
    field: str
    value: str


class Plans(CallbackData, prefix="inplans"):
    """The plans of a year."""

    id: Id
    year: YearOrNone = 0


class PlanOf(CallbackData, prefix="inplan"):
    """The plan of this period is typed next."""

    id: Id
    version: Version
    year: Year
    month: Month
