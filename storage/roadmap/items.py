"""Putting items under control, each with those who carry it, beneath what it is a part of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from storage import audit, reminder_ladders, reminders, working_days
from storage.errors import NotFound, NotPossible
from storage.roadmap.indexing import index
from storage.roadmap.reading import get
from storage.roadmap.records import CLOSED, SUBJECT, Item, Kind, State, Term
from storage.roadmap.steps import managed, remember, step
from storage.rules.access import Actor
from storage.tables import control_items, control_people


@dataclass(frozen=True)
class NewRoadmapItem:
    """An item as it is put down; ``completion`` is the form of completion, if the plan has one.

    ``*_names``: people whom the bot does not know.

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
    co_executor_names: str | None = None
    curator_names: str | None = None
    indicator: str | None = None


@dataclass(frozen=True)
class Beside:
    """An item with the people beside its executor."""

    item: NewRoadmapItem
    co_executors: tuple[int, ...] = ()
    curators: tuple[int, ...] = ()

    @property
    def parts(self) -> dict[int, str]:
        """Who is what beside the executor; a co-executor is no curator too."""
        parts = dict.fromkeys(self.curators, "curator")
        parts |= dict.fromkeys(self.co_executors, "co_executor")
        parts.pop(self.item.executor_id or 0, None)
        return parts

    @property
    def carriers(self) -> list[int]:
        """Everybody who is reminded of it."""
        executor = [self.item.executor_id] if self.item.executor_id else []
        return executor + sorted(self.parts)


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
    return add_all(tx, [Beside(item, tuple(co_executors), tuple(curators))], now, zone)[0]


def add_all(tx: Connection, given: Sequence[Beside], now: datetime, zone: ZoneInfo) -> list[int]:
    """As ``add`` for many, in a few statements whatever their number; return the ids in order."""
    names = NewRoadmapItem.__annotations__
    values = [{name: getattr(one.item, name) for name in names} for one in given]
    tx.execute(insert(control_items), values)
    ids = _ids(tx, given)
    rows = [
        {"item_id": item_id, "person_id": person_id, "part": part}
        for item_id, one in zip(ids, given, strict=True)
        for person_id, part in sorted(one.parts.items())
    ]
    if rows:
        tx.execute(insert(control_people), rows)
    index(tx, ids)
    _plan(tx, dict(zip(ids, given, strict=True)), now, zone)
    return ids


def _ids(tx: Connection, given: Sequence[Beside]) -> list[int]:
    """The ids of what was just put down, by the numbers: SQLite returns none in their order."""
    c = control_items.c
    series, numbers = {one.item.series for one in given}, {one.item.number for one in given}
    query = select(c.series, c.number, c.id).where(c.series.in_(series), c.number.in_(numbers))
    found = {(row.series, row.number): int(row.id) for row in tx.execute(query)}
    return [found[one.item.series, one.item.number] for one in given]


def _plan(tx: Connection, given: dict[int, Beside], now: datetime, zone: ZoneInfo) -> None:
    """Plan the reminders of new items, by the ladders of their kinds."""
    calendar = working_days.load(tx)
    for kind in sorted({one.item.kind for one in given.values()}):
        whom = [
            (item_id, person_id, one.item.deadline)
            for item_id, one in given.items()
            if one.item.kind is kind and one.item.state not in CLOSED
            for person_id in one.carriers
        ]
        days = reminder_ladders.of(tx, kind).own
        reminders.plan_new(tx, SUBJECT, whom, now, zone, calendar, days)


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
