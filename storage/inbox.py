"""The inbox: an update is on disk before Telegram is told that it arrived."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, func, select, update

from storage.tables import inbox
from storage.upsert import insert_new

MAX_ATTEMPTS = 3


class AfterFailure(Enum):
    """What becomes of an update whose handling failed."""

    AGAIN = "again"
    QUARANTINED = "quarantined"  # that was the last try: set aside
    DONE = "done"  # its effect was kept before the failure: it must not happen again


@dataclass(frozen=True)
class Waiting:
    """An update to be handled."""

    update_id: int
    lane: int  # a chat (or a person, for events without a chat): order is kept within a lane
    body: dict[str, Any]
    attempts: int
    received_at: datetime


def keep(tx: Connection, updates: list[tuple[int, dict[str, Any]]], now: datetime) -> None:
    """Keep raw updates with their lanes; one that is kept already is passed over."""
    insert_new(
        tx,
        inbox,
        [
            {
                "update_id": body["update_id"],
                "lane": lane,
                "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
                "state": "new",
                "received_at": now,
            }
            for lane, body in updates
        ],
    )


def waiting(tx: Connection, after: int | None = None, limit: int = 100) -> list[Waiting]:
    """Updates not done yet, oldest first, those numbered above ``after`` when it is given."""
    query = select(inbox).where(inbox.c.state == "new").order_by(inbox.c.update_id).limit(limit)
    if after is not None:
        query = query.where(inbox.c.update_id > after)
    return [
        Waiting(r.update_id, r.lane, json.loads(r.body), r.attempts, r.received_at)
        for r in tx.execute(query)
    ]


def done(tx: Connection, update_ids: list[int], now: datetime) -> None:
    """Mark updates handled and blank their bodies: they hold personal data."""
    tx.execute(
        update(inbox)
        .where(inbox.c.update_id.in_(update_ids))
        .values(state="done", done_at=now, body=None)
    )


def failed(tx: Connection, update_id: int, error: str, now: datetime) -> AfterFailure:
    """Count a failed attempt, set the update aside when it was the last; say what is next."""
    attempts = tx.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == "new")
        .values(attempts=inbox.c.attempts + 1, error=error)
        .returning(inbox.c.attempts)
    ).scalar_one_or_none()
    if attempts is None:
        return AfterFailure.DONE
    if attempts < MAX_ATTEMPTS:
        return AfterFailure.AGAIN
    tx.execute(
        update(inbox).where(inbox.c.update_id == update_id).values(state="quarantined", done_at=now)
    )
    return AfterFailure.QUARANTINED


def depth(tx: Connection) -> int:
    """How many updates wait."""
    return tx.execute(
        select(func.count()).select_from(inbox).where(inbox.c.state == "new")
    ).scalar_one()
