"""One step of a meeting: by whoever prepares it, from the version that was seen."""

from typing import Any, NoReturn

from sqlalchemy import Connection, update

from storage import audit
from storage.errors import NotPossible
from storage.meetings import reading
from storage.meetings.preparing import demand
from storage.meetings.records import Meeting
from storage.rules.access import Actor
from storage.rules.meeting_states import may_follow
from storage.tables import meetings

SUBJECT = "meeting"  # of the audit


def managed(tx: Connection, actor: Actor, meeting_id: int) -> Meeting:
    """A meeting that ``actor`` prepares. Raises NotFound and NotAllowed."""
    meeting = reading.get(tx, actor, meeting_id)
    demand(actor, meeting.branch_id, meeting.body)
    return meeting


def step(
    tx: Connection, meeting: Meeting, version: int, state: str | None = None, **values: Any
) -> None:
    """Change the meeting as it was seen in ``version``; ``state`` is the one it goes to.

    Raises AlreadyChanged (by whom, when) and NotPossible with the state it cannot leave so.
    """
    if meeting.version != version:
        already_changed(tx, meeting.id)
    if state is not None:
        if not may_follow(meeting.state, state):
            raise NotPossible(meeting.state)
        values["state"] = state
    done = tx.execute(
        update(meetings)
        .where(meetings.c.id == meeting.id, meetings.c.version == version)
        .values(version=meetings.c.version + 1, **values)
    )
    if done.rowcount != 1:
        already_changed(tx, meeting.id)


def already_changed(tx: Connection, meeting_id: int) -> NoReturn:
    """Raise AlreadyChanged with who changed the meeting last."""
    raise audit.overtaken(tx, SUBJECT, meeting_id)
