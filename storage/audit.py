"""The trail: who did what to which object, without the personal data itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from storage.rules.access import Actor
from storage.tables import audit

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


def refusal(tx: Connection, /, actor: Actor, now: datetime, action: str, **details: Any) -> None:
    """Record that ``actor`` was refused ``action``."""
    record(tx, actor, now, action, outcome="refused", **details)
