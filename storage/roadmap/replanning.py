"""Reminders that change by a word of the people: put off once, or by another ladder of a kind."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import audit, reminder_ladders, reminders
from storage.errors import NotFound
from storage.objects import reminding as visits
from storage.roadmap.reading import carried, find
from storage.roadmap.records import CLOSED, SUBJECT, Kind
from storage.roadmap.steps import replan
from storage.rules.access import Actor
from storage.tables import control_items


def snooze(
    tx: Connection, actor: Actor, item_id: int, days: int, now: datetime, zone: ZoneInfo
) -> date:
    """Remind the actor of the item once more in so many days; return the day.

    Only this occurrence is put off: the ladder goes on as planned. Raises NotFound when the item is
    not the actor's to carry, or is done, and NotPossible (no_such_day).
    """
    found = carried(tx, actor.person_id, [item_id], now.astimezone(zone).date())
    if not found:
        raise NotFound(SUBJECT)
    who, deadline = actor.person_id, found[0].deadline
    day = reminders.put_off(tx, SUBJECT, item_id, who, deadline, days, now, zone)
    audit.record(tx, actor, now, "roadmap.snooze", SUBJECT, item_id, until=day.isoformat())
    return day


def set_ladder(
    tx: Connection,
    actor: Actor,
    kind: str,
    version: int,
    days: tuple[int, ...],
    now: datetime,
    zone: ZoneInfo,
) -> tuple[int, ...]:
    """Keep another ladder of a kind and plan its open items by it.

    Raises as ``reminder_ladders.put``.
    """
    rungs = reminder_ladders.put(tx, actor, kind, version, days, now)
    query = select(control_items.c.id).where(
        control_items.c.kind == kind, control_items.c.state.not_in(CLOSED)
    )
    for item_id in tx.execute(query).scalars().all():
        item = find(tx, item_id)
        if item is not None:
            replan(tx, item, now, zone)
    if kind == Kind.RECOMMENDATION:  # of visits to objects, too
        visits.replan_all(tx, now, zone)
    return rungs
