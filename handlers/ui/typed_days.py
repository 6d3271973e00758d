"""Days that the person of a turn types: the present and the farthest day are the turn's own."""

from markupsafe import Markup

from handlers.turn import Turn
from handlers.ui import calendar, date_mistakes
from handlers.ui.typed_dates import DateMistake, TypedDate, read_date


def typed_day(turn: Turn, text: str) -> TypedDate:
    """Read a day that is ahead and still on the calendar. Raises DateMistake."""
    return read_date(text, turn.local, farthest=calendar.farthest(turn.today))


def told(turn: Turn, mistake: DateMistake, *, at: bool = False) -> Markup:
    """The mistake in words; ``at``: a time alone was asked for."""
    return date_mistakes.told(turn.t, mistake, turn.local, at=at)
