"""Bringing a file: every line of it is written, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from storage import audit, roadmap
from storage.errors import NotPossible
from storage.roadmap import NewRoadmapItem, State
from storage.roadmap.records import SUBJECT
from storage.roadmap.steps import remember, replan, step
from storage.roadmap_books.checking import Ready, checked
from storage.roadmap_books.rows import Difference, GivenItem
from storage.rules.access import Actor
from storage.tables import control_items, roadmap_rows
from storage.upsert import upsert

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
    for one in ready:
        _add(tx, one, now, zone)
    for change in found.changed:
        _change(tx, actor, change, now, zone)
    audit.record(
        tx, actor, now, "import_roadmap", SUBJECT, new=len(ready), changed=len(found.changed)
    )
    return Brought(len(ready), len(found.changed))


def _add(tx: Connection, one: Ready, now: datetime, zone: ZoneInfo) -> None:
    given = one.given
    item = NewRoadmapItem(
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
    )
    item_id = roadmap.add(tx, item, now, zone)
    row = {"external_id": given.external_id, "deadline_text": given.deadline_text}
    tx.execute(insert(roadmap_rows).values(item_id=item_id, **row))


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
    if said.keys() - {"deadline", "executor", "deadline_text", "term"}:
        remember(tx, before.id, actor, now, IMPORTED)
    row: dict[str, Any] = {"external_id": change.given.external_id}
    if "deadline_text" in said:
        row["deadline_text"] = said["deadline_text"]
    upsert(tx, roadmap_rows, {"item_id": before.id}, row)
    if said.keys() & {"deadline", "executor"}:
        replan(tx, roadmap.get(tx, actor, before.id), now, zone)


def _columns(change: Difference, said: dict[str, Any], before: date) -> dict[str, Any]:
    """The columns of the item; a later deadline counts as an extension."""
    columns = {name: value for name, value in said.items() if name in control_items.c}
    if "executor" in said:
        columns["executor_id"] = change.executor_id
        columns["executor_name"] = None if change.executor_id else said["executor"]
    if "deadline" in said and said["deadline"] > before:
        columns["extensions"] = control_items.c.extensions + 1
    return columns
