"""The screens of a meeting's list, read anew."""

from handlers.meetings.invitees import callbacks, screens
from handlers.turn import Turn
from handlers.ui.screen import Screen
from storage import meetings
from storage.meetings import Meeting, invitees
from storage.meetings.invitees import Invitee


async def overview(turn: Turn, meeting_id: int) -> Screen:
    """How many answered what."""
    counts = await turn.read(invitees.counts, turn.actor, meeting_id)
    return screens.overview(turn, await meeting_of(turn, meeting_id), counts)


async def one_of(turn: Turn, one: Invitee, toast: str | None = None) -> Screen:
    """One of them."""
    meeting = await meeting_of(turn, one.meeting_id)
    return screens.person(turn, meeting, one, callbacks.Names(id=meeting.id), toast=toast)


async def meeting_of(turn: Turn, meeting_id: int) -> Meeting:
    """The meeting. Raises NotFound."""
    return await turn.read(meetings.get, turn.actor, meeting_id)
