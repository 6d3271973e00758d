"""What the buttons about what became of it carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class AskNudge(CallbackData, prefix="bcasknudge"):
    """Before those are asked again who have not confirmed."""

    id: Id


class Nudge(CallbackData, prefix="bcnudge"):
    """Ask the counted ``people`` again."""

    id: Id
    people: Count


class AskAgain(CallbackData, prefix="bcaskagain"):
    """Before the uncertain copies are sent again."""

    id: Id


class Again(CallbackData, prefix="bcagain"):
    """Send again to the counted ``people`` of whom nobody knows."""

    id: Id
    people: Count


class Report(CallbackData, prefix="bcrep"):
    """To the report: a workbook, phones."""

    id: Id


class Book(CallbackData, prefix="bcbook"):
    """Have the workbook sent, with ``phones`` of those who were not reached or without."""

    id: Id
    phones: bool = False


class Phones(CallbackData, prefix="bcphones"):
    """Open the phones of those who were not reached, a page of them."""

    id: Id
    page: Count = 0


class AskPhone(CallbackData, prefix="bcphone"):
    """Enter the phone of somebody whom the broadcast did not reach."""

    id: Id
    person_id: Id
