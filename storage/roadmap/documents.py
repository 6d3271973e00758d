"""Documents of an item: what it rests on, beside what proves its reports."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from storage import audit
from storage.errors import NotPossible
from storage.roadmap.records import SUBJECT
from storage.roadmap.reporting import DOCUMENT, Evidence
from storage.roadmap.steps import managed, remember
from storage.rules.access import Actor
from storage.tables import control_evidence, control_history

MOST = 10  # documents of an item


def attach(tx: Connection, actor: Actor, item_id: int, file: Evidence, now: datetime) -> int:
    """Keep a document of the item; return how many it has. The item's version stays.

    Secretaries only. Raises NotFound, NotAllowed, NotPossible (removed, too_many_documents).
    """
    managed(tx, actor, item_id)
    there = tx.execute(
        select(func.count())
        .select_from(control_history)
        .where(control_history.c.item_id == item_id, control_history.c.kind == DOCUMENT)
    ).scalar_one()
    if there >= MOST:
        raise NotPossible("too_many_documents")
    entry = remember(tx, item_id, actor, now, DOCUMENT, text=file.name)
    row = {name: getattr(file, name) for name in Evidence.__annotations__}
    tx.execute(insert(control_evidence).values(entry_id=entry, **row))
    audit.record(tx, actor, now, "roadmap.attach", SUBJECT, item_id)
    return int(there) + 1
