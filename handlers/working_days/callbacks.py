"""What the buttons of the working calendar carry; days are ISO."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Version

PURPOSE = "moved_day"  # of the month in which a day is tapped

# A forged number beyond the database's own is no button of ours.
YearNumber = Annotated[int, Field(ge=0, le=9999)]


class OpenYear(CallbackData, prefix="wdyear"):
    """To a page of a year's calendar; year 0 is this one, page -1 is where today stands."""

    year: YearNumber = 0
    page: int = -1


class ConfirmYear(CallbackData, prefix="wdright"):
    """The year's calendar is right as it was shown."""

    year: YearNumber
    seal: str


class OpenDay(CallbackData, prefix="wdday"):
    """To a day that was moved."""

    day: str


class ForgetDay(CallbackData, prefix="wdback"):
    """Leave the day as it is published."""

    day: str
    version: Version


class MoveDay(CallbackData, prefix="wdnew"):
    """Move a day: one that is named, or one that is asked for."""

    day: str = ""


class ToStep(CallbackData, prefix="wdstep"):
    """Back to a step."""

    step: str


class ChooseKind(CallbackData, prefix="wdkind"):
    """The day is worked, or is off."""

    is_working: bool


class SkipNote(CallbackData, prefix="wdnonote"):
    """No note."""


class SaveDay(CallbackData, prefix="wdsave"):
    """Keep the day as it was shown."""

    seal: str
