"""The end of a meeting's papers: its minutes are signed; its secretary is asked while they lack."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, or_, select

from storage import audit, outbox
from storage.errors import NotPossible
from storage.meetings import secretary
from storage.meetings.preparing import prepared, step
from storage.meetings.rows import row_of
from storage.rules.access import Actor
from storage.rules.meeting_states import HELD, OVER, SIGNED
from storage.tables import meetings

NAG = "papers_missing"  # of the outbox
RUNGS = (1, 3, 7)  # days after the meeting
STOPS = 14  # days after it: nobody is asked of what is so long past
NUMBER_LIMIT = 20  # characters of a registration number
SUBJECT = "meeting"


@dataclass(frozen=True)
class Missing:
    """What a meeting that was held still lacks."""

    minutes: bool
    summary: bool

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return self.minutes or self.summary


def sign(
    tx: Connection, actor: Actor, meeting_id: int, version: int, number: str, now: datetime
) -> None:
    """The minutes are signed under ``number``; that is not taken back.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (wrong_state, too_long,
    number_taken: another meeting of the body has it in the same year).
    """
    if not 0 < len(number) <= NUMBER_LIMIT:
        raise NotPossible("too_long")
    meeting = prepared(tx, actor, meeting_id, (HELD,))
    if _is_taken(tx, meeting, number):
        raise NotPossible("number_taken")
    values = {"state": SIGNED, "minutes_number": number, "signed_at": now}
    step(tx, meetings, SUBJECT, meeting_id, version, **values)
    audit.record(tx, actor, now, "sign_minutes", SUBJECT, meeting_id)


def missing(tx: Connection, meeting_id: int) -> Missing:
    """What the meeting lacks; nothing unless it was held. Raises NotFound."""
    return _missing(row_of(tx, meeting_id))


def nag(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Ask the secretary of each meeting that lacks its minutes or its summary; return how many.

    On days 1, 3 and 7 after it, each once; after a standstill the last of them that was missed.
    """
    today = now.astimezone(zone).date()
    held = select(meetings).where(
        meetings.c.state.in_(OVER),
        meetings.c.ended_at > now - timedelta(days=STOPS + 1),
        or_(meetings.c.signed_at.is_(None), _untold()),
    )
    messages: list[outbox.Message] = []
    for meeting in tx.execute(held.order_by(meetings.c.id)).mappings():
        rung = _rung(meeting["ended_at"].astimezone(zone).date(), today)
        if rung is None:
            continue
        key, params = f"{NAG}:{meeting['id']}:{rung}", {"meeting": meeting["id"]}
        messages += [
            outbox.Message(f"{key}:{person_id}", NAG, person_id, params)
            for person_id in secretary.of(tx, meeting, today)
        ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.REMINDER)
    return len(messages)


def _rung(ended: date, today: date) -> int | None:
    days = (today - ended).days
    if days > STOPS:
        return None
    return max((rung for rung in RUNGS if rung <= days), default=None)


def _untold() -> ColumnElement[bool]:
    """The condition that no summary of the meeting is there for its readers."""
    unwritten = and_(meetings.c.summary_kk.is_(None), meetings.c.summary_ru.is_(None))
    return and_(meetings.c.published_at.is_(None), unwritten)


def _missing(meeting: RowMapping) -> Missing:
    if meeting["state"] not in OVER:
        return Missing(minutes=False, summary=False)
    told = meeting["published_at"] or meeting["summary_kk"] or meeting["summary_ru"]
    return Missing(minutes=meeting["signed_at"] is None, summary=not told)


def _is_taken(tx: Connection, meeting: RowMapping, number: str) -> bool:
    others = select(meetings.c.starts_at, meetings.c.began_at).where(
        meetings.c.branch_id == meeting["branch_id"],
        meetings.c.body == meeting["body"],
        meetings.c.minutes_number == number,
        meetings.c.id != meeting["id"],
    )
    year = _year(meeting)
    return any(year == _year(other) for other in tx.execute(others).mappings())


def _year(meeting: RowMapping) -> int | None:
    moment: datetime | None = meeting["began_at"] or meeting["starts_at"]
    return moment.year if moment else None
