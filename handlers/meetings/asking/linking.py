"""Links that open a meeting or an item of its agenda: ``t.me/<bot>?start=m12``, ``…=m12-3``."""

import re

from aiogram.filters import Filter
from aiogram.types import Message

from handlers.meetings import item_screen, screens
from handlers.turn import Turn
from handlers.ui.screen import Screen
from storage import meetings
from storage.errors import NotFound
from storage.meetings import papers

PAYLOAD = re.compile(r"m([1-9][0-9]{0,18})(?:-([1-9][0-9]{0,3}))?")


class ToMeeting(Filter):
    """A /start with the payload of such a link; whoever has no language yet chooses it first."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Say whether the message qualifies."""
        if turn.actor.language is None and not turn.in_group:
            return False
        _, _, payload = (message.text or "").partition(" ")
        return PAYLOAD.fullmatch(payload.strip()) is not None


def payload(meeting_id: int, number: int = 0) -> str:
    """The payload of the link to a meeting, or to the item ``number`` of its agenda."""
    return f"m{meeting_id}-{number}" if number else f"m{meeting_id}"


async def opened(turn: Turn, said: str) -> Screen:
    """What the link leads to, as far as this person (in a group: every member) may see it.

    Raises NotFound: a foreign or forged id looks like a missing one.
    """
    found = PAYLOAD.fullmatch(said)
    if found is None:
        raise NotFound("meeting")
    meeting_id, number = int(found[1]), found[2]
    own = not turn.in_group
    if number is None:
        return screens.card(turn, await turn.read(meetings.get, turn.actor, meeting_id, drafts=own))
    item = await turn.read(papers.numbered, turn.actor, meeting_id, int(number), papers=own)
    return item_screen.opened(turn, item)
