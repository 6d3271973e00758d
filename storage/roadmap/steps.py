"""One step of an item: from the version that was seen, remembered, told, its reminders anew."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from storage import outbox, people, reminder_ladders, reminders, working_days
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.roadmap.entries import entries
from storage.roadmap.reading import get
from storage.roadmap.records import SUBJECT, Item, Kind, State
from storage.rules.access import Action, Actor, may
from storage.tables import control_history, control_items

NEWS = "control_news"  # to those who carry it: what was decided on it
TO_CHECK = "control_to_check"  # to those who check: reported done
ASKED = "control_asked"  # to those who check: another deadline is asked for


def managed(tx: Connection, actor: Actor, item_id: int) -> Item:
    """An item under control that ``actor`` manages.

    Raises NotFound, NotAllowed, and NotPossible (removed).
    """
    item = get(tx, actor, item_id)
    if not may(actor, Action.MANAGE_ROADMAP, item.branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, item.branch_id)
    require_under_control(item)
    return item


def require_under_control(item: Item) -> None:
    """Raise NotPossible (removed) when it is under control no more."""
    if item.state is State.REMOVED:
        raise NotPossible("removed")


def step(tx: Connection, item: Item, version: int, **values: Any) -> None:
    """Change the item as it was seen in ``version``. Raises AlreadyChanged (by whom, when)."""
    changed = tx.execute(
        update(control_items)
        .where(control_items.c.id == item.id, control_items.c.version == version)
        .values(version=control_items.c.version + 1, **values)
    )
    if changed.rowcount != 1:
        _already_changed(tx, item.id)


def _already_changed(tx: Connection, item_id: int) -> NoReturn:
    last = entries(tx, item_id, 1)
    raise AlreadyChanged(last[0].person, last[0].at) if last else AlreadyChanged()


def remember(
    tx: Connection, item_id: int, actor: Actor, now: datetime, kind: str, **values: Any
) -> int:
    """Add a line to the history; return its id."""
    row = {"item_id": item_id, "at": now, "person_id": actor.person_id, "kind": kind, **values}
    statement = insert(control_history).values(row).returning(control_history.c.id)
    return int(tx.execute(statement).scalar_one())


def plan(
    tx: Connection,
    item_id: int,
    whom: Iterable[int],
    deadline: date,
    now: datetime,
    zone: ZoneInfo,
    kind: Kind,
) -> None:
    """Plan the reminders of everybody in ``whom``, by the ladder of the item's kind."""
    calendar, days = working_days.load(tx), reminder_ladders.of(tx, kind).own
    for person_id in whom:
        reminders.plan(tx, SUBJECT, item_id, person_id, deadline, now, zone, calendar, days)


def replan(tx: Connection, item: Item, now: datetime, zone: ZoneInfo) -> None:
    """Take back what is planned, and plan anew for ``item`` as it is now."""
    still = None if item.is_closed else reminders.Still(item.reminded, item.deadline, now)
    reminders.void(tx, SUBJECT, item.id, still)
    if not item.is_closed:
        plan(tx, item.id, item.reminded, item.deadline, now, zone, item.kind)


def tell(
    tx: Connection,
    item: Item,
    kind: str,
    whom: Iterable[int],
    actor: Actor,
    now: datetime,
    **params: Any,
) -> None:
    """Queue a notice about the step that was just made from ``item``; nobody hears of their own."""
    messages = [
        outbox.Message(
            f"{kind}:{item.id}:{item.version + 1}:{person_id}",
            kind,
            person_id,
            {"item_id": item.id, **params},
        )
        for person_id in sorted(set(whom) - {actor.person_id})
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def controllers(tx: Connection, item: Item, today: date) -> list[int]:
    """Who checks the item: the secretaries of its branch, else those of the region."""
    return [person.id for person in people.secretaries(tx, item.branch_id, today)]
