"""Reminders that change by a word of the people: put off once, or by another ladder of a kind."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import audit, reminder_ladders, reminders, working_days
from storage.errors import NotFound, NotPossible
from storage.roadmap.reading import carried, find
from storage.roadmap.records import CLOSED, SUBJECT
from storage.roadmap.steps import replan
from storage.rules.access import Actor
from storage.tables import control_items

DAYS = (1, 3, 7)  # by which one may put a reminder off


def snooze(
    tx: Connection, actor: Actor, item_id: int, days: int, now: datetime, zone: ZoneInfo
) -> date:
    """Remind the actor of the item once more in so many days; return the day.

    Only this occurrence is put off: the ladder goes on as planned. Raises NotFound when the item is
    not the actor's to carry, or is done, and NotPossible (no_such_day).
    """
    if days not in DAYS:
        raise NotPossible("no_such_day")
    today = now.astimezone(zone).date()
    found = carried(tx, actor.person_id, [item_id], today)
    if not found:
        raise NotFound(SUBJECT)
    calendar = working_days.load(tx)
    day = calendar.next_working(today + timedelta(days=days))
    deadline = found[0].deadline
    reminders.snooze(tx, SUBJECT, item_id, actor.person_id, deadline, day, zone, calendar)
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
    return rungs
