"""What the buttons of meetings carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone


class NextMeeting(CallbackData, prefix="mnext"):
    """To the nearest meeting."""


class MeetingList(CallbackData, prefix="mlist"):
    """To a page of the meetings ahead, or of those behind; of one body, of one branch."""

    page: int = 0
    past: bool = False
    body: str = ""  # of every body
    branch: IdOrNone = 0


class OpenMeeting(CallbackData, prefix="mopen"):
    """To a meeting's card; ``page`` is that of its agenda."""

    id: int
    page: int = 0


class OpenItem(CallbackData, prefix="mitem"):
    """To an item of a meeting's agenda; ``page`` is that of its proposals."""

    id: int  # of the meeting
    number: int
    page: int = 0


class Summary(CallbackData, prefix="msum"):
    """To the summary of a meeting, of the last one held when none is named."""

    id: int | None = None


class WholeSummary(CallbackData, prefix="msumall"):
    """To everything that was written in the summary of a meeting."""

    id: Id
