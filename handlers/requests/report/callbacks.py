"""What the buttons of the monthly report carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import IdOrNone, Page

Month = Annotated[int, Field(ge=2000 * 12, le=2200 * 12)]  # months since the year 0
MonthOrNone = Annotated[int, Field(ge=0, le=2200 * 12)]  # 0: this month


class OpenReport(CallbackData, prefix="rqrep"):
    """To the report on a month, of one branch or (0) of all that the person sees."""

    month: MonthOrNone = 0
    branch: IdOrNone = 0


class ChooseBranch(CallbackData, prefix="rqrepb"):
    """Choose the branch of the report."""

    month: Month


class ReportBook(CallbackData, prefix="rqrepx"):
    """Have the report sent as a workbook."""

    month: Month
    branch: IdOrNone = 0


class ReportCharts(CallbackData, prefix="rqrepc"):
    """Have the charts of the report sent."""

    month: Month
    branch: IdOrNone = 0


class ReportOverdue(CallbackData, prefix="rqrepo"):
    """A page of what the report calls overdue."""

    month: Month
    branch: IdOrNone = 0
    page: Page = 0
