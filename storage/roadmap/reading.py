"""Items under control as they are read: lists, cards and history, each within one's reach."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from storage.errors import NotAllowed, NotFound
from storage.people import lasting
from storage.roadmap.records import (
    CARRIED,
    CLOSED,
    HISTORY,
    PAGE,
    SOON_DAYS,
    STUBBORN,
    SUBJECT,
    Entry,
    Item,
    Kind,
    ListedItem,
    Page,
    State,
    Which,
)
from storage.rules.access import Action, Actor, may, scope
from storage.tables import (
    branches,
    clauses,
    control_extensions,
    control_history,
    control_items,
    control_people,
    instructions,
    meetings,
    memberships,
    people,
)


def mine(tx: Connection, actor: Actor, _today: date, page: int) -> Page:
    """What ``actor`` carries alone, with others or as a curator, by deadline; done comes last."""
    under_control = control_items.c.state != State.REMOVED
    return read_page(tx, and_(under_control, carried_by(actor.person_id)), page)


def of_branch(
    tx: Connection, actor: Actor, today: date, page: int, which: Which = Which.ALL
) -> Page:
    """The items of every branch that ``actor`` looks after, by deadline.

    Raises NotAllowed for whoever looks after none.
    """
    return read_page(tx, and_(within_reach(actor), narrowed_to(which, today)), page)


def within_reach(actor: Actor) -> ColumnElement[bool]:
    """The condition for the items of the branches that ``actor`` looks after.

    Raises NotAllowed for whoever looks after none.
    """
    if not may(actor, Action.SEE_BRANCH_ROADMAP):
        raise NotAllowed(Action.SEE_BRANCH_ROADMAP)
    within = scope(actor, Action.SEE_BRANCH_ROADMAP)
    if within is None:
        return control_items.c.id.is_not(None)
    return control_items.c.branch_id.in_(sorted(within))


def get(tx: Connection, actor: Actor, item_id: int) -> Item:
    """One item, for those who carry it and for whoever looks after its branch. Raises NotFound."""
    item = find(tx, item_id)
    if item is None or not _sees(actor, item):
        raise NotFound(SUBJECT)
    return item


def find(tx: Connection, item_id: int) -> Item | None:
    """One item for the program's own use: nobody's reach is checked."""
    found = whole(tx, cards().where(control_items.c.id == item_id))
    return found[0] if found else None


def find_all(tx: Connection, item_ids: Collection[int]) -> list[Item]:
    """Several of them by deadline, nobody's reach being checked."""
    query = cards().where(control_items.c.id.in_(sorted(item_ids)))
    return whole(tx, query.order_by(control_items.c.deadline, control_items.c.id))


def of_instruction(tx: Connection, instruction_id: int) -> int | None:
    """The id of the card of an instruction; None when it is not under control."""
    query = select(control_items.c.id).where(control_items.c.instruction_id == instruction_id)
    return tx.execute(query).scalar_one_or_none()


def carried(tx: Connection, person_id: int, item_ids: list[int], today: date) -> list[Item]:
    """Those of ``item_ids`` that the person still has to do, while holding a role, by deadline."""
    holds_a_role = (
        select(memberships.c.id)
        .where(memberships.c.person_id == person_id, lasting(today))
        .exists()
    )
    query = (
        cards()
        .where(
            control_items.c.id.in_(item_ids),
            carried_by(person_id),
            control_items.c.state.not_in(CLOSED),
            holds_a_role,
        )
        .order_by(control_items.c.deadline, control_items.c.id)
    )
    return whole(tx, query)


def carried_by(person_id: int) -> ColumnElement[bool]:
    """The condition for the items that a person executes, alone or with others, or curates."""
    beside = select(control_people.c.item_id).where(control_people.c.person_id == person_id)
    return or_(control_items.c.executor_id == person_id, control_items.c.id.in_(beside))


def history(tx: Connection, actor: Actor, item_id: int) -> list[Entry]:
    """What happened to the item, newest first. Raises NotFound."""
    get(tx, actor, item_id)
    return entries(tx, item_id, HISTORY)


def last_report(tx: Connection, item_id: int) -> Entry | None:
    """What was reported last; reach is the caller's matter (see ``get``)."""
    found = entries(tx, item_id, 1, control_history.c.kind.in_(("state", "comment")))
    return found[0] if found else None


def last_of(tx: Connection, item_id: int) -> Entry | None:
    """What happened last; reach is the caller's matter (see ``get``)."""
    found = entries(tx, item_id, 1)
    return found[0] if found else None


def entries(
    tx: Connection, item_id: int, limit: int, *narrowed: ColumnElement[bool]
) -> list[Entry]:
    """The newest ``limit`` lines of the history that meet ``narrowed``."""
    own = [name for name in Entry.__annotations__ if name not in ("person", "meeting_kk")]
    columns = [control_history.c[name] for name in own if name != "meeting_ru"]
    rows = tx.execute(
        select(
            *columns,
            people.c.name.label("person"),
            meetings.c.title_kk.label("meeting_kk"),
            meetings.c.title_ru.label("meeting_ru"),
        )
        .join(people, people.c.id == control_history.c.person_id)
        .outerjoin(meetings, meetings.c.id == control_history.c.meeting_id)
        .where(control_history.c.item_id == item_id, *narrowed)
        .order_by(control_history.c.at.desc(), control_history.c.id.desc())
        .limit(limit)
    ).mappings()
    return [_entry(row) for row in rows]


