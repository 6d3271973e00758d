"""Who hears of an overdue request next: each rung once, by the unanswered working days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, func, select

from storage import escalation, outbox, people, working_days
from storage.escalation import Escalation, Row
from storage.people import lasting
from storage.requests import escalation_days
from storage.requests.queries import is_paused
from storage.rules.access import MATRIX, Action, Role
from storage.rules.request_states import ANSWERED
from storage.rules.working_days import WorkingCalendar
from storage.tables import memberships, voter_requests

KIND = "request_overdue"
LEDGER = "request_escalation"  # the subject of the rows that say a rung was told
NO_DEPUTY = "0"  # the rung of a request whose deputy has no mandate any more


@dataclass(frozen=True)
class Rung:
    """Who hears of it; after how many working days is set, see ``escalation_days``.

    The ledger knows a rung by its ``name``, so that it is told once whatever is set meanwhile.
    """

    name: str
    role: Role


RUNGS = (
    Rung("3", Role.FACTION_LEADER),
    Rung("6", Role.BRANCH_SECRETARY),
    Rung("12", Role.REGIONAL_SECRETARY),
)
ABOUT = Escalation(KIND, LEDGER, "requests")


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Tell what is overdue, and what has no deputy any more; return how many messages.

    Where nobody holds the role of a rung, the next higher one hears of it. A second tick finds
    every rung told. Nobody hears of one twice, whatever rungs are theirs: but a request
    without a deputy is another matter.
    """
    today = now.astimezone(zone).date()
    calendar = working_days.load(tx)
    told: list[outbox.Message] = []
    before: list[str] = []
    for rung, days in zip(RUNGS, escalation_days.get(tx).days, strict=True):
        late = and_(voter_requests.c.due_on <= latest(calendar, today, days), ~is_paused())
        told += _tell(tx, _open(tx, rung.name, late), rung, days, now, today, before)
        before.append(rung.name)
    gone = Rung(NO_DEPUTY, Role.BRANCH_SECRETARY)
    told += _tell(tx, _open(tx, NO_DEPUTY, ~_in_office(today)), gone, 0, now, today)
    outbox.put_all(tx, told, now, priority=outbox.Priority.REMINDER)
    return len(told)


def _tell(
    tx: Connection,
    found: Sequence[Row],
    rung: Rung,
    days: int,
    now: datetime,
    today: date,
    before: Sequence[str] = (),
) -> list[outbox.Message]:
    """Note that the rung was told of each, and make one message a person."""
    who = partial(_who, tx, rung.role, today)
    return escalation.tell(tx, ABOUT, found, rung.name, who, now, today, days=days, before=before)


def _who(tx: Connection, role: Role, today: date, branch_id: int) -> list[int]:
    if role is Role.FACTION_LEADER:
        leaders = people.holders(tx, role, branch_id, today)
        if leaders:
            return sorted({person.id for person in leaders})
    of = None if role is Role.REGIONAL_SECRETARY else branch_id
    return [person.id for person in people.secretaries(tx, of, today)]


def _open(tx: Connection, rung: str, which: ColumnElement[bool]) -> list[Row]:
    """The unanswered requests of ``which`` that nobody was told of on this rung."""
    deadline = None if rung == NO_DEPUTY else voter_requests.c.due_on
    told = escalation.told(ABOUT, rung, voter_requests.c.id, deadline)
    query = (
        select(voter_requests.c.id, voter_requests.c.branch_id, voter_requests.c.due_on)
        .where(
            which,
            voter_requests.c.state.not_in([state.value for state in ANSWERED]),
            voter_requests.c.merged_into.is_(None),
            ~told,
        )
        .order_by(voter_requests.c.due_on, voter_requests.c.id)
    )
    return [(row.id, row.branch_id, row.due_on) for row in tx.execute(query)]


def _in_office(today: date) -> ColumnElement[bool]:
    return (
        select(memberships.c.id)
        .where(
            memberships.c.person_id == voter_requests.c.deputy_id,
            memberships.c.role.in_(list(MATRIX[Action.WORK_ON_REQUESTS])),
            func.coalesce(memberships.c.branch_id, voter_requests.c.branch_id)
            == voter_requests.c.branch_id,
            lasting(today),
        )
        .exists()
    )


def latest(calendar: WorkingCalendar, today: date, days: int) -> date:
    """The last deadline after which ``days`` working days have passed ``today``."""
    day = today
    while calendar.count(day, today) < days:
        day -= timedelta(days=1)
    return day
