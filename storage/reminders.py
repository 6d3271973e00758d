"""Reminders before a deadline and after it: planned as rows, queued by a tick when they are due."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, update

from storage import audit, facts, outbox, reminder_settings, working_days
from storage.errors import NotPossible
from storage.rules import gate, ladder, working_ladder
from storage.rules.working_days import WorkingCalendar
from storage.tables import UtcDateTime, reminders
from storage.upsert import insert_or_refresh

LATE_AFTER = timedelta(hours=24)
DIGEST = "reminder_digest"
PUT_OFF = (1, 3, 7)  # days by which one may put a reminder off
# What the message about each subject is called in the outbox.
KINDS = {
    "roadmap_item": "roadmap_reminder",
    "indicator": "indicator_reminder",
    "inquiry": "inquiry_reminder",
    "voter_request": "request_reminder",
}


class Ladder(Protocol):
    """When a subject is reminded of: the rungs before a deadline, and those after it."""

    def due_at(
        self, days: int, deadline: date, calendar: WorkingCalendar, zone: ZoneInfo
    ) -> datetime:
        """The moment of one rung."""
        ...

    def before(
        self, deadline: date, now: datetime, calendar: WorkingCalendar, zone: ZoneInfo
    ) -> Iterable[ladder.Rung]:
        """The rungs up to the deadline that are still to come."""
        ...

    def overdue(
        self,
        deadline: date,
        now: datetime,
        calendar: WorkingCalendar,
        zone: ZoneInfo,
        *,
        after_days: int = 0,
    ) -> ladder.Rung:
        """The next rung after it."""
        ...


# What is awaited from a body, or by a voter, is counted in working days.
LADDERS: dict[str, Ladder] = {
    "roadmap_item": ladder,
    "indicator": ladder,
    "inquiry": working_ladder,
    "voter_request": working_ladder,
}


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


def plan(
    tx: Connection,
    subject: str,
    subject_id: int,
    person_id: int,
    deadline: date,
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    days_before: Sequence[int] | None = None,
) -> None:
    """Plan every rung up to ``deadline`` that is still to come, and the first one after it.

    ``days_before`` are the rungs of a ladder of its own (None: the usual). A rung that was voided
    comes back; one that was said already is never said again.
    """
    weeks = _last_week(tx, subject, subject_id, person_id, deadline)
    rungs = [
        *_before(subject, deadline, now, calendar, zone, days_before),
        LADDERS[subject].overdue(deadline, now, calendar, zone, after_days=weeks),
    ]
    _put(tx, [_row(subject, subject_id, person_id, deadline, rung) for rung in rungs])


def plan_new(
    tx: Connection,
    subject: str,
    whom: Iterable[tuple[int, int, date]],
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    days_before: Sequence[int] | None = None,
) -> None:
    """As ``plan`` for many subjects that are new: each with a person and its deadline."""
    rungs: dict[date, list[ladder.Rung]] = {}
    rows = []
    for subject_id, person_id, deadline in whom:
        if deadline not in rungs:
            overdue = LADDERS[subject].overdue(deadline, now, calendar, zone)
            before = _before(subject, deadline, now, calendar, zone, days_before)
            rungs[deadline] = [*before, overdue]
        rows += [_row(subject, subject_id, person_id, deadline, one) for one in rungs[deadline]]
    _put(tx, rows)


def _before(
    subject: str,
    deadline: date,
    now: datetime,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    days_before: Sequence[int] | None,
) -> Iterable[ladder.Rung]:
    rungs = LADDERS[subject]
    if days_before is None:
        return rungs.before(deadline, now, calendar, zone)
    return ladder.to_come(
        days_before, lambda days: rungs.due_at(days, deadline, calendar, zone), now
    )


def put_off(
    tx: Connection,
    subject: str,
    subject_id: int,
    person_id: int,
    deadline: date,
    days: int,
    now: datetime,
    zone: ZoneInfo,
) -> date:
    """Remind the person once more, on the working morning so many days ahead; return its day.

    Only this occurrence is put off: the ladder stays. Raises NotPossible (no_such_day).
    """
    if days not in PUT_OFF:
        raise NotPossible("no_such_day")
    calendar = working_days.load(tx)
    day = calendar.next_working(now.astimezone(zone).date() + timedelta(days=days))
    morning = gate.opens_at(datetime.combine(day, gate.MORNING, tzinfo=zone), calendar, zone)
    rung = ladder.Rung(f"{ladder.SNOOZED}{day.isoformat()}", morning)
    _put(tx, [_row(subject, subject_id, person_id, deadline, rung)])
    return day


@dataclass(frozen=True)
class Still:
    """Who is reminded still, and of which day, whatever else has just changed."""

    people: Collection[int]
    deadline: date
    now: datetime

    @property
    def stays(self) -> ColumnElement[bool]:
        """What no change of others takes away: what is due and not said yet, what was put off."""
        return and_(
            reminders.c.person_id.in_(sorted(self.people)),
            reminders.c.deadline == self.deadline,
            or_(reminders.c.due_at <= self.now, reminders.c.rung.startswith(ladder.SNOOZED)),
        )


def void(tx: Connection, subject: str, subject_id: int, still: Still | None = None) -> None:
    """Take back every reminder of the subject that was not queued yet, but for what ``still``."""
    planned = and_(
        reminders.c.subject == subject,
        reminders.c.subject_id == subject_id,
        reminders.c.state == "planned",
    )
    if still is not None:
        planned = and_(planned, ~still.stays)
    # A tick that is just under way may be planning the next week: wait for it, then look again.
    tx.execute(select(reminders.c.id).where(planned).with_for_update())
    tx.execute(update(reminders).where(planned).values(state="void"))


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Queue what is due at ``now``: one message a person. Return how many messages.

    Of several rungs of one object that came due while the program stood, only the last is said.
    A second tick, here or in another process, finds nothing left to do. What was due before a
    restore waits for the owner's word.
    """
    due = _take(tx, now, after=facts.recall(tx, facts.RESTORED_AT))
    if not due:
        return 0
    calendar = working_days.load(tx)
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


