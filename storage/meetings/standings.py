"""How a called meeting stands for one person: their invitation, the quorum, the vote under way."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, RowMapping

from storage.meetings.answers import Invitation, invitation
from storage.meetings.ballot_notices import under_way
from storage.meetings.bodies import OBSERVER
from storage.meetings.preparing import prepares
from storage.meetings.quorums import Quorum, quorum
from storage.rules.access import Actor
from storage.rules.meeting_states import CALLED, IN_PROGRESS


@dataclass(frozen=True)
class Standing:
    """What a meeting's card says beside the meeting itself."""

    invitation: Invitation | None = None
    quorum: Quorum | None = None  # only while it goes on, as all that follows
    ballot_id: int | None = None
    speaks: bool = False  # whether they may propose something on the item under discussion


NOTHING = Standing()


def standing(tx: Connection, actor: Actor, meeting: RowMapping) -> Standing:
    """How ``meeting`` (a row of the table) stands for ``actor``."""
    if meeting["state"] not in CALLED:
        return NOTHING
    meeting_id = meeting["id"]
    mine = invitation(tx, actor.person_id, meeting_id, meeting["branch_id"], meeting["body"])
    if meeting["state"] != IN_PROGRESS:
        return Standing(mine)
    return Standing(
        mine,
        quorum(tx, meeting_id, _day(meeting)),
        under_way(tx, meeting_id),
        speaks=prepares(actor, meeting["branch_id"], meeting["body"])
        or (mine is not None and mine.capacity != OBSERVER),
    )


def _day(meeting: RowMapping) -> date:
    """The day of a meeting that goes on, of UTC: near enough to tell who is a member still."""
    begun = meeting["began_at"] or meeting["starts_at"]
    return begun.date() if begun else date.max
