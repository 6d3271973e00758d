"""Meetings that repeat: the next one is made as a draft, by a tap or when one was held."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select, update

from storage import audit, working_days
from storage.errors import NotPossible
from storage.meetings.copying import draft_of
from storage.meetings.steps import SUBJECT, managed, step
from storage.rules.access import Actor
from storage.rules.meeting_states import CALLED, CANCELLED, DRAFT
from storage.rules.recurring import EVERY, following
from storage.tables import meeting_series, meetings


def every(tx: Connection, series_id: int | None, *, hold: bool = False) -> str | None:
    """How often the series repeats: week, fortnight, month, quarter; None when it does not.

    With ``hold`` it is held until the transaction ends: of two who make its next meeting at once
    the second waits, and finds the draft of the first.
    """
    if series_id is None:
        return None
    query = select(meeting_series.c.every).where(
        meeting_series.c.id == series_id, meeting_series.c.ended_at.is_(None)
    )
    return tx.execute(query.with_for_update() if hold else query).scalar_one_or_none()


def repeat(
    tx: Connection, actor: Actor, meeting_id: int, version: int, how_often: str, now: datetime
) -> None:
    """Let the meeting repeat from its day on; an older rhythm of it ends.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (no_day, cancelled,
    no_such_rhythm).
    """
    meeting = managed(tx, actor, meeting_id)
    if how_often not in EVERY:
        raise NotPossible("no_such_rhythm")
    if meeting.starts_at is None:
        raise NotPossible("no_day")
    if meeting.state == CANCELLED:
        raise NotPossible(CANCELLED)
    _end(tx, meeting.series_id, now)
    kept = {"branch_id": meeting.branch_id, "body": meeting.body, "every": how_often}
    statement = insert(meeting_series).values(**kept).returning(meeting_series.c.id)
    series_id = int(tx.execute(statement).scalar_one())
    step(tx, meeting, version, series_id=series_id)
    audit.record(tx, actor, now, "repeat_meeting", SUBJECT, meeting_id, every=how_often)


def stop(tx: Connection, actor: Actor, meeting_id: int, version: int, now: datetime) -> None:
    """No further meeting is made by itself. Raises NotFound, NotAllowed, AlreadyChanged."""
    meeting = managed(tx, actor, meeting_id)
    step(tx, meeting, version, series_id=None)
    _end(tx, meeting.series_id, now)
    audit.record(tx, actor, now, "stop_repeating", SUBJECT, meeting_id)


def next_one(
    tx: Connection, actor: Actor, meeting_id: int, now: datetime, zone: ZoneInfo
) -> tuple[int, bool]:
    """The next meeting of the series, and whether it was made just now, as a draft.

    Raises NotFound, NotAllowed, and NotPossible("no_series").
    """
    meeting = managed(tx, actor, meeting_id)
    how_often = every(tx, meeting.series_id, hold=True)
    if how_often is None or meeting.series_id is None:
        raise NotPossible("no_series")
    ahead = _ahead(tx, meeting.series_id, besides=meeting_id)
    if ahead is not None:
        return ahead, False
    made = _make(tx, meeting.series_id, how_often, now, zone)
    audit.record(tx, actor, now, "next_of_series", SUBJECT, made, of=meeting_id)
    return made, True


def follow(tx: Connection, series_id: int, now: datetime, zone: ZoneInfo) -> int | None:
    """Make the next draft of a series of which a meeting was held, unless there is one ahead."""
    how_often = every(tx, series_id, hold=True)
    if how_often is None or _ahead(tx, series_id) is not None:
        return None
    return _make(tx, series_id, how_often, now, zone)


def _ahead(tx: Connection, series_id: int, besides: int | None = None) -> int | None:
    query = select(meetings.c.id).where(
        meetings.c.series_id == series_id, meetings.c.state.in_((DRAFT, *CALLED))
    )
    if besides is not None:
        query = query.where(meetings.c.id != besides)
    return tx.execute(query.order_by(meetings.c.starts_at).limit(1)).scalar_one_or_none()


def _make(tx: Connection, series_id: int, how_often: str, now: datetime, zone: ZoneInfo) -> int:
    planned = func.coalesce(meetings.c.was_at, meetings.c.starts_at)
    of_series = meetings.c.series_id == series_id, meetings.c.starts_at.is_not(None)
    first = tx.execute(select(planned).where(*of_series).order_by(planned).limit(1)).scalar_one()
    latest = tx.execute(
        select(meetings.c.id, meetings.c.starts_at)
        .where(*of_series)
        .order_by(meetings.c.starts_at.desc())
        .limit(1)
    ).one()
    after = max(latest.starts_at, now)
    starts_at = following(first, after, how_often, working_days.load(tx), zone)
    return draft_of(tx, latest.id, starts_at=starts_at, series_id=series_id)


def _end(tx: Connection, series_id: int | None, now: datetime) -> None:
    if series_id is not None:
        tx.execute(
            update(meeting_series).where(meeting_series.c.id == series_id).values(ended_at=now)
        )
