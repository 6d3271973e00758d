"""Reminders before a deadline and after it, planned as rows, and taken back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from storage import working_days
from storage.errors import NotPossible
from storage.reminders.rungs import LADDERS
from storage.rules import gate, ladder
from storage.rules.working_days import WorkingCalendar
from storage.tables import reminders
from storage.upsert import insert_or_refresh

PUT_OFF = (1, 3, 7)  # days by which one may put a reminder off


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
    put(tx, [row(subject, subject_id, person_id, deadline, rung) for rung in rungs])


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
        rows += [row(subject, subject_id, person_id, deadline, one) for one in rungs[deadline]]
    put(tx, rows)


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
    put(tx, [row(subject, subject_id, person_id, deadline, rung)])
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


def row(
    subject: str, subject_id: int, person_id: int, deadline: date, rung: ladder.Rung
) -> dict[str, Any]:
    """A rung as it is planned."""
    return {
        "subject": subject,
        "subject_id": subject_id,
        "person_id": person_id,
        "rung": rung.name,
        "deadline": deadline,
        "due_at": rung.due_at,
        "state": "planned",
    }


def put(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Plan rungs; one that was voided comes back, one that was said is passed over."""
    insert_or_refresh(
        tx,
        reminders,
        rows,
        key=["subject", "subject_id", "person_id", "rung", "deadline"],
        columns=["due_at", "state"],
        where=reminders.c.state == "void",
    )


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
