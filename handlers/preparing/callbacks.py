"""What the buttons of preparing a question carry."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import IdOrNone, Page


class Prepare(CallbackData, prefix="pqopen"):
    """What to prepare: a direction, a territory, the quarterly report; a page of directions."""

    page: Page = 0


class Territories(CallbackData, prefix="pqterr"):
    """Choose the territory, within a direction (its key) or in all of them ("")."""

    direction: str = ""


class Question(CallbackData, prefix="pqq"):
    """What stands on a direction ("": all) and a branch (0: all)."""

    direction: str = ""
    branch: IdOrNone = 0


class QuestionFile(CallbackData, prefix="pqfile"):
    """The reference as a document, or the report as a workbook or a document."""

    form: Literal["question", "report", "book"]
    direction: str = ""
    branch: IdOrNone = 0
