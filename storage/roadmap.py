"""Items of the roadmap: who carries them, by when, and what is reported of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from storage import audit, outbox, reminders, working_days
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.people import lasting
from storage.roadmap_views import (
    PAGE,
    SUBJECT,
    Entry,
    Item,
    ListedItem,
    Page,
    State,
    Which,
    carried,
    entries,
    find,
    get,
    history,
    last_report,
    mine,
    of_branch,
)
from storage.rules.access import MATRIX, Action, Actor, may
from storage.tables import memberships, roadmap_history, roadmap_items

__all__ = [
    "MAX_COMMENT",
    "PAGE",
    "SUBJECT",
    "Entry",
    "Item",
    "ListedItem",
    "NewRoadmapItem",
    "Page",
    "State",
    "Which",
    "add",
    "carried",
    "find",
    "get",
    "hand_over",
    "history",
    "last_report",
    "may_report",
    "mine",
    "move_deadline",
    "of_branch",
    "report",
    "require_report",
]

MAX_COMMENT = 1000  # characters of a report's comment


@dataclass(frozen=True)
class NewRoadmapItem:
    """An item as it is put down; ``completion`` is the form of completion, if the plan has one."""

    number: str
    branch_id: int
    direction_kk: str
    direction_ru: str
    title_kk: str
    title_ru: str
    executor_id: int
    deadline: date
    completion_kk: str | None = None
    completion_ru: str | None = None
    state: State = State.PLANNED


def add(tx: Connection, item: NewRoadmapItem, now: datetime, zone: ZoneInfo) -> int:
    """Put down an item and plan its reminders; return its id."""
    values = {name: getattr(item, name) for name in NewRoadmapItem.__annotations__}
    statement = insert(roadmap_items).values(**values).returning(roadmap_items.c.id)
    item_id = int(tx.execute(statement).scalar_one())
    if item.state is not State.DONE:
        _plan(tx, item_id, item.executor_id, item.deadline, now, zone)
    return item_id


def may_report(actor: Actor, item: Item) -> bool:
    """Whether ``actor`` reports on ``item``: its executor does, and the branch's secretary."""
    carries = item.executor_id == actor.person_id and may(actor, Action.REPORT_ROADMAP)
    return carries or may(actor, Action.MANAGE_ROADMAP, item.branch_id)


def require_report(actor: Actor, item: Item) -> None:
    """Raise NotAllowed unless ``actor`` reports on ``item``."""
    if not may_report(actor, item):
        raise NotAllowed(Action.REPORT_ROADMAP, item.branch_id)


def report(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    state: State,
    text: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> Item:
    """Report that the item is in ``state``, with a comment or None; return the item as it is now.

    Done takes the reminders back. Only a secretary opens what is done; that plans them anew.
    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible, and ValueError for a long comment.
    """
    if text is not None and len(text) > MAX_COMMENT:
        raise ValueError(f"a comment has at most {MAX_COMMENT} characters")
    item = get(tx, actor, item_id)
    require_report(actor, item)
    was_done = item.state is State.DONE
    _step(tx, item, version, state=state, reported_at=now)
    if was_done and not may(actor, Action.MANAGE_ROADMAP, item.branch_id):
        raise NotPossible("roadmap_item_done")
    kind = "comment" if state is item.state else "state"
    _remember(tx, item_id, actor, now, kind, from_state=item.state, to_state=state, text=text)
    if state is State.DONE:
        reminders.void(tx, SUBJECT, item_id)
    elif was_done:
        _plan(tx, item_id, item.executor_id, item.deadline, now, zone)
    audit.record(tx, actor, now, "roadmap.report", SUBJECT, item_id, state=state.value)
    return get(tx, actor, item_id)


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

    Secretaries only. Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible when the item is
    done or the day has passed.
    """
    item = _managed(tx, actor, item_id)
    if new_deadline < now.astimezone(zone).date():
        raise NotPossible("deadline_in_the_past")
    _step(tx, item, version, deadline=new_deadline)
    _remember(
        tx,
        item_id,
        actor,
        now,
        "deadline",
        from_deadline=item.deadline,
        to_deadline=new_deadline,
        text=reason,
    )
    _replan(tx, item_id, item.executor_id, new_deadline, now, zone)
    _tell(tx, item, "roadmap_deadline", item.executor_id, actor, now)
    audit.record(
        tx, actor, now, "roadmap.move_deadline", SUBJECT, item_id, to=new_deadline.isoformat()
    )
    return get(tx, actor, item_id)


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
    item = _managed(tx, actor, item_id)
    _check_carrier(tx, executor_id, item.branch_id, now.astimezone(zone).date())
    _step(tx, item, version, executor_id=executor_id)
    _remember(tx, item_id, actor, now, "executor")
    _replan(tx, item_id, executor_id, item.deadline, now, zone)
    _tell(tx, item, "roadmap_handed", executor_id, actor, now)
    audit.record(tx, actor, now, "roadmap.hand_over", SUBJECT, item_id, to=executor_id)
    return get(tx, actor, item_id)


def _managed(tx: Connection, actor: Actor, item_id: int) -> Item:
    item = get(tx, actor, item_id)
    if not may(actor, Action.MANAGE_ROADMAP, item.branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, item.branch_id)
    if item.state is State.DONE:
        raise NotPossible("roadmap_item_done")
    return item


def _check_carrier(tx: Connection, person_id: int, branch_id: int, today: date) -> None:
    held = select(memberships.c.id).where(
        memberships.c.person_id == person_id,
        memberships.c.role.in_(sorted(MATRIX[Action.REPORT_ROADMAP])),
        memberships.c.branch_id.is_(None) | (memberships.c.branch_id == branch_id),
        lasting(today),
    )
    if tx.execute(held.limit(1)).first() is None:
        raise NotFound("person")


def _step(tx: Connection, item: Item, version: int, **values: Any) -> None:
    """Change the item as it was seen in ``version``."""
    changed = tx.execute(
        update(roadmap_items)
        .where(roadmap_items.c.id == item.id, roadmap_items.c.version == version)
        .values(version=roadmap_items.c.version + 1, **values)
    )
    if changed.rowcount != 1:
        _already_changed(tx, item.id)


def _already_changed(tx: Connection, item_id: int) -> NoReturn:
    last = entries(tx, item_id, 1)
    raise AlreadyChanged(last[0].person, last[0].at) if last else AlreadyChanged()


def _plan(
    tx: Connection,
    item_id: int,
    person_id: int,
    deadline: date,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    calendar = working_days.load(tx)
    reminders.plan(tx, SUBJECT, item_id, person_id, deadline, now, zone, calendar)


def _replan(
    tx: Connection,
    item_id: int,
    person_id: int,
    deadline: date,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    reminders.void(tx, SUBJECT, item_id)
    _plan(tx, item_id, person_id, deadline, now, zone)


def _tell(
    tx: Connection, item: Item, kind: str, person_id: int, actor: Actor, now: datetime
) -> None:
    """Queue a notice to ``person_id`` about the step that was just made, unless it is their own."""
    if person_id != actor.person_id:
        key = f"{kind}:{item.id}:{item.version + 1}"
        params = {"item_id": item.id}
        outbox.put(tx, key, kind, person_id, params, now, priority=outbox.Priority.NOTICE)


def _remember(
    tx: Connection, item_id: int, actor: Actor, now: datetime, kind: str, **values: Any
) -> None:
    tx.execute(
        insert(roadmap_history).values(
            item_id=item_id, at=now, person_id=actor.person_id, kind=kind, **values
        )
    )
