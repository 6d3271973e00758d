"""How the work stands, in numbers: what waits, what failed, and what should read zero."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, case, exists, func, or_, select

from storage import facts, heartbeat
from storage.meetings import GOES_ON
from storage.people import lasting
from storage.rules.meeting_states import CALLED, OVER
from storage.rules.request_states import ANSWERED
from storage.tables import (
    control_items,
    inbox,
    meetings,
    memberships,
    outbox,
    people,
    voter_requests,
)

FAILED_WITHIN = timedelta(days=7)
# There was nothing to say any more when their turn came: no failure.
NO_FAILURE = ("void",)

# Not our fault: the person's choice (counted as unreachable people), or the owner's.
EXCUSED = (
    "blocked",
    "never_started",
    "deactivated",
    "removed",
    "unreachable",
    "dropped_after_restore",
)


@dataclass(frozen=True)
class Health:
    """The numbers of one moment; moments are UTC, None where nothing waits or ever happened."""

    inbox_waiting: int
    inbox_oldest: datetime | None
    quarantined: int
    outbox_waiting: int
    outbox_due: int
    outbox_oldest: datetime | None  # since when the oldest due message could have been sent
    uncertain: int
    failed: dict[str, int] = field(default_factory=dict)  # reason → messages of the last week
    unreachable: int = 0
    without_summary: int = 0
    unanswered: int = 0  # overdue items and requests whose answerer holds no role any more
    last_tick: datetime | None = None
    restored_at: datetime | None = None

    @property
    def failed_in_all(self) -> int:
        """Messages of the last week that did not arrive."""
        return sum(self.failed.values())

    @property
    def should_be_zero(self) -> dict[str, int]:
        """The counters that read zero when nothing needs a hand, by name."""
        return {
            "quarantined": self.quarantined,
            "uncertain": self.uncertain,
            "failed": self.failed_in_all - sum(self.failed.get(why, 0) for why in EXCUSED),
            "unreachable": self.unreachable,
            "without_summary": self.without_summary,
            "unanswered": self.unanswered,
        }


def read(tx: Connection, now: datetime, today: date) -> Health:
    """Count everything, in six statements at most."""
    return Health(
        **_inbox(tx),
        **_outbox(tx, now),
        failed=_failed(tx, now),
        **tx.execute(_neglected(now, today)).mappings().one(),
        last_tick=heartbeat.last(tx, heartbeat.TICK),
        restored_at=facts.recall(tx, facts.RESTORED_AT),
    )


def _inbox(tx: Connection) -> dict[str, Any]:
    rows = tx.execute(
        select(inbox.c.state, func.count(), func.min(inbox.c.received_at))
        .where(inbox.c.state.in_(("new", "quarantined")))
        .group_by(inbox.c.state)
    )
    found = {state: (number, oldest) for state, number, oldest in rows}
    waiting, oldest = found.get("new", (0, None))
    return {
        "inbox_waiting": waiting,
        "inbox_oldest": oldest,
        "quarantined": found.get("quarantined", (0, None))[0],
    }


def _outbox(tx: Connection, now: datetime) -> dict[str, Any]:
    waits = outbox.c.state.in_(("waiting", "sending"))
    due = and_(waits, outbox.c.not_before <= now)
    row = tx.execute(
        select(
            func.count(case((waits, 1))).label("outbox_waiting"),
            func.count(case((due, 1))).label("outbox_due"),
            func.min(case((due, outbox.c.not_before))).label("outbox_oldest"),
            func.count(case((outbox.c.state == "uncertain", 1))).label("uncertain"),
        ).where(outbox.c.state.in_(("waiting", "sending", "uncertain")))
    )
    return dict(row.mappings().one())


def _failed(tx: Connection, now: datetime) -> dict[str, int]:
    rows = tx.execute(
        select(outbox.c.reason, func.count())
        .where(
            outbox.c.state == "failed",
            outbox.c.sent_at >= now - FAILED_WITHIN,
            outbox.c.reason.not_in(NO_FAILURE),
        )
        .group_by(outbox.c.reason)
        .order_by(func.count().desc(), outbox.c.reason)
    )
    return {reason: number for reason, number in rows}  # noqa: C416 - rows are no pairs to mypy


def _neglected(now: datetime, today: date) -> Select[Any]:
    """What needs somebody's hand, as numbers of one statement."""
    unreachable = select(func.count()).where(_member(people.c.id, today), ~people.c.reachable)
    over = or_(meetings.c.state.in_(OVER), meetings.c.starts_at < now - GOES_ON)
    silent = select(func.count()).where(
        meetings.c.state.in_((*CALLED, *OVER)),
        over,
        meetings.c.summary_kk.is_(None),
        meetings.c.summary_ru.is_(None),
    )
    items = select(func.count()).where(
        control_items.c.state.not_in(("done", "removed")),
        control_items.c.deadline < today,
        control_items.c.executor_id.is_not(None),
        ~_member(control_items.c.executor_id, today),
    )
    requests = select(func.count()).where(
        voter_requests.c.closed_at.is_(None),
        voter_requests.c.state.not_in([state.value for state in ANSWERED]),
        voter_requests.c.due_on < today,
        ~_member(voter_requests.c.deputy_id, today),
    )
    return select(
        unreachable.scalar_subquery().label("unreachable"),
        silent.scalar_subquery().label("without_summary"),
        (items.scalar_subquery() + requests.scalar_subquery()).label("unanswered"),
    )


def _member(person_id: Any, today: date) -> Any:
    """The condition that a person holds some role today."""
    return exists(
        select(memberships.c.id).where(memberships.c.person_id == person_id, lasting(today))
    )
