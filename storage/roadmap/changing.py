"""What a secretary changes of an item: its deadline, its executor, the people beside."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert

from storage import audit
from storage.errors import NotPossible
from storage.roadmap import carrying
from storage.roadmap.carrying import Carrier
from storage.roadmap.checking import next_year
from storage.roadmap.extending import withdraw
from storage.roadmap.indexing import index
from storage.roadmap.reading import get
from storage.roadmap.records import CARRIED, SUBJECT, Item, State
from storage.roadmap.steps import managed, remember, replan, step, tell
from storage.rules.access import Actor
from storage.tables import control_items, control_people

BESIDE = 20  # people beside an executor


def move_deadline(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    new_deadline: date,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> Item:
    """Give the item another deadline, tell its executor, and plan its reminders anew.

    A later one counts as an extension. Secretaries only. Raises NotFound, NotAllowed,
    AlreadyChanged, and NotPossible when the item is done or the day has passed.
    """
    item = _open(tx, actor, item_id)
    if new_deadline < now.astimezone(zone).date():
        raise NotPossible("deadline_in_the_past")
    longer = int(new_deadline > item.deadline)
    extensions = control_items.c.extensions + longer
    step(tx, item, version, deadline=new_deadline, extensions=extensions)
    moved = {"from_deadline": item.deadline, "to_deadline": new_deadline}
    remember(tx, item_id, actor, now, "deadline", **moved, text=reason or None)
    withdraw(tx, item_id)
    after = get(tx, actor, item_id)
    replan(tx, after, now, zone)
    tell(tx, item, "roadmap_deadline", item.reminded, actor, now)
    audit.record(
        tx, actor, now, "roadmap.move_deadline", SUBJECT, item_id, to=new_deadline.isoformat()
    )
    return after


def carry_over(
    tx: Connection, actor: Actor, item_id: int, version: int, now: datetime, zone: ZoneInfo
) -> Item:
    """Carry what was not done this year over to the same day of the next; its carriers are told.

    It counts as a year unfulfilled, not as an extension. Secretaries only. Raises NotFound,
    NotAllowed, AlreadyChanged, and NotPossible (removed, roadmap_item_done, not_this_year).
    """
    item, today = _open(tx, actor, item_id), now.astimezone(zone).date()
    if item.deadline.year > today.year:
        raise NotPossible("not_this_year")
    later = next_year(item.deadline)
    while later.year <= today.year:
        later = next_year(later)
    step(tx, item, version, deadline=later, state=State.PLANNED)
    moved = {"from_deadline": item.deadline, "to_deadline": later}
    states = {"from_state": item.state, "to_state": State.PLANNED}
    remember(tx, item_id, actor, now, CARRIED, **moved, **states)
    withdraw(tx, item_id)
    after = get(tx, actor, item_id)
    replan(tx, after, now, zone)
    tell(tx, item, "roadmap_deadline", item.reminded, actor, now)
    audit.record(tx, actor, now, "roadmap.carry_over", SUBJECT, item_id, to=later.isoformat())
    return after


def hand_over(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    executor_id: int,
    now: datetime,
    zone: ZoneInfo,
) -> Item:
    """Make another person the executor, tell them, and remind them from now on.

    Secretaries only. Raises as ``move_deadline``; NotFound for a person who may not report.
    """
    item = _open(tx, actor, item_id)
    carrying.require(tx, executor_id, item.kind, item.branch_id, now.astimezone(zone).date())
    step(tx, item, version, executor_id=executor_id, executor_name=None)
    _leave(tx, item_id, executor_id)
    remember(tx, item_id, actor, now, "executor")
    index(tx, [item_id])
    after = get(tx, actor, item_id)
    replan(tx, after, now, zone)
    tell(tx, item, "roadmap_handed", (executor_id,), actor, now)
    audit.record(tx, actor, now, "roadmap.hand_over", SUBJECT, item_id, to=executor_id)
    return after


def put_beside(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    person_id: int,
    part: str,
    now: datetime,
    zone: ZoneInfo,
) -> Item:
    """Make a person a co_executor or a curator; one who is that already is so no more.

    Secretaries only. Raises as ``hand_over``, and NotPossible (is_executor, too_many).
    """
    item = _open(tx, actor, item_id)
    if person_id == item.executor_id:
        raise NotPossible("is_executor")
    of_part = item.curators if part == "curator" else item.co_executors
    is_one = person_id in {one for one, _ in of_part}
    if not is_one:
        today = now.astimezone(zone).date()
        carrying.require(tx, person_id, item.kind, item.branch_id, today)
        if len(item.reminded) > BESIDE:
            raise NotPossible("too_many")
    step(tx, item, version)
    _leave(tx, item_id, person_id)
    if not is_one:
        row = {"item_id": item_id, "person_id": person_id, "part": part}
        tx.execute(insert(control_people).values(row))
    remember(tx, item_id, actor, now, "people")
    after = get(tx, actor, item_id)
    replan(tx, after, now, zone)
    if not is_one:
        tell(tx, item, "roadmap_handed", (person_id,), actor, now)
    audit.record(tx, actor, now, f"roadmap.{part}", SUBJECT, item_id, person=person_id)
    return after


def carriers(tx: Connection, actor: Actor, item_id: int, today: date) -> list[Carrier]:
    """Who may carry the item, by name. Raises NotFound, NotAllowed, NotPossible."""
    item = managed(tx, actor, item_id)
    return carrying.able(tx, item.kind, item.branch_id, today)


def _open(tx: Connection, actor: Actor, item_id: int) -> Item:
    item = managed(tx, actor, item_id)
    if item.state is State.DONE:
        raise NotPossible("roadmap_item_done")
    return item


def _leave(tx: Connection, item_id: int, person_id: int) -> None:
    tx.execute(
        delete(control_people).where(
            control_people.c.item_id == item_id, control_people.c.person_id == person_id
        )
    )
