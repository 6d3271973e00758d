"""Who may carry an item: in which roles, in which branch, and whether the bot reaches them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from storage.errors import NotFound
from storage.people import lasting
from storage.roadmap.records import Kind
from storage.rules.access import MATRIX, Action
from storage.rules.alphabet import order
from storage.tables import memberships, people


@dataclass(frozen=True)
class Carrier:
    """A person who may carry an item; ``reachable``: what the bot writes arrives."""

    id: int
    name: str
    reachable: bool


def able(tx: Connection, kind: Kind, branch_id: int, today: date) -> list[Carrier]:
    """Whoever may carry an item of ``kind`` in a branch, by name; nobody who has left."""
    columns = (people.c.id, people.c.name, people.c.reachable)
    rows = tx.execute(select(*columns).where(people.c.id.in_(_ids(kind, branch_id, today))))
    return sorted((Carrier(*row) for row in rows), key=lambda one: (order(one.name), one.id))


def require(tx: Connection, person_id: int, kind: Kind, branch_id: int, today: date) -> None:
    """Raise NotFound unless the person may carry an item of ``kind`` in the branch."""
    query = _ids(kind, branch_id, today).where(memberships.c.person_id == person_id)
    if tx.execute(query.limit(1)).first() is None:
        raise NotFound("person")


def _ids(kind: Kind, branch_id: int, today: date):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as lasting
    """The ids of those who may: anybody in the party carries out an instruction."""
    action = Action.CARRY_ITEMS if kind is Kind.INSTRUCTION else Action.REPORT_ROADMAP
    return select(memberships.c.person_id).where(
        memberships.c.role.in_(sorted(MATRIX[action])),
        memberships.c.branch_id.is_(None) | (memberships.c.branch_id == branch_id),
        lasting(today),
    )
