"""Items of the roadmap as they are read: lists, cards and history, each within one's reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from storage.errors import NotAllowed, NotFound
from storage.people import lasting
from storage.rules.access import Action, Actor, may, scope
from storage.tables import branches, memberships, people, roadmap_history, roadmap_items

SUBJECT = "roadmap_item"
SOON_DAYS = 14
PAGE = 8
HISTORY = 10  # entries that are shown, newest first


class State(StrEnum):
    """What is reported of an item; overdue is computed from the deadline, never stored."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    AT_RISK = "at_risk"
    DONE = "done"


class Which(StrEnum):
    """What a list of a branch is narrowed to."""

    OVERDUE = "overdue"
    SOON = "soon"
    ALL = "all"


@dataclass(frozen=True)
class Entry:
    """A line of an item's history; ``kind`` is state, comment, deadline or executor."""

    at: datetime
    person: str
    kind: str
    from_state: State | None
    to_state: State | None
    from_deadline: date | None
    to_deadline: date | None
    text: str | None


@dataclass(frozen=True)
class ListedItem:
    """An item as a list shows it."""

    id: int
    number: str
    title_kk: str
    title_ru: str
    deadline: date
    state: State
    executor_id: int
    version: int

    def is_overdue(self, today: date) -> bool:
        """Whether the deadline passed and the item is not done."""
        return self.state is not State.DONE and self.deadline < today


@dataclass(frozen=True)
class Item(ListedItem):
    """An item as its card shows it."""

    branch_id: int
    branch_kk: str
    branch_ru: str
    direction_kk: str
    direction_ru: str
    completion_kk: str | None
    completion_ru: str | None
    executor: str
    reported_at: datetime | None


@dataclass(frozen=True)
class Page:
    """One page (from 0) of a list of ``total`` items; ``number`` is the page that exists."""

    items: list[ListedItem]
    number: int
    total: int


def mine(tx: Connection, actor: Actor, _today: date, page: int) -> Page:
    """What ``actor`` carries, by deadline; what is done comes last."""
    return _page(tx, roadmap_items.c.executor_id == actor.person_id, page)


def of_branch(
    tx: Connection, actor: Actor, today: date, page: int, which: Which = Which.ALL
) -> Page:
    """The items of every branch that ``actor`` looks after, by deadline.

    Raises NotAllowed for whoever looks after none.
    """
    if not may(actor, Action.SEE_BRANCH_ROADMAP):
        raise NotAllowed(Action.SEE_BRANCH_ROADMAP)
    within = scope(actor, Action.SEE_BRANCH_ROADMAP)
    narrowed = [_narrowing(which, today)]
    if within is not None:
        narrowed.append(roadmap_items.c.branch_id.in_(sorted(within)))
    return _page(tx, and_(*narrowed), page)


def get(tx: Connection, actor: Actor, item_id: int) -> Item:
    """One item, for its executor and for whoever looks after its branch. Raises NotFound."""
    item = find(tx, item_id)
    if item is None or not _sees(actor, item):
        raise NotFound(SUBJECT)
    return item


def find(tx: Connection, item_id: int) -> Item | None:
    """One item for the program's own use: nobody's reach is checked."""
    row = tx.execute(_cards().where(roadmap_items.c.id == item_id)).mappings().first()
    return None if row is None else _item(row)


def carried(tx: Connection, person_id: int, item_ids: list[int], today: date) -> list[Item]:
    """Those of ``item_ids`` that the person still has to do, while holding a role, by deadline."""
    holds_a_role = (
        select(memberships.c.id)
        .where(memberships.c.person_id == person_id, lasting(today))
        .exists()
    )
    rows = tx.execute(
        _cards()
        .where(
            roadmap_items.c.id.in_(item_ids),
            roadmap_items.c.executor_id == person_id,
            roadmap_items.c.state != State.DONE,
            holds_a_role,
        )
        .order_by(roadmap_items.c.deadline, roadmap_items.c.id)
    ).mappings()
    return [_item(row) for row in rows]


def history(tx: Connection, actor: Actor, item_id: int) -> list[Entry]:
    """What happened to the item, newest first. Raises NotFound."""
    get(tx, actor, item_id)
    return entries(tx, item_id, HISTORY)


def last_report(tx: Connection, item_id: int) -> Entry | None:
    """What was reported last; reach is the caller's matter (see ``get``)."""
    found = entries(tx, item_id, 1, roadmap_history.c.kind.in_(("state", "comment")))
    return found[0] if found else None


def _sees(actor: Actor, item: Item) -> bool:
    carries = item.executor_id == actor.person_id and may(actor, Action.READ_ROADMAP)
    return carries or may(actor, Action.SEE_BRANCH_ROADMAP, item.branch_id)


def _narrowing(which: Which, today: date) -> ColumnElement[bool]:
    undone = roadmap_items.c.state != State.DONE
    if which is Which.OVERDUE:
        return and_(undone, roadmap_items.c.deadline < today)
    if which is Which.SOON:
        until = today + timedelta(days=SOON_DAYS)
        return and_(undone, roadmap_items.c.deadline.between(today, until))
    return roadmap_items.c.id.is_not(None)


def _page(tx: Connection, condition: ColumnElement[bool], page: int) -> Page:
    count = select(func.count()).select_from(roadmap_items).where(condition)
    total = tx.execute(count).scalar_one()
    number = min(max(page, 0), max(0, (total - 1) // PAGE))
    rows = tx.execute(
        select(*(roadmap_items.c[name] for name in ListedItem.__annotations__))
        .where(condition)
        .order_by(
            case((roadmap_items.c.state == State.DONE, 1), else_=0),
            roadmap_items.c.deadline,
            roadmap_items.c.id,
        )
        .limit(PAGE)
        .offset(number * PAGE)
    ).mappings()
    items = [ListedItem(**{**row, "state": State(row["state"])}) for row in rows]
    return Page(items, number, total)


def _cards() -> Select[Any]:
    own = list(roadmap_items.c)
    return (
        select(
            *own,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            people.c.name.label("executor"),
        )
        .join(branches, branches.c.id == roadmap_items.c.branch_id)
        .join(people, people.c.id == roadmap_items.c.executor_id)
    )


def _item(row: Mapping[Any, Any]) -> Item:
    return Item(**{**row, "state": State(row["state"])})


def entries(
    tx: Connection, item_id: int, limit: int, *narrowed: ColumnElement[bool]
) -> list[Entry]:
    """The newest ``limit`` lines of the history that meet ``narrowed``."""
    columns = [roadmap_history.c[name] for name in Entry.__annotations__ if name != "person"]
    rows = tx.execute(
        select(*columns, people.c.name.label("person"))
        .join(people, people.c.id == roadmap_history.c.person_id)
        .where(roadmap_history.c.item_id == item_id, *narrowed)
        .order_by(roadmap_history.c.at.desc(), roadmap_history.c.id.desc())
        .limit(limit)
    ).mappings()
    return [_entry(row) for row in rows]


def _entry(row: Mapping[Any, Any]) -> Entry:
    states = {name: State(row[name]) if row[name] else None for name in ("from_state", "to_state")}
    return Entry(**{**row, **states})
