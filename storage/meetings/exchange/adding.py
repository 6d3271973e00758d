"""An import is kept: every line of it or none, and only what was looked at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from storage import audit, search_index
from storage.errors import NotPossible
from storage.meetings.exchange.checking import Checked, Planned, check
from storage.meetings.exchange.rows import Given, ItemRow
from storage.meetings.steps import SUBJECT
from storage.rules.access import Actor
from storage.rules.meeting_states import HELD
from storage.tables import agenda_items, branches, co_speakers, meetings, people

OF_MEETING = (
    *("body", "kind", "title_kk", "title_ru", "starts_at", "period_kk", "period_ru", "format"),
    *("place_kk", "place_ru", "link", "latitude", "longitude", "chair_kk", "chair_ru"),
    *("summary_kk", "summary_ru", "decision_kk", "decision_ru", "source_kk", "source_ru"),
)
OF_ITEM = (
    *("kind", "title_kk", "title_ru", "speaker_kk", "speaker_ru", "speaker_position_kk"),
    *("speaker_position_ru", "minutes", "visibility", "draft_decision_kk", "draft_decision_ru"),
    *("heard_kk", "heard_ru", "decision_kk", "decision_ru"),
)


@dataclass(frozen=True)
class Added:
    """How many meetings (``held`` of them as such) and items were added."""

    meetings: int
    held: int
    items: int


def add(tx: Connection, actor: Actor, given: Given, seal: str, now: datetime) -> Added:
    """Add everything of a workbook whose check has ``seal``; nobody is told of anything.

    Raises NotAllowed, and NotPossible: changed when the check says something else by now, problems
    while anything is wrong, nothing_new.
    """
    # Of two who bring the same at once the second waits here, and finds it there.
    every = select(branches.c.id).order_by(branches.c.id)
    tx.execute(every.with_for_update(key_share=True)).all()
    checked = check(tx, actor, given, now)
    if checked.seal != seal:
        raise NotPossible("changed")
    if checked.problems:
        raise NotPossible("problems")
    if not checked.new:
        raise NotPossible("nothing_new")
    ids = _meetings(tx, checked, now)
    _items(tx, checked, ids)
    search_index.index_meetings(tx, ids)
    for meeting_id, one in zip(ids, checked.new, strict=True):
        kept = {"state": one.state, "items": len(one.items)}
        audit.record(tx, actor, now, "import_meeting", SUBJECT, meeting_id, kept=kept)
    return Added(len(ids), checked.held, checked.items)


def _meetings(tx: Connection, checked: Checked, now: datetime) -> list[int]:
    known = _people(tx)
    rows = [_meeting(one, known, now) for one in checked.new]
    statement = insert(meetings).returning(meetings.c.id, sort_by_parameter_order=True)
    return list(tx.execute(statement, rows).scalars())


def _meeting(one: Planned, known: dict[str, int], now: datetime) -> dict[str, Any]:
    values = {name: getattr(one.row, name) for name in OF_MEETING}
    told = one.state == HELD and (one.row.summary_kk or one.row.summary_ru)
    return values | {
        "branch_id": one.branch.id,
        "state": one.state,
        "chair_id": known.get(one.row.chair_kk or one.row.chair_ru or ""),
        "published_at": now if told else None,
    }


def _items(tx: Connection, checked: Checked, ids: list[int]) -> None:
    known = _people(tx)
    listed = [
        (meeting_id, number, one.state, item)
        for meeting_id, one in zip(ids, checked.new, strict=True)
        for number, item in enumerate(one.items, start=1)
    ]
    if not listed:
        return
    rows = [
        _item(item, known)
        | {
            "meeting_id": meeting_id,
            "number": number,
            "state": item.state or ("done" if state == HELD else "planned"),
        }
        for meeting_id, number, state, item in listed
    ]
    statement = insert(agenda_items).returning(agenda_items.c.id, sort_by_parameter_order=True)
    item_ids = list(tx.execute(statement, rows).scalars())
    beside = [
        {"item_id": item_id, "position": position, "person_id": known.get(name)}
        | {"name": name, "post": post}
        for item_id, (*_, item) in zip(item_ids, listed, strict=True)
        for position, (name, post) in enumerate(item.co_speakers, start=1)
    ]
    if beside:
        tx.execute(insert(co_speakers), beside)


def _item(item: ItemRow, known: dict[str, int]) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in OF_ITEM}
    return values | {"speaker_id": known.get(item.speaker_kk or item.speaker_ru or "")}


def _people(tx: Connection) -> dict[str, int]:
    """Whom the bot knows by a name that nobody else has."""
    query = select(people.c.name, func.min(people.c.id)).group_by(people.c.name)
    rows = tx.execute(query.having(func.count() == 1))
    return {str(row[0]): int(row[1]) for row in rows}
