"""Days that the person of a turn types: the present and the farthest day are the turn's own."""

from datetime import time

from markupsafe import Markup

from handlers.turn import Turn
from handlers.ui import calendar, date_mistakes, texts
from handlers.ui.screen import MAX_TEXT
from handlers.ui.typed_dates import DateMistake, Kind, TypedDate, read_date, read_time


def typed_day(turn: Turn, text: str) -> TypedDate:
    """Read a day that is ahead and still on the calendar. Raises DateMistake."""
    return read_date(text, turn.local, farthest=calendar.farthest(turn.today))


def told(turn: Turn, mistake: DateMistake, *, at: bool = False) -> Markup:
    """The mistake in words; ``at``: a time alone was asked for."""
    return date_mistakes.told(turn.t, mistake, turn.local, at=at)


def day_in(turn: Turn, typed: str | None) -> TypedDate | Markup:
    """The day, perhaps with its time, of a message's text; or the mistake in words."""
    text = texts.typed(typed, MAX_TEXT)
    if isinstance(text, texts.Mistake):
        return texts.told(turn.t, text, MAX_TEXT)
    try:
        return typed_day(turn, text)
    except DateMistake as mistake:
        return told(turn, mistake)


def hour_in(turn: Turn, typed: str | None) -> time | TypedDate | Markup:
    """The time of day in a message's text, «27.11 15:00» as a day; or the mistake in words."""
    text = texts.typed(typed, MAX_TEXT)
    if isinstance(text, texts.Mistake):
        return texts.told(turn.t, text, MAX_TEXT)
    try:
        return read_time(text)
    except DateMistake as mistake:
        if mistake.kind is not Kind.NOT_UNDERSTOOD:
            return told(turn, mistake)
    try:
        return typed_day(turn, text)
    except DateMistake as mistake:
        return told(turn, mistake, at=True)
