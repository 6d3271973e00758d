"""Whoever looks after an object is reminded of what a visit recommended, until it is followed."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from storage import audit, facts, reminder_ladders, reminders, working_days
from storage.errors import NotFound
from storage.objects.reading import visits_of
from storage.objects.rows import REMOVED, VISIT, ControlledObject, Visit
from storage.roadmap.records import Kind
from storage.rules.access import Actor
from storage.tables import controlled_objects, object_visits

PLANNED = "visits_are_reminded_of"  # the fact: since when
# The curator; where there is none, whoever noted the visit.
_carrier: ColumnElement[int] = func.coalesce(
    controlled_objects.c.curator_id, object_visits.c.person_id
)
_OPEN = (
    object_visits.c.recommendation.is_not(None),
    object_visits.c.due_on.is_not(None),
    object_visits.c.followed_on.is_(None),
    controlled_objects.c.state != REMOVED,
)


def awaited(
    tx: Connection, actor: Actor, visit_ids: Collection[int]
) -> list[tuple[ControlledObject, Visit]]:
    """Those of the visits whose recommendation ``actor`` is to see followed still, by its day."""
    query = _open(object_visits.c.id.in_(sorted(visit_ids)), _carrier == actor.person_id)
    return visits_of(tx, actor, [row.id for row in tx.execute(query)])


def snooze(
    tx: Connection, actor: Actor, visit_id: int, days: int, now: datetime, zone: ZoneInfo
) -> date:
    """Remind the actor of it once more in so many days; return the day.

    The ladder goes on as planned. Raises NotFound where nothing awaits the actor, and NotPossible
    (no_such_day).
    """
    for _, visit in awaited(tx, actor, [visit_id]):
        if visit.due_on is not None:
            given = (VISIT, visit_id, actor.person_id, visit.due_on)
            day = reminders.put_off(tx, *given, days, now, zone)
            audit.record(tx, actor, now, "object.snooze", VISIT, visit_id, until=day.isoformat())
            return day
    raise NotFound(VISIT)


def plan(tx: Connection, visit_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Plan the reminders of a visit that has just been noted."""
    _plan(tx, tx.execute(_open(object_visits.c.id == visit_id)).all(), now, zone)


def replan(tx: Connection, object_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Let the reminders of an object's visits follow what has become of it."""
    found = tx.execute(_open(object_visits.c.object_id == object_id)).all()
    for row in found:
        reminders.void(tx, VISIT, row.id, reminders.Still({row.person_id}, row.due_on, now))
    _plan(tx, found, now, zone)


def void(tx: Connection, object_id: int) -> None:
    """Take back every reminder of an object's visits."""
    visits = select(object_visits.c.id).where(object_visits.c.object_id == object_id)
    for visit_id in tx.execute(visits).scalars().all():
        reminders.void(tx, VISIT, visit_id)


def replan_all(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Plan by another ladder of recommendations."""
    query = select(object_visits.c.object_id).distinct().join(controlled_objects).where(*_OPEN)
    for object_id in tx.execute(query).scalars().all():
        replan(tx, object_id, now, zone)


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Once: plan for the visits that were noted before there were reminders of them."""
    if facts.recall(tx, PLANNED) is not None:
        return 0
    facts.remember(tx, PLANNED, now)
    replan_all(tx, now, zone)
    return 1


def _plan(
    tx: Connection, visits: Sequence[Row[tuple[int, int, date]]], now: datetime, zone: ZoneInfo
) -> None:
    calendar = working_days.load(tx)
    days = reminder_ladders.of(tx, Kind.RECOMMENDATION).own
    for row in visits:
        given = (row.id, row.person_id, row.due_on)
        reminders.plan(tx, VISIT, *given, now, zone, calendar, days)


def _open(*conditions: ColumnElement[bool]) -> Select[tuple[int, int, date]]:
    """The visits with something open, each with whoever is reminded and the day it is due."""
    return (
        select(object_visits.c.id, _carrier.label("person_id"), object_visits.c.due_on)
        .join(controlled_objects, controlled_objects.c.id == object_visits.c.object_id)
        .where(*_OPEN, *conditions)
        .order_by(object_visits.c.due_on, object_visits.c.id)
    )
