"""What is there already: the items of the roadmap, the branches, and people by name and post."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from storage import branches
from storage.branches import Branch
from storage.people import lasting
from storage.roadmap import Kind
from storage.roadmap_books.beside import people_beside
from storage.rules.access import MATRIX, Action, Actor
from storage.rules.folding import fold
from storage.tables import control_items, memberships, people, roadmap_rows

_STEM = 5  # letters of a place's name: what comes after them is its ending


@dataclass(frozen=True)
class Known:
    """Everything that a file is compared with."""

    items: dict[str, dict[str, Any]]  # by external id
    numbers: dict[str, int]  # number → the item that has it
    reach: list[Branch]
    beside: dict[int, dict[str, dict[int, str]]]  # item → field of a part → person, name
    people: dict[str, set[tuple[int, int | None]]]  # folded name or post → person, branch

    def branch(self, words: str) -> Branch | None:
        """The branch of a code, of its name, or of the place that it is the branch of."""
        given = fold(words)
        for one in self.reach:
            if given in (fold(one.code), fold(one.name_kk), fold(one.name_ru)):
                return one
        stem = given.split()[0][:_STEM] if given else ""
        if len(stem) < _STEM:
            return None
        found = [
            one
            for one in self.reach
            if fold(one.name_kk).startswith(stem) or fold(one.name_ru).startswith(stem)
        ]
        return found[0] if len(found) == 1 else None

    def person(self, words: str, branch_id: int) -> int | None:
        """The only one of that name, or in that post, who may report in the branch."""
        found = {
            person_id
            for person_id, of_branch in self.people.get(fold(words), ())
            if of_branch in (None, branch_id)
        }
        return found.pop() if len(found) == 1 else None


def known(tx: Connection, actor: Actor, today: date) -> Known:
    """What ``actor`` would change, and whom and where a line may name."""
    rows = tx.execute(_items()).mappings().all()
    return Known(
        {_external(row): dict(row) for row in rows},
        {row["number"]: row["id"] for row in rows},
        branches.within(tx, actor, Action.MANAGE_ROADMAP),
        people_beside(tx),
        _people(tx, today),
    )


def _items() -> Any:
    return (
        select(
            control_items,
            roadmap_rows.c.external_id,
            roadmap_rows.c.deadline_text,
            func.coalesce(people.c.name, control_items.c.executor_name).label("executor"),
        )
        .outerjoin(roadmap_rows, roadmap_rows.c.item_id == control_items.c.id)
        .outerjoin(people, people.c.id == control_items.c.executor_id)
        .where(control_items.c.kind == Kind.ROADMAP, control_items.c.series == "")
    )


def _external(row: RowMapping) -> str:
    """What an item is known again by: one that no file brought, by its number."""
    return str(row["external_id"] or row["number"])


def _people(tx: Connection, today: date) -> dict[str, set[tuple[int, int | None]]]:
    rows = tx.execute(
        select(
            people.c.id,
            people.c.name,
            memberships.c.branch_id,
            memberships.c.position_kk,
            memberships.c.position_ru,
        )
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.role.in_(sorted(MATRIX[Action.REPORT_ROADMAP])), lasting(today))
    )
    found: dict[str, set[tuple[int, int | None]]] = {}
    for row in rows:
        for words in (row.name, row.position_kk, row.position_ru):
            if words:
                found.setdefault(fold(words), set()).add((row.id, row.branch_id))
    return found
