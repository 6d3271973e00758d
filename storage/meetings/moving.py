"""Another day or hour for a meeting, and cancelling it: told at once to those who were called."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from storage import audit, outbox
from storage.errors import NotPossible
from storage.meetings import change_notices, meeting_reminders, reading, times
from storage.meetings.records import Meeting
from storage.meetings.steps import SUBJECT, managed, step
from storage.rules.access import Actor
from storage.rules.meeting_states import CANCELLED, DRAFT, RESCHEDULED
from storage.tables import invitees
from storage.tables import outbox as messages

MOVED, DROPPED = "meeting_moved", "meeting_cancelled"  # of the outbox
REASON_LIMIT = 300  # characters


def set_day(
    tx: Connection, actor: Actor, meeting_id: int, version: int, starts_at: datetime, now: datetime
) -> Meeting:
    """Give a draft its day and hour; nobody is told. Raises as ``reschedule``."""
    meeting = managed(tx, actor, meeting_id)
    if meeting.state != DRAFT:
        raise NotPossible(meeting.state)
    _check(tx, meeting, starts_at, now)
    # What was known of the time before there was a day says nothing any more.
    step(tx, meeting, version, starts_at=starts_at, period_kk=None, period_ru=None)
    audit.record(tx, actor, now, "set_day", SUBJECT, meeting_id)
    return reading.get(tx, actor, meeting_id)


def reschedule(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    version: int,
    starts_at: datetime,
    reason: str | None,
    expected: int,
    now: datetime,
    zone: ZoneInfo,
) -> Meeting:
    """Move an announced meeting and tell everybody who had its first notice; return it.

    What they answered was for another hour, so they are asked anew; its reminders are planned
    anew. ``expected`` is the number of people the actor confirmed. Raises NotAllowed, NotFound,
    AlreadyChanged, and NotPossible (in_the_past, same_time, overlaps, too_long, others_called, or
    the state in which it cannot be moved).
    """
    meeting = managed(tx, actor, meeting_id)
    values = {"starts_at": starts_at, "was_at": meeting.starts_at, "reason": _short(reason)}
    step(tx, meeting, version, RESCHEDULED, **values)
    _check(tx, meeting, starts_at, now)
    change_notices.said(tx, meeting_id, now)
    _ask_anew(tx, meeting_id)
    meeting_reminders.replan(tx, meeting_id, now, zone)
    was = meeting.starts_at.isoformat() if meeting.starts_at else None
    params = {"meeting": meeting_id, "was": was, "to": starts_at.isoformat()}
    told = _tell(tx, meeting_id, f"{MOVED}:{meeting_id}:{version}", MOVED, params, expected, now)
    audit.record(tx, actor, now, "move_meeting", SUBJECT, meeting_id, recipients=told)
    return reading.get(tx, actor, meeting_id)


def cancel(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    version: int,
    reason: str,
    expected: int,
    now: datetime,
    zone: ZoneInfo,
) -> Meeting:
    """Cancel an announced meeting and tell everybody who had its first notice; return it.

    Raises as ``reschedule``, and NotPossible("no_reason").
    """
    meeting = managed(tx, actor, meeting_id)
    if not reason.strip():
        raise NotPossible("no_reason")
    step(tx, meeting, version, CANCELLED, reason=_short(reason))
    meeting_reminders.replan(tx, meeting_id, now, zone)
    params = {"meeting": meeting_id}
    told = _tell(tx, meeting_id, f"{DROPPED}:{meeting_id}", DROPPED, params, expected, now)
    audit.record(tx, actor, now, "cancel_meeting", SUBJECT, meeting_id, recipients=told)
    return reading.get(tx, actor, meeting_id)


def never_told(tx: Connection, meeting_id: int, person_id: int) -> bool:
    """Whether the first notice was dropped before it was sent: it had nothing to say any more."""
    dropped = select(messages.c.id).where(
        messages.c.key == f"{change_notices.FIRST}:{meeting_id}:{person_id}",
        messages.c.state == "failed",
        messages.c.reason == "void",
    )
    return tx.execute(dropped).first() is not None


def _tell(
    tx: Connection,
    meeting_id: int,
    key: str,
    kind: str,
    params: dict[str, Any],
    expected: int,
    now: datetime,
) -> int:
    people = change_notices.told(tx, meeting_id)
    if len(people) != expected:
        raise NotPossible("others_called")
    notices = [outbox.Message(f"{key}:{person}", kind, person, params) for person in people]
    outbox.put_all(tx, notices, now, priority=outbox.Priority.NOTICE)
    return len(people)


def _ask_anew(tx: Connection, meeting_id: int) -> None:
    gone = {"answer": None, "reason": None, "stand_in": None, "answered_at": None}
    tx.execute(
        update(invitees)
        .where(invitees.c.meeting_id == meeting_id, invitees.c.answer.is_not(None))
        .values(**gone, version=invitees.c.version + 1)
    )


def _check(tx: Connection, meeting: Meeting, starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise NotPossible("in_the_past")
    if starts_at == meeting.starts_at:
        raise NotPossible("same_time")
    if times.clash(tx, meeting.branch_id, meeting.body, starts_at, besides=meeting.id) is not None:
        raise NotPossible("overlaps")


def _short(reason: str | None) -> str | None:
    if reason is not None and len(reason) > REASON_LIMIT:
        raise NotPossible("too_long")
    return reason
