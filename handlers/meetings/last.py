"""The last meeting held, and what has to be said before it."""

from dataclasses import replace

from markupsafe import Markup

from handlers.meetings import screens
from handlers.turn import Turn
from handlers.ui import dates
from handlers.ui.screen import Screen
from storage import meetings
from storage.meetings import Meeting, telling


async def last(turn: Turn, body: str | None = None) -> tuple[Meeting | None, Markup | None]:
    """The meeting (of ``body``) that was held last, and a word on a later one without a summary.

    When only that one is known, it is the answer; None when there is neither.
    """
    held = await turn.read(meetings.last_held, turn.actor, body, papers=not turn.in_group)
    silent = await turn.read(meetings.silent, turn.actor, turn.now, body)
    if silent is None:
        return held, None
    if held is None:
        only = await turn.read(meetings.get, turn.actor, silent.id, drafts=not turn.in_group)
        return only, None
    if held.starts_at is not None and held.starts_at >= silent.starts_at:
        return held, None
    day = dates.short_day(turn.t, silent.starts_at.astimezone(turn.zone).date(), turn.today)
    word = turn.t(
        "The summary of the meeting of {date} is not entered yet. The one before:", date=day
    )
    return held, word


async def summed_up(turn: Turn, meeting: Meeting, word: Markup | None = None) -> Screen:
    """The summary of a meeting, with its figures and what is to be done; ``word`` comes first."""
    told = await turn.read(telling.told, meeting)
    if turn.in_group:  # who has to do what is not for everybody who reads it there
        told = replace(told, instructions=())
    return screens.summary(turn, meeting, told, word=word)
