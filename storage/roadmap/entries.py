"""The lines of an item's history, newest first; whose reach it lies in is the caller's matter."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from storage.roadmap.records import Entry, State
from storage.tables import control_history, meetings, people


def last_report(tx: Connection, item_id: int) -> Entry | None:
    """What was reported last."""
    found = entries(tx, item_id, 1, control_history.c.kind.in_(("state", "comment")))
    return found[0] if found else None


def last_of(tx: Connection, item_id: int) -> Entry | None:
    """What happened last."""
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


def _entry(row: Mapping[Any, Any]) -> Entry:
    states = {name: State(row[name]) if row[name] else None for name in ("from_state", "to_state")}
    return Entry(**{**row, **states})
