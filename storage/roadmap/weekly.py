"""Monday's digest: items that a person carries and figures that are due within two weeks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, select, union

from storage import facts, outbox, reminder_settings
from storage.indicators import Indicator, reminding
from storage.roadmap.reach import carried_by
from storage.roadmap.reading import cards, whole
from storage.roadmap.records import OPEN, SOON_DAYS, Item
from storage.tables import control_items, control_people

KIND = "control_week"
LAST = "control_week"  # the fact: when the last one was made
WEEK = 7  # days
MOST = 100  # items that one message counts


@dataclass(frozen=True)
class Week:
    """What a person carries: overdue, due in these seven days, and in the seven after them.

    ``facts``: indicators whose figure the person is to report by then, by the day it is due.
    """

    overdue: tuple[Item, ...]
    this: tuple[Item, ...]
    next: tuple[Item, ...]
    facts: tuple[Indicator, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything lies before the person."""
        return bool(self.items or self.facts)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of it, by deadline."""
        return (*self.overdue, *self.this, *self.next)


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """On Mondays, and on the first day after a Monday that was missed: one message a person."""
    today, last = now.astimezone(zone).date(), facts.recall(tx, LAST)
    monday = today - timedelta(days=today.weekday())
    missed = last is not None and last.astimezone(zone).date() < monday
    if today != monday and not missed:
        return 0
    facts.remember(tx, LAST, now)
    ids = _carriers(tx, today)
    settings = reminder_settings.of_people(tx, ids)
    messages = [
        outbox.Message(f"{KIND}:{one}:{monday.isoformat()}", KIND, one, {})
        for one in sorted(ids)
        if settings[one].digests
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.REMINDER)
    return len(messages)


def of(tx: Connection, person_id: int, today: date) -> Week:
    """What lies before the person in these two weeks."""
    query = cards().where(carried_by(person_id), _due(today))
    query = query.order_by(control_items.c.deadline, control_items.c.id)
    found = whole(tx, query.limit(MOST))
    in_a_week = today + timedelta(days=WEEK)
    return Week(
        tuple(item for item in found if item.deadline < today),
        tuple(item for item in found if today <= item.deadline < in_a_week),
        tuple(item for item in found if item.deadline >= in_a_week),
        tuple(reminding.due(tx, today, _until(today), person_id)),
    )


def _until(today: date) -> date:
    return today + timedelta(days=SOON_DAYS)


def _due(today: date) -> ColumnElement[bool]:
    return and_(control_items.c.deadline <= _until(today), control_items.c.state.in_(OPEN))


def _carriers(tx: Connection, today: date) -> set[int]:
    alone = select(control_items.c.executor_id).where(
        _due(today), control_items.c.executor_id.is_not(None)
    )
    beside = (
        select(control_people.c.person_id)
        .join(control_items, control_items.c.id == control_people.c.item_id)
        .where(_due(today))
    )
    awaited = reminding.due(tx, today, _until(today))
    report = {one.reporter_id for one in awaited if one.reporter_id is not None}
    return set(tx.execute(union(alone, beside)).scalars()) | report
