"""Items of one's branches narrowed by direction, territory, state, executor, deadline, risk."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, select, true

from storage.roadmap import pressing
from storage.roadmap.pressing import Due, Risk
from storage.roadmap.reach import within_reach
from storage.roadmap.reading import read_page
from storage.roadmap.records import OPEN, Page, State
from storage.rules.access import Actor
from storage.tables import branches, control_items, people

MOST = 60  # choices that a facet offers


class Facet(StrEnum):
    """By what a list is narrowed."""

    DIRECTION = "d"
    TERRITORY = "b"
    STATE = "s"
    EXECUTOR = "p"
    DUE = "t"
    RISK = "r"


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to; 0 and None: not by that.

    ``direction`` is the id of the first item of the direction: a direction has no row of its own.
    """

    direction: int = 0
    branch: int = 0
    state: State | None = None
    person: int = 0
    due: Due | None = None
    risk: Risk | None = None

    @property
    def chosen(self) -> dict[Facet, str]:
        """The facets that are narrowed by, with their values."""
        return {
            facet: str(value) for facet, name in FIELDS.items() if (value := getattr(self, name))
        }


# Which value of Narrowed each facet is.
FIELDS = {
    Facet.DIRECTION: "direction",
    Facet.TERRITORY: "branch",
    Facet.STATE: "state",
    Facet.EXECUTOR: "person",
    Facet.DUE: "due",
    Facet.RISK: "risk",
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what it is called, and how many items it holds."""

    value: str
    name_kk: str | None
    name_ru: str | None
    items: int


@dataclass(frozen=True)
class Line:
    """How a direction stands; ``id`` is that of its first item."""

    id: int
    name_kk: str | None
    name_ru: str | None
    done: int
    going: int  # in progress, planned, done in part, extended
    at_risk: int  # and not done
    overdue: int

    @property
    def total(self) -> int:
        """All its items under control."""
        return self.done + self.going + self.at_risk + self.overdue


def page(tx: Connection, actor: Actor, today: date, by: Narrowed, number: int) -> Page:
    """A page of the items of one's branches. Raises NotAllowed for whoever looks after none."""
    return read_page(tx, _condition(tx, actor, today, by), number)


def choices(tx: Connection, actor: Actor, today: date, by: Narrowed, facet: Facet) -> list[Choice]:
    """The values that a facet has among what is narrowed by the others, most items first."""
    value, kk, ru = _columns(facet, today)
    of_direction = facet is Facet.DIRECTION
    grouped = control_items.c.direction_kk if of_direction else value
    rows = tx.execute(
        select(
            value.label("value"),
            func.min(kk).label("kk"),
            func.min(ru).label("ru"),
            func.count().label("n"),
        )
        .select_from(_JOINED)
        .where(_condition(tx, actor, today, _without(by, facet)), grouped.is_not(None))
        .group_by(grouped if of_direction else "value")
        .order_by(func.count().desc(), func.min(kk))
        .limit(MOST)
    )
    return [Choice(str(row.value), row.kk, row.ru, row.n) for row in rows]


def names(
    tx: Connection, actor: Actor, today: date, by: Narrowed
) -> dict[Facet, tuple[str | None, str | None]]:
    """What each chosen value is called, in both languages; None for one that holds nothing."""
    found: dict[Facet, tuple[str | None, str | None]] = {}
    for facet, value in by.chosen.items():
        named = {c.value: (c.name_kk, c.name_ru) for c in choices(tx, actor, today, by, facet)}
        found[facet] = named.get(value, (None, None))
    return found


def board(tx: Connection, actor: Actor, today: date) -> list[Line]:
    """How each direction stands in one's branches, the largest first. Raises NotAllowed."""
    is_open = control_items.c.state.in_(OPEN)
    overdue = and_(is_open, control_items.c.deadline < today)
    in_time = and_(is_open, control_items.c.deadline >= today)
    risky = control_items.c.state.in_((State.AT_RISK, State.NOT_DONE))
    rows = tx.execute(
        select(
            func.min(control_items.c.id).label("id"),
            control_items.c.direction_kk.label("name_kk"),
            func.min(control_items.c.direction_ru).label("name_ru"),
            func.count(case((~is_open, 1))).label("done"),
            func.count(case((and_(in_time, ~risky), 1))).label("going"),
            func.count(case((and_(in_time, risky), 1))).label("at_risk"),
            func.count(case((overdue, 1))).label("overdue"),
        )
        .where(within_reach(actor), control_items.c.state != State.REMOVED)
        .group_by(control_items.c.direction_kk)
        .order_by(func.count().desc(), func.min(control_items.c.id))
    )
    return [Line(*row) for row in rows]


_JOINED = control_items.join(branches, branches.c.id == control_items.c.branch_id).outerjoin(
    people, people.c.id == control_items.c.executor_id
)


def _columns(
    facet: Facet, today: date
) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """The value of a facet, and its names in both languages: its own value where it has none."""
    c = control_items.c
    match facet:
        case Facet.DIRECTION:
            return func.min(c.id), c.direction_kk, c.direction_ru
        case Facet.TERRITORY:
            return c.branch_id, branches.c.name_kk, branches.c.name_ru
        case Facet.EXECUTOR:
            return c.executor_id, people.c.name, people.c.name
        case Facet.STATE:
            return c.state, c.state, c.state
        case Facet.DUE:
            of = pressing.named(pressing.due(today))
        case Facet.RISK:
            of = pressing.named(pressing.risk(today))
    return of, of, of


def _condition(tx: Connection, actor: Actor, today: date, by: Narrowed) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [
        within_reach(actor),
        control_items.c.state != State.REMOVED,
    ]
    if by.direction:
        wanted.append(_of_direction(tx, by.direction))
    if by.branch:
        wanted.append(control_items.c.branch_id == by.branch)
    if by.state:
        wanted.append(control_items.c.state == by.state)
    if by.person:
        wanted.append(control_items.c.executor_id == by.person)
    if by.due:
        wanted.append(pressing.due(today)[by.due])
    if by.risk:
        wanted.append(pressing.risk(today)[by.risk])
    return and_(true(), *wanted)


def _of_direction(tx: Connection, item_id: int) -> ColumnElement[bool]:
    """The condition for the items of the same direction as one of them; without one: those too."""
    query = select(control_items.c.direction_kk).where(control_items.c.id == item_id)
    return control_items.c.direction_kk.is_not_distinct_from(literal(tx.execute(query).scalar()))


def _without(by: Narrowed, facet: Facet) -> Narrowed:
    name = FIELDS[facet]
    return replace(by, **{name: getattr(Narrowed, name)})
