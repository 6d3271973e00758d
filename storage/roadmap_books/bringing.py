"""Bringing a file: every line of it is written, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert

from storage import audit, roadmap
from storage.errors import NotPossible
from storage.roadmap import NewRoadmapItem, State, items
from storage.roadmap.indexing import index
from storage.roadmap.records import SUBJECT
from storage.roadmap.steps import remember, replan, step
from storage.roadmap_books.beside import COLUMNS, PARTS
from storage.roadmap_books.checking import Ready, checked
from storage.roadmap_books.rows import BESIDE, Beside, Difference, GivenItem
from storage.rules.access import Actor
from storage.tables import control_items, control_people, roadmap_rows
from storage.upsert import upsert

AT_ONCE = 500  # new items
IMPORTED = "imported"  # in the history of an item: a workbook changed its words


@dataclass(frozen=True)
class Brought:
    """How many items are new, and how many were changed."""

    new: int
    changed: int


def bring(
    tx: Connection,
    actor: Actor,
    rows: Sequence[GivenItem],
    branch_id: int | None,
    seal: str,
    now: datetime,
    zone: ZoneInfo,
) -> Brought:
    """Write what was shown with ``seal``: new items, and changes of known ones; all or none.

    Raises NotAllowed, and NotPossible("changed") when it is not what was shown any more.
    """
    today = now.astimezone(zone).date()
    found, ready = checked(tx, actor, rows, branch_id, today)
    if found.problems or found.seal != seal:
        raise NotPossible("changed")
    # In parts: between two statements those are answered who only read.
    for start in range(0, len(ready), AT_ONCE):
        _add(tx, ready[start : start + AT_ONCE], now, zone)
    for change in found.changed:
        _change(tx, actor, change, now, zone)
    index(tx, [change.item_id for change in found.changed])
    audit.record(
        tx, actor, now, "import_roadmap", SUBJECT, new=len(ready), changed=len(found.changed)
    )
    return Brought(len(ready), len(found.changed))


def _add(tx: Connection, new: Sequence[Ready], now: datetime, zone: ZoneInfo) -> None:
    """Put them down together: whoever else writes waits for as short as it can be."""
    ids = items.add_all(tx, [_item(one) for one in new], now, zone)
    rows = [
        {
            "item_id": item_id,
            "external_id": one.given.external_id,
            "deadline_text": one.given.deadline_text,
        }
        for item_id, one in zip(ids, new, strict=True)
    ]
    tx.execute(insert(roadmap_rows), rows)


def _item(one: Ready) -> items.Beside:
    given = one.given
    people = {part: one.beside.get(part, Beside()) for part in BESIDE}
    new = NewRoadmapItem(
        given.number,
        one.branch_id,
        given.direction_kk,
        given.direction_ru,
        given.title_kk,
        given.title_ru,
        one.executor_id,
        given.deadline,
        given.completion_kk,
        given.completion_ru,
        given.state or State.PLANNED,
        term=given.term,
        object=given.object,
        body=given.body,
        executor_name=None if one.executor_id else given.executor,
        funding=given.funding,
        indicator=given.indicator,
        co_executor_names=people["co_executors"].names,
        curator_names=people["curators"].names,
    )
    return items.Beside(new, *(tuple(sorted(people[part].ids)) for part in BESIDE))


def _change(
    tx: Connection, actor: Actor, change: Difference, now: datetime, zone: ZoneInfo
) -> None:
    """Take over what the line says; deadline and executor are remembered as such."""
    before = roadmap.get(tx, actor, change.item_id)
    said = {name: became for name, (_, became) in change.changes.items()}
    step(tx, before, change.version, **_columns(change, said, before.deadline))
    if "deadline" in said:
        days = {"from_deadline": before.deadline, "to_deadline": said["deadline"]}
        remember(tx, before.id, actor, now, "deadline", **days, text=change.given.deadline_text)
    if "executor" in said:
        remember(tx, before.id, actor, now, "executor")
    for part, who in change.beside.items():
        _put_beside(tx, before.id, part, who)
    if change.beside:
        remember(tx, before.id, actor, now, "people")
    if said.keys() - {*BESIDE, "deadline", "executor", "deadline_text", "term"}:
        remember(tx, before.id, actor, now, IMPORTED)
    row: dict[str, Any] = {"external_id": change.given.external_id}
    if "deadline_text" in said:
        row["deadline_text"] = said["deadline_text"]
    upsert(tx, roadmap_rows, {"item_id": before.id}, row)
    if said.keys() & {"deadline", "executor", *BESIDE}:
        replan(tx, roadmap.get(tx, actor, before.id), now, zone)


def _put_beside(tx: Connection, item_id: int, part: str, who: Beside) -> None:
    """Make these people, and nobody else, what ``part`` says."""
    c = control_people.c
    in_part = (c.part == PARTS[part]) | c.person_id.in_(sorted(who.ids))
    tx.execute(delete(control_people).where(c.item_id == item_id, in_part))
    rows = [
        {"item_id": item_id, "person_id": person_id, "part": PARTS[part]}
        for person_id in sorted(who.ids)
    ]
    if rows:
        tx.execute(insert(control_people), rows)


def _columns(change: Difference, said: dict[str, Any], before: date) -> dict[str, Any]:
    """The columns of the item; a later deadline counts as an extension."""
    columns = {name: value for name, value in said.items() if name in control_items.c}
    columns |= {COLUMNS[part]: who.names for part, who in change.beside.items()}
    if "executor" in said:
        columns["executor_id"] = change.executor_id
        columns["executor_name"] = None if change.executor_id else said["executor"]
    if "deadline" in said and said["deadline"] > before:
        columns["extensions"] = control_items.c.extensions + 1
    return columns
