"""The roadmap as lines of a workbook, in the form that is read back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from storage.roadmap import Kind, State, Term
from storage.roadmap.reach import within_reach
from storage.roadmap_books.beside import people_beside, written
from storage.roadmap_books.rows import BESIDE, ROWS, GivenItem
from storage.rules.access import Actor
from storage.tables import branches, control_items, people, roadmap_rows


@dataclass(frozen=True)
class Exported:
    """The lines, by number; ``left_out`` did not fit."""

    rows: tuple[GivenItem, ...]
    left_out: int


def export(tx: Connection, actor: Actor) -> Exported:
    """The items of the roadmap that ``actor`` looks after. Raises NotAllowed."""
    query = (
        select(
            control_items,
            branches.c.code.label("territory"),
            roadmap_rows.c.external_id,
            roadmap_rows.c.deadline_text,
            func.coalesce(people.c.name, control_items.c.executor_name).label("executor"),
        )
        .join(branches, branches.c.id == control_items.c.branch_id)
        .outerjoin(roadmap_rows, roadmap_rows.c.item_id == control_items.c.id)
        .outerjoin(people, people.c.id == control_items.c.executor_id)
        .where(
            within_reach(actor),
            control_items.c.kind == Kind.ROADMAP,
            control_items.c.series == "",
            control_items.c.state != State.REMOVED,
        )
        .order_by(control_items.c.id)
    )
    rows = tx.execute(query).mappings().all()
    beside = people_beside(tx)
    found = [_given(row, beside.get(row["id"], {})) for row in rows]
    ordered = sorted(found, key=lambda one: _by_number(one.number))
    return Exported(tuple(ordered[:ROWS]), max(0, len(ordered) - ROWS))


def _given(row: Any, beside: dict[str, dict[int, str]]) -> GivenItem:
    own = {"sheet", "row", "external_id", "term", "state", *BESIDE}
    names = set(GivenItem.__annotations__) - own
    return GivenItem(
        "",
        0,
        row["external_id"] or row["number"],
        term=Term(row["term"]),
        state=State(row["state"]),
        co_executors=written(beside.get("co_executors", {}), row["co_executor_names"]),
        curators=written(beside.get("curators", {}), row["curator_names"]),
        **{name: row[name] for name in names},
    )


def _by_number(number: str) -> list[tuple[int, int, str]]:
    """«1.10» after «1.9»: parts of digits by their value, others by their letters."""
    parts = number.replace("-", ".").split(".")
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