def read_page(tx: Connection, condition: ColumnElement[bool], page: int) -> Page:
    """A page of the items that meet ``condition``: what is closed last, then by deadline."""
    count = select(func.count()).select_from(control_items).where(condition)
    total = tx.execute(count).scalar_one()
    number = min(max(page, 0), max(0, (total - 1) // PAGE))
    query = listed().where(condition).order_by(*by_urgency())
    rows = tx.execute(query.limit(PAGE).offset(number * PAGE)).mappings()
    return Page([as_listed(row) for row in rows], number, total)


def listed() -> Select[Any]:
    """The query for items as ``as_listed`` makes them."""
    return select(*(control_items.c[name] for name in ListedItem.__annotations__))


def as_listed(row: Mapping[Any, Any]) -> ListedItem:
    """A row of ``listed``."""
    return ListedItem(**_typed(row))


def by_urgency() -> tuple[ColumnElement[Any], ...]:
    """What is closed last, then by deadline."""
    closed = case((control_items.c.state.in_(CLOSED), 1), else_=0)
    return closed, control_items.c.deadline, control_items.c.id


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition for whatever ``actor`` carries or looks after, as ``get`` lets them read it."""
    if not may(actor, Action.CARRY_ITEMS):
        raise NotAllowed(Action.CARRY_ITEMS)
    own = carried_by(actor.person_id)
    return or_(own, within_reach(actor)) if may(actor, Action.SEE_BRANCH_ROADMAP) else own


def _sees(actor: Actor, item: Item) -> bool:
    carries = item.is_carried_by(actor.person_id) and may(actor, Action.CARRY_ITEMS)
    return carries or may(actor, Action.SEE_BRANCH_ROADMAP, item.branch_id)


def narrowed_to(which: Which, today: date) -> ColumnElement[bool]:
    """The condition for one of the lists of a branch."""
    undone = control_items.c.state.not_in(CLOSED)
    if which is Which.OVERDUE:
        return and_(undone, control_items.c.deadline < today)
    if which is Which.SOON:
        until = today + timedelta(days=SOON_DAYS)
        return and_(undone, control_items.c.deadline.between(today, until))
    if which is Which.STUBBORN:
        # A year that ends unfulfilled is carried over; the present one counts once it is overdue.
        years = _carried() + case((control_items.c.deadline < today, 1), else_=0)
        return and_(undone, years >= STUBBORN)
    if which is Which.TO_CHECK:
        unchecked = control_items.c.accepted_at.is_(None)
        return and_(control_items.c.state == State.DONE, unchecked)
    return control_items.c.state != State.REMOVED


def _carried() -> ColumnElement[int]:
    """How many years an item was carried over."""
    own = and_(control_history.c.item_id == control_items.c.id, control_history.c.kind == CARRIED)
    return select(func.count()).select_from(control_history).where(own).scalar_subquery()


def cards() -> Select[Any]:
    """The query for items as ``whole`` makes them."""
    return (
        select(
            *(c for c in control_items.c if c.name not in ("series", "programme")),
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            func.coalesce(people.c.name, control_items.c.executor_name).label("executor"),
            meetings.c.title_kk.label("meeting_kk"),
            meetings.c.title_ru.label("meeting_ru"),
            clauses.c.number.label("clause"),
            control_items.c.programme,
            exists()
            .where(
                control_extensions.c.item_id == control_items.c.id,
                control_extensions.c.state == "asked",
            )
            .label("extension_asked"),
        )
        .join(branches, branches.c.id == control_items.c.branch_id)
        .outerjoin(people, people.c.id == control_items.c.executor_id)
        .outerjoin(meetings, meetings.c.id == control_items.c.meeting_id)
        .outerjoin(instructions, instructions.c.id == control_items.c.instruction_id)
        .outerjoin(clauses, clauses.c.id == instructions.c.clause_id)
    )


def whole(tx: Connection, query: Select[Any]) -> list[Item]:
    """The rows of ``query`` with the people beside the executor."""
    rows = tx.execute(query).mappings().all()
    ids = [row["id"] for row in rows]
    beside = (
        tx.execute(
            select(control_people.c.item_id, control_people.c.part, people.c.id, people.c.name)
            .join(people, people.c.id == control_people.c.person_id)
            .where(control_people.c.item_id.in_(ids))
            .order_by(control_people.c.id)
        ).all()
        if ids
        else []
    )
    found = []
    for row in rows:
        own = [one for one in beside if one.item_id == row["id"]]
        values = {name: row[name] for name in row if name != "executor_name"}
        for part in ("co_executor", "curator"):
            values[f"{part}s"] = tuple((one.id, one.name) for one in own if one.part == part)
        found.append(Item(**_typed(values)))
    return found


def _typed(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "state": State(row["state"]), "kind": Kind(row["kind"])}


def _entry(row: Mapping[Any, Any]) -> Entry:
    states = {name: State(row[name]) if row[name] else None for name in ("from_state", "to_state")}
    return Entry(**{**row, **states})
