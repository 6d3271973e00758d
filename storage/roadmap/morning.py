"""The card of a secretary's morning: what is due, overdue, to be checked, and what went wrong."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from storage import health, outbox, people, reminder_settings, working_days
from storage.health import EXCUSED, NO_FAILURE
from storage.meetings.bodies import BUREAU
from storage.roadmap.reach import within_reach
from storage.roadmap.records import OPEN, State
from storage.rules.access import Action, Actor, Role, scope
from storage.rules.meeting_states import OVER
from storage.tables import control_extensions, control_items, meetings, memberships
from storage.tables import outbox as outbox_table

KIND = "control_morning"
WEEK = 7  # days
FAILED_WITHIN = timedelta(days=1)
SECRETARIES = (Role.BRANCH_SECRETARY, Role.REGIONAL_SECRETARY)


@dataclass(frozen=True)
class Morning:
    """Numbers of one morning; ``zero``: counters of the whole program that should read zero."""

    due: int  # within seven days
    overdue: int
    to_check: int  # reports that wait
    asked: int  # later deadlines that are asked for
    failed: int  # messages to people of the branch that did not arrive since yesterday
    minutes: int  # meetings that were held and whose minutes are not signed
    zero: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to look at."""
        own = (self.due, self.overdue, self.to_check, self.asked, self.failed, self.minutes)
        return any(own) or any(self.zero.values())


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """On working days a card to every secretary who wants one; return how many."""
    today = now.astimezone(zone).date()
    if not working_days.load(tx).is_working(today):
        return 0
    ids = {one.id for role in SECRETARIES for one in people.holders(tx, role, None, today)}
    settings = reminder_settings.of_people(tx, ids)
    messages = [
        outbox.Message(f"{KIND}:{one}:{today.isoformat()}", KIND, one, {})
        for one in sorted(ids)
        if settings[one].digests
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.REMINDER)
    return len(messages)


def of(tx: Connection, actor: Actor, now: datetime, today: date) -> Morning:
    """The numbers for ``actor``. Raises NotAllowed for whoever looks after no branch."""
    everywhere = scope(actor, Action.MANAGE_ROADMAP) is None
    return Morning(
        **_items(tx, within_reach(actor), today),
        asked=_asked(tx, within_reach(actor)),
        failed=_failed(tx, actor, now, today),
        minutes=_minutes(tx, actor),
        zero=health.read(tx, now, today).should_be_zero if everywhere else {},
    )


def _items(tx: Connection, reach: ColumnElement[bool], today: date) -> dict[str, int]:
    undone = control_items.c.state.in_(OPEN)
    near = control_items.c.deadline <= today + timedelta(days=WEEK)
    soon = and_(near, control_items.c.deadline >= today)
    reported = and_(control_items.c.state == State.DONE, control_items.c.accepted_at.is_(None))
    row = tx.execute(
        select(
            func.count(case((and_(undone, soon), 1))).label("due"),
            func.count(case((and_(undone, control_items.c.deadline < today), 1))).label("overdue"),
            func.count(case((reported, 1))).label("to_check"),
        ).where(reach, or_(and_(undone, near), reported))
    )
    return dict(row.mappings().one())


def _asked(tx: Connection, reach: ColumnElement[bool]) -> int:
    query = (
        select(func.count())
        .select_from(control_extensions)
        .join(control_items, control_items.c.id == control_extensions.c.item_id)
        .where(control_extensions.c.state == "asked", reach)
    )
    return tx.execute(query).scalar_one()


def _failed(tx: Connection, actor: Actor, now: datetime, today: date) -> int:
    query = select(func.count()).where(
        outbox_table.c.state == "failed",
        outbox_table.c.sent_at >= now - FAILED_WITHIN,
        outbox_table.c.reason.not_in((*NO_FAILURE, *EXCUSED)),
    )
    within = scope(actor, Action.MANAGE_ROADMAP)
    if within is not None:
        own = select(memberships.c.person_id).where(
            memberships.c.branch_id.in_(sorted(within)), people.lasting(today)
        )
        query = query.where(outbox_table.c.person_id.in_(own))
    return tx.execute(query).scalar_one()


def _minutes(tx: Connection, actor: Actor) -> int:
    query = select(func.count()).where(
        meetings.c.state.in_(OVER), meetings.c.ended_at.is_not(None), meetings.c.signed_at.is_(None)
    )
    within = scope(actor, Action.PREPARE_MEETINGS)
    if within is not None:
        own = meetings.c.branch_id.in_(sorted(within))
        query = query.where(own, meetings.c.body != BUREAU)
    return tx.execute(query).scalar_one()
