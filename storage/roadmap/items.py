"""Putting items under control, each with those who carry it, beneath what it is a part of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from storage import audit
from storage.errors import NotFound, NotPossible
from storage.roadmap.indexing import index
from storage.roadmap.reading import get
from storage.roadmap.records import CLOSED, SUBJECT, Item, Kind, State, Term
from storage.roadmap.steps import managed, plan, remember, step
from storage.rules.access import Actor
from storage.tables import control_items, control_people


@dataclass(frozen=True)
class NewRoadmapItem:
    """An item as it is put down; ``completion`` is the form of completion, if the plan has one.

    ``series``: within what its number is unique (a plan, a meeting); "" for the one plan there is.
    """

    number: str
    branch_id: int
    direction_kk: str | None
    direction_ru: str | None
    title_kk: str | None
    title_ru: str | None
    executor_id: int | None
    deadline: date
    completion_kk: str | None = None
    completion_ru: str | None = None
    state: State = State.PLANNED
    kind: Kind = Kind.ROADMAP
    series: str = ""
    term: Term = Term.DATE
    object: str | None = None
    body: str | None = None
    executor_name: str | None = None
    funding: str | None = None
    programme: str | None = None
    meeting_id: int | None = None
    instruction_id: int | None = None
    parent_id: int | None = None


def add(
    tx: Connection,
    item: NewRoadmapItem,
    now: datetime,
    zone: ZoneInfo,
    *,
    co_executors: Iterable[int] = (),
    curators: Iterable[int] = (),
) -> int:
    """Put down an item and plan the reminders of everybody who carries it; return its id."""
    values = {name: getattr(item, name) for name in NewRoadmapItem.__annotations__}
    statement = insert(control_items).values(**values).returning(control_items.c.id)
    item_id = int(tx.execute(statement).scalar_one())
    parts = dict.fromkeys(curators, "curator")
    parts |= dict.fromkeys(co_executors, "co_executor")
    parts.pop(item.executor_id or 0, None)
    rows = [
        {"item_id": item_id, "person_id": person_id, "part": part}
        for person_id, part in sorted(parts.items())
    ]
    if rows:
        tx.execute(insert(control_people), rows)
    index(tx, [item_id])
    if item.state not in CLOSED:
        executor = (item.executor_id,) if item.executor_id else ()
        plan(tx, item_id, (*executor, *sorted(parts)), item.deadline, now, zone, item.kind)
    return item_id


def set_parent(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    parent_id: int | None,
    now: datetime,
) -> Item:
    """Say what the item is a part of (None: of nothing).

    Secretaries only. Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (removed, or
    circle: the parent is the item itself, or lies beneath it).
    """
    item = managed(tx, actor, item_id)
    if parent_id is not None:
        get(tx, actor, parent_id)
        if item_id in _line(tx, parent_id):
            raise NotPossible("circle")
    step(tx, item, version, parent_id=parent_id)
    remember(tx, item_id, actor, now, "parent")
    audit.record(tx, actor, now, "roadmap.set_parent", SUBJECT, item_id, to=parent_id)
    return get(tx, actor, item_id)


def _line(tx: Connection, item_id: int) -> set[int]:
    """The item and everything above it."""
    line: set[int] = set()
    above: int | None = item_id
    while above is not None and above not in line:
        line.add(above)
        query = select(control_items.c.parent_id).where(control_items.c.id == above)
        row = tx.execute(query).first()
        if row is None:
            raise NotFound(SUBJECT)
        above = row.parent_id
    return line
