"""The trail: who did what to which object, without the personal data itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from storage.errors import AlreadyChanged
from storage.rules.access import Actor
from storage.tables import audit, people

_INSERT = insert(audit)


def record(
    tx: Connection,
    /,
    actor: Actor | None,
    now: datetime,
    action: str,
    subject: str | None = None,
    subject_id: int | None = None,
    *,
    outcome: str = "done",
    **details: Any,
) -> None:
    """Add one row; ``details`` may hold codes, states and ids, never names, phones or texts."""
    tx.execute(
        _INSERT,
        {
            "at": now,
            "person_id": actor.person_id if actor else None,
            "action": action,
            "subject": subject,
            "subject_id": subject_id,
            "outcome": outcome,
            "details": details,
        },
    )


def overtaken(tx: Connection, subject: str, subject_id: int) -> AlreadyChanged:
    """The failure to raise when somebody was first: by whom, and when, as the trail has it."""
    query = (
        select(people.c.name, audit.c.at)
        .join(people, people.c.id == audit.c.person_id)
        .where(audit.c.subject == subject, audit.c.subject_id == subject_id)
        .where(audit.c.outcome == "done")
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    last = tx.execute(query).first()
    return AlreadyChanged(last.name, last.at) if last else AlreadyChanged()


def refusal(tx: Connection, /, actor: Actor, now: datetime, action: str, **details: Any) -> None:
    """Record that ``actor`` was refused ``action``."""
    record(tx, actor, now, action, outcome="refused", **details)