def moved_by(tx: Connection, calendar: WorkingCalendar, zone: ZoneInfo) -> dict[int, datetime]:
    """The planned reminders that come at another moment under ``calendar``: id → the moment."""
    planned = select(
        reminders.c.id,
        reminders.c.subject,
        reminders.c.rung,
        reminders.c.deadline,
        reminders.c.due_at,
    ).where(
        reminders.c.state == "planned",
        reminders.c.subject.in_(KINDS),
        ~reminders.c.rung.startswith(ladder.SNOOZED),  # that day was chosen
    )
    moments = (
        (row, LADDERS[row.subject].due_at(int(row.rung), row.deadline, calendar, zone))
        for row in tx.execute(planned)
    )
    return {row.id: moment for row, moment in moments if moment != row.due_at}


def reschedule(tx: Connection, calendar: WorkingCalendar, zone: ZoneInfo) -> int:
    """Move the planned reminders to the moments of a calendar that changed; return how many.

    None is dropped: one whose moment lies behind by now is said by the next tick.
    """
    moved = moved_by(tx, calendar, zone)
    if moved:
        tx.execute(
            update(reminders)
            .where(reminders.c.id == bindparam("moved_id"), reminders.c.state == "planned")
            .values(due_at=bindparam("moment", type_=UtcDateTime)),
            [{"moved_id": id_, "moment": moment} for id_, moment in moved.items()],
        )
    return len(moved)


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
        rows.append(_row(one.subject, one.subject_id, one.person_id, one.deadline, rung))
    _put(tx, rows)


def _last_week(
    tx: Connection, subject: str, subject_id: int, person_id: int, deadline: date
) -> int:
    """How many days after the deadline the last weekly rung was said; 0 when none was.

    Its own day may lie ahead again when the calendar has changed since.
    """
    rungs = select(reminders.c.rung).where(
        reminders.c.subject == subject,
        reminders.c.subject_id == subject_id,
        reminders.c.person_id == person_id,
        reminders.c.deadline == deadline,
        reminders.c.state.in_(("queued", "expired")),
    )
    return max((0, *(ladder.days_of(rung) for rung in tx.execute(rungs).scalars())))


def _put(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Plan rungs; one that was voided comes back, one that was said is passed over."""
    insert_or_refresh(
        tx,
        reminders,
        rows,
        key=["subject", "subject_id", "person_id", "rung", "deadline"],
        columns=["due_at", "state"],
        where=reminders.c.state == "void",
    )


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


def _row(
    subject: str, subject_id: int, person_id: int, deadline: date, rung: ladder.Rung
) -> dict[str, Any]:
    return {
        "subject": subject,
        "subject_id": subject_id,
        "person_id": person_id,
        "rung": rung.name,
        "deadline": deadline,
        "due_at": rung.due_at,
        "state": "planned",
    }
