"""People beside an executor in a workbook: names parted by semicolons, known to the bot or not."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, select

from storage.roadmap import Kind
from storage.roadmap_books.rows import Beside
from storage.tables import control_items, control_people, people

MOST = 20  # people in a part
SEPARATOR = "; "
COLUMNS = {"co_executors": "co_executor_names", "curators": "curator_names"}
PARTS = {"co_executors": "co_executor", "curators": "curator"}


def people_beside(tx: Connection) -> dict[int, dict[str, dict[int, str]]]:
    """Of every item of the roadmap: the field of a part → the people in it, with their names."""
    query = (
        select(control_people.c.item_id, control_people.c.part, people.c.id, people.c.name)
        .join(people, people.c.id == control_people.c.person_id)
        .join(control_items, control_items.c.id == control_people.c.item_id)
        .where(control_items.c.kind == Kind.ROADMAP, control_items.c.series == "")
        .order_by(control_people.c.id)
    )
    fields = {part: field for field, part in PARTS.items()}
    found: dict[int, dict[str, dict[int, str]]] = {}
    for item_id, part, person_id, name in tx.execute(query):
        found.setdefault(item_id, {}).setdefault(fields[part], {})[person_id] = name
    return found


def written(known: Mapping[int, str], others: str | None) -> str | None:
    """The names as a cell has them; None where there are none."""
    return SEPARATOR.join([*known.values(), *([others] if others else [])]) or None


def read(text: str, person: Callable[[str], int | None]) -> Beside:
    """Who is meant by a cell; commas part names only where all of these are known."""
    ids: set[int] = set()
    others: list[str] = []
    for piece in (piece.strip() for piece in text.split(";")):
        if not piece:
            continue
        meant = [person(piece)] if "," not in piece else [person(one) for one in piece.split(",")]
        if None in meant and (whole := person(piece)) is not None:
            meant = [whole]
        if None in meant:
            others.append(piece)
        else:
            ids |= {one for one in meant if one is not None}
    return Beside(frozenset(ids), SEPARATOR.join(dict.fromkeys(others)) or None)
