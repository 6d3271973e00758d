"""The outbox: a message that must arrive is a row first, written with what caused it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, Select, select, update

from storage import facts
from storage.tables import outbox, people
from storage.upsert import insert_new


class Priority(IntEnum):
    """Lower goes first."""

    ANSWER = 0  # the direct answer to something a person just did
    NOTICE = 1  # somebody must learn of it
    REMINDER = 2
    BROADCAST = 3


@dataclass(frozen=True)
class Message:
    """One of several messages that are queued together."""

    key: str
    kind: str
    person_id: int
    params: dict[str, Any]


@dataclass(frozen=True)
class Outgoing:
    """A message that is being sent, with its recipient as of now."""

    id: int
    kind: str
    params: dict[str, Any]
    person_id: int
    telegram_id: int
    language: str | None
    reachable: bool
    attempts: int
    priority: int


def put(
    tx: Connection,
    key: str,
    kind: str,
    person_id: int,
    params: dict[str, Any],
    now: datetime,
    *,
    priority: Priority = Priority.ANSWER,
    not_before: datetime | None = None,
) -> None:
    """Queue a message of ``kind`` to one person; the same ``key`` is queued once for ever."""
    message = Message(key, kind, person_id, params)
    put_all(tx, [message], now, priority=priority, not_before=not_before)


def put_all(
    tx: Connection,
    messages: Iterable[Message],
    now: datetime,
    *,
    priority: Priority = Priority.ANSWER,
    not_before: datetime | None = None,
) -> None:
    """Queue several messages in one statement; a key that is queued already is passed over."""
    rows = [
        {
            "key": message.key,
            "kind": message.kind,
            "person_id": message.person_id,
            "params": message.params,
            "priority": int(priority),
            "not_before": not_before or now,
            "state": "waiting",
            "created_at": now,
        }
        for message in messages
    ]
    insert_new(tx, outbox, rows)


def claim(tx: Connection, now: datetime, limit: int) -> list[Outgoing]:
    """Take up to ``limit`` due messages, most urgent first, and mark them as being sent."""
    due = (
        select(outbox.c.id)
        .where(outbox.c.state == "waiting", outbox.c.not_before <= now)
        .order_by(outbox.c.priority, outbox.c.not_before, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # what another process claims just now is passed over
    )
    held = facts.recall(tx, facts.RESTORED_AT)
    if held is not None:  # what waited before a restore waits for the owner's word
        due = due.where(outbox.c.created_at >= held)
    ids = list(tx.execute(due).scalars())
    if not ids:
        return []
    tx.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(state="sending", attempts=outbox.c.attempts + 1)
    )
    rows = tx.execute(
        _outgoing()
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.priority, outbox.c.not_before, outbox.c.id)
    ).mappings()
    return [Outgoing(**row) for row in rows]


def postpone(tx: Connection, outgoing_id: int, until: datetime) -> None:
    """Put a message back to wait until ``until``; the try does not count."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id)
        .values(state="waiting", not_before=until, attempts=outbox.c.attempts - 1)
    )


def retry(tx: Connection, outgoing_id: int, until: datetime) -> None:
    """Put a message back to be tried again at ``until``; the try counts."""
    tx.execute(
        update(outbox).where(outbox.c.id == outgoing_id).values(state="waiting", not_before=until)
    )


def finish(
    tx: Connection,
    outgoing_id: int,
    state: str,
    now: datetime,
    *,
    reason: str | None = None,
    message_id: int | None = None,
) -> None:
    """Give a message its final state: sent, failed (with the reason) or uncertain."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id)
        .values(state=state, reason=reason, message_id=message_id, sent_at=now)
    )


def next_due(tx: Connection) -> datetime | None:
    """When the next waiting message may be sent; None when none waits."""
    return tx.execute(
        select(outbox.c.not_before)
        .where(outbox.c.state == "waiting")
        .order_by(outbox.c.not_before)
        .limit(1)
    ).scalar_one_or_none()


def left_over(tx: Connection) -> list[Outgoing]:
    """Messages that were being sent when the program died: Telegram may have them or not."""
    rows = tx.execute(_outgoing().where(outbox.c.state == "sending")).mappings()
    return [Outgoing(**row) for row in rows]


def _outgoing() -> Select[Any]:
    return select(
        outbox.c.id,
        outbox.c.kind,
        outbox.c.params,
        outbox.c.person_id,
        outbox.c.attempts,
        outbox.c.priority,
        people.c.telegram_id,
        people.c.language,
        people.c.reachable,
    ).join(people, people.c.id == outbox.c.person_id)
