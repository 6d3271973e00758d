"""The last meeting held, and what has to be said before it."""

from markupsafe import Markup

from handlers.turn import Turn
from handlers.ui import dates
from storage import meetings
from storage.meetings import Meeting


async def last(turn: Turn, body: str | None = None) -> tuple[Meeting | None, Markup | None]:
    """The meeting (of ``body``) that was held last, and a word on a later one without a summary.

    When only that one is known, it is the answer; None when there is neither.
    """
    held = await turn.read(meetings.last_held, turn.actor, body)
    silent = await turn.read(meetings.silent, turn.actor, turn.now, body)
    if silent is None:
        return held, None
    if held is None:
        return await turn.read(meetings.get, turn.actor, silent.id), None
    if held.starts_at is not None and held.starts_at >= silent.starts_at:
        return held, None
    day = dates.short_day(turn.t, silent.starts_at.astimezone(turn.zone).date(), turn.today)
    word = turn.t(
        "The summary of the meeting of {date} is not entered yet. The one before:", date=day
    )
    return held, word
