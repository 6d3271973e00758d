"""The steps of a meeting's life that tell nobody: begun, held, archived; a draft thrown away.

Announcing is in ``announcements``, another day and cancelling in ``moving``.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from storage import audit
from storage.errors import NotPossible
from storage.meetings import agenda, ballot_notices, clauses, reading, series, sitting
from storage.meetings.records import Meeting
from storage.meetings.steps import SUBJECT, already_changed, managed, step
from storage.rules.access import Actor
from storage.rules.meeting_states import ARCHIVED, DRAFT, HELD, IN_PROGRESS
from storage.tables import agenda_items, meetings

# A meeting begins some hours before its time at most: a tap days ahead is a slip.
EARLY = timedelta(hours=12)


def begin(tx: Connection, actor: Actor, meeting_id: int, version: int, now: datetime) -> Meeting:
    """The meeting goes on now; return it. Raises as ``step``, and NotPossible("too_early")."""
    meeting = managed(tx, actor, meeting_id)
    if meeting.starts_at is not None and now < meeting.starts_at - EARLY:
        raise NotPossible("too_early")
    step(tx, meeting, version, IN_PROGRESS, began_at=now)
    return _done(tx, actor, meeting_id, "begin_meeting", now)


def end(
    tx: Connection, actor: Actor, meeting_id: int, version: int, now: datetime, zone: ZoneInfo
) -> Meeting:
    """The meeting was held; return it. The next one of its series is there as a draft.

    What was under discussion is done with. Raises as ``step``, and NotPossible("ballot_open"): a
    vote that nobody closes would go on after the minutes.
    """
    meeting = managed(tx, actor, meeting_id)
    step(tx, meeting, version, HELD, ended_at=now, item_id=None)
    if ballot_notices.under_way(tx, meeting_id) is not None:
        raise NotPossible("ballot_open")
    sitting.done_with_open(tx, meeting_id)
    if meeting.series_id is not None:
        series.follow(tx, meeting.series_id, now, zone)
    return _done(tx, actor, meeting_id, "end_meeting", now)


def archive(tx: Connection, actor: Actor, meeting_id: int, version: int, now: datetime) -> Meeting:
    """Nothing is left to do with a meeting whose minutes are signed.

    Raises as ``step``, and NotPossible("unapproved") while the final document has clauses that
    nobody approved: in the archive they would never come under control.
    """
    meeting = managed(tx, actor, meeting_id)
    step(tx, meeting, version, ARCHIVED)
    if meeting.document_at is None and clauses.of_meeting(tx, meeting_id):
        raise NotPossible("unapproved")
    return _done(tx, actor, meeting_id, "archive_meeting", now)


def throw_away(tx: Connection, actor: Actor, meeting_id: int, version: int, now: datetime) -> None:
    """Delete a draft with its agenda; what was carried over to it waits where it stood before.

    Raises as ``step``; NotPossible when it is no draft.
    """
    meeting = managed(tx, actor, meeting_id)
    if meeting.version != version:
        already_changed(tx, meeting_id)
    if meeting.state != DRAFT:
        raise NotPossible(meeting.state)
    carried = select(agenda_items.c.carried_from).where(agenda_items.c.meeting_id == meeting_id)
    agenda.wait_again(tx, tx.execute(carried).scalars().all())
    tx.execute(delete(meetings).where(meetings.c.id == meeting_id))
    audit.record(tx, actor, now, "delete_draft", SUBJECT, meeting_id)


def _done(tx: Connection, actor: Actor, meeting_id: int, action: str, now: datetime) -> Meeting:
    audit.record(tx, actor, now, action, SUBJECT, meeting_id)
    return reading.get(tx, actor, meeting_id)
