"""Items under control as they are read: lists, cards and history, each within one's reach."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, select

from storage.errors import NotFound
from storage.people import lasting
from storage.roadmap.entries import entries
from storage.roadmap.reach import carried_by, narrowed_to, within_reach
from storage.roadmap.records import (
    CLOSED,
    HISTORY,
    PAGE,
    SUBJECT,
    Entry,
    Item,
    Kind,
    ListedItem,
    Page,
    State,
    Which,
)
from storage.rules.access import Action, Actor, may
from storage.tables import (
    branches,
    clauses,
    control_extensions,
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


def history(tx: Connection, actor: Actor, item_id: int) -> list[Entry]:
    """What happened to the item, newest first. Raises NotFound."""
    get(tx, actor, item_id)
    return entries(tx, item_id, HISTORY)


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


def _sees(actor: Actor, item: Item) -> bool:
    carries = item.is_carried_by(actor.person_id) and may(actor, Action.CARRY_ITEMS)
    return carries or may(actor, Action.SEE_BRANCH_ROADMAP, item.branch_id)


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
