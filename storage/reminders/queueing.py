"""Reminders that are due, queued by a tick: one message a person, each rung once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, func, select, update

from storage import audit, facts, outbox, reminder_settings, working_days
from storage.reminders.planning import put, row
from storage.reminders.rungs import KINDS, LADDERS
from storage.rules import gate, ladder
from storage.rules.working_days import WorkingCalendar
from storage.tables import reminders

LATE_AFTER = timedelta(hours=24)
DIGEST = "reminder_digest"
ONE_AT_A_TIME = 7_310_001  # the number of this lock among PostgreSQL's advisory ones


@dataclass(frozen=True)
class Due:
    """A reminder whose moment has come."""

    id: int
    subject: str
    subject_id: int
    person_id: int
    rung: str
    deadline: date
    due_at: datetime

    @property
    def params(self) -> dict[str, Any]:
        """What its message needs; whether it is late is seen when it is sent."""
        return {
            "subject": self.subject,
            "item_id": self.subject_id,
            "deadline": self.deadline.isoformat(),
            "due_at": self.due_at.isoformat(),
        }


def is_late(due_at: datetime, said_at: datetime) -> bool:
    """Whether a reminder that was due at ``due_at`` comes late when it is said at ``said_at``."""
    return said_at - due_at > LATE_AFTER


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Queue what is due at ``now``: one message a person. Return how many messages.

    Of several rungs of one object that came due while the program stood, only the last is said.
    A second tick, here or in another process, finds nothing left to do. What was due before a
    restore waits for the owner's word; by night and on days off everything waits for the
    working morning, when it is one message with what is due then.
    """
    soonest = next_due(tx)
    if soonest is None or soonest > now:
        return 0
    calendar = working_days.load(tx)
    if gate.gathers_at(now, calendar, zone) > now:
        return 0
    if tx.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        # Two at once would share the rungs out, and of one item each would say another.
        tx.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    due = _take(tx, now, after=facts.recall(tx, facts.RESTORED_AT))
    settings = reminder_settings.of_people(tx, {one.person_id for one in due})
    said = [one for one in _last_of_each(due) if settings[one.person_id].wants(one.rung)]
    _expire(tx, {one.id for one in due} - {one.id for one in said}, now)
    _plan_next_week(tx, due, now, zone, calendar)
    at: dict[datetime, list[outbox.Message]] = defaultdict(list)
    for person_id, group in groupby(said, lambda one: one.person_id):
        wished = settings[person_id].not_before(now, zone)
        at[gate.opens_at(wished, calendar, zone)].append(_message(list(group)))
    for moment, messages in at.items():
        outbox.put_all(tx, messages, now, priority=outbox.Priority.REMINDER, not_before=moment)
    return sum(map(len, at.values()))


def drop(tx: Connection, before: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Leave unsaid what is due at ``before`` and planned still; the next weeks' rungs stay."""
    due = _take(tx, before)
    _expire(tx, {one.id for one in due}, now)
    _plan_next_week(tx, due, now, zone, working_days.load(tx))


def waiting(tx: Connection, now: datetime) -> int:
    """How many reminders are due at ``now`` and not queued yet, one an object and person."""
    objects = (
        select(reminders.c.subject, reminders.c.subject_id, reminders.c.person_id)
        .where(reminders.c.state == "planned", reminders.c.due_at <= now)
        .distinct()
    )
    return int(tx.execute(select(func.count()).select_from(objects.subquery())).scalar_one())


def next_due(tx: Connection) -> datetime | None:
    """When the next planned reminder is due; None when none is planned."""
    return tx.execute(
        select(reminders.c.due_at)
        .where(reminders.c.state == "planned")
        .order_by(reminders.c.due_at)
        .limit(1)
    ).scalar_one_or_none()


def _take(tx: Connection, now: datetime, after: datetime | None = None) -> list[Due]:
    """Mark what is due as queued and return it; rows that another process holds are passed over."""
    due = and_(reminders.c.state == "planned", reminders.c.due_at <= now)
    if after is not None:
        due = and_(due, reminders.c.due_at > after)
    ids = select(reminders.c.id).where(due).with_for_update(skip_locked=True)
    # Said twice: else PostgreSQL looks for these ids among all that is planned.
    rows = tx.execute(
        update(reminders)
        .where(due, reminders.c.id.in_(ids))
        .values(state="queued")
        .returning(*(reminders.c[name] for name in Due.__annotations__))
    ).mappings()
    return [Due(**row) for row in rows]


def _last_of_each(due: Iterable[Due]) -> list[Due]:
    """The last rung of each object, by person and then most urgent first."""
    last: dict[tuple[str, int, int], Due] = {}
    for one in sorted(due, key=lambda one: (one.due_at, one.deadline, ladder.days_of(one.rung))):
        last[one.subject, one.subject_id, one.person_id] = one
    return sorted(last.values(), key=lambda one: (one.person_id, one.deadline, one.subject_id))


def _expire(tx: Connection, ids: set[int], now: datetime) -> None:
    """Drop the rungs that a later one of the same object overtook; the rows and a record stay."""
    if ids:
        tx.execute(update(reminders).where(reminders.c.id.in_(ids)).values(state="expired"))
        audit.record(tx, None, now, "reminders.expire", "reminder", reminders=sorted(ids))


def _plan_next_week(
    tx: Connection, due: list[Due], now: datetime, zone: ZoneInfo, calendar: WorkingCalendar
) -> None:
    # What was put off may be due with it and be said in its place: the weeks go on all the same.
    rows = []
    for one in _last_of_each(one for one in due if one.rung.startswith("+")):
        rungs = LADDERS[one.subject]
        rung = rungs.overdue(one.deadline, now, calendar, zone, after_days=int(one.rung))
        rows.append(row(one.subject, one.subject_id, one.person_id, one.deadline, rung))
    put(tx, rows)


def _message(due: list[Due]) -> outbox.Message:
    """One message to one person about everything that is due."""
    first = due[0]
    if len(due) == 1:
        kind = KINDS[first.subject]
        return outbox.Message(f"reminder:{first.id}", kind, first.person_id, first.params)
    # Each reminder is queued once, so the lowest and highest of a digest name it among all.
    low, high = min(one.id for one in due), max(one.id for one in due)
    key = f"{DIGEST}:{first.person_id}:{low}-{high}"
    params = {"items": [one.params for one in due]}
    return outbox.Message(key, DIGEST, first.person_id, params)
