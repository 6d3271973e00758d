"""What the buttons of roadmaps in workbooks carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id, Page

Place = Annotated[int, Field(ge=0, le=200)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class Books(CallbackData, prefix="rbooks"):
    """What can be done with workbooks."""


class ExportRoadmap(CallbackData, prefix="rbexp"):
    """Have the roadmap sent as a workbook."""


class SendRoadmap(CallbackData, prefix="rbsend"):
    """A workbook is awaited from now on."""


class Columns(CallbackData, prefix="rbcols"):
    """A page of the columns that were recognised."""

    page: Page = 0


class ColumnOf(CallbackData, prefix="rbcol"):
    """Choose what a column of a table holds."""

    table: Place
    place: Place


class SetColumn(CallbackData, prefix="rbset"):
    """It holds this, or (""): nothing that is read."""

    table: Place
    place: Place
    field: str = ""


class PlanYear(CallbackData, prefix="rbyear"):
    """The year of the plan."""

    year: Year


class ChooseBranch(CallbackData, prefix="rbbr"):
    """Which branch the lines without a territory are of."""


class SetBranch(CallbackData, prefix="rbsbr"):
    """This one."""

    branch: Id


class Look(CallbackData, prefix="rblook"):
    """A page of what the workbook would do, or of what is wrong with it."""

    page: Page = 0


class BringAll(CallbackData, prefix="rball"):
    """Bring all of what was shown with this ``seal``."""

    seal: str
