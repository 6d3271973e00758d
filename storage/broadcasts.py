"""Broadcasts: a draft, the confirmation that is bound to what was shown, and the end.

A broadcast is finished if and only if no delivery waits any more.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Text,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from storage import audit, branches, outbox
from storage.audiences import Audience, count, demand, recipients
from storage.broadcast_reading import Broadcast, get
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.rules.access import Actor
from storage.tables import UtcDateTime, deliveries, people
from storage.tables import broadcasts as table
from storage.tables import outbox as outbox_table

COPY = "broadcast_copy"  # outbox kinds
RESULT = "broadcast_result"


@dataclass(frozen=True)
class Preview:
    """A draft exactly as it will be sent, and to how many."""

    broadcast: Broadcast
    audience: Audience


def draft(
    tx: Connection, actor: Actor, branch_id: int | None, text: str, now: datetime, today: date
) -> Preview:
    """Keep a draft of ``text`` (safe Telegram HTML) to ``branch_id`` (None: the whole region).

    Raises NotAllowed outside the actor's branches, NotFound for a branch that is none.
    """
    demand(actor, branch_id)
    if branch_id is not None:
        branches.get(tx, branch_id)
    broadcast_id = tx.execute(
        insert(table)
        .values(
            author_id=actor.person_id, branch_id=branch_id, text=text, state="draft", created_at=now
        )
        .returning(table.c.id)
    ).scalar_one()
    _record(tx, actor, now, "drafted", broadcast_id)
    return preview(tx, actor, broadcast_id, today)


def preview(tx: Connection, actor: Actor, broadcast_id: int, today: date) -> Preview:
    """Show a draft with the audience of this moment. Raises NotFound, NotAllowed."""
    found = get(tx, actor, broadcast_id)
    return Preview(found, count(tx, found.branch_id, found.author_id, today))


def rewrite(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    text: str,
    now: datetime,
    today: date,
) -> Preview:
    """Give a draft another text; what was shown before can be confirmed no more.

    Raises NotFound, NotAllowed, AlreadyChanged.
    """
    _own(get(tx, actor, broadcast_id), actor)
    _move(tx, broadcast_id, version, text=text)
    _record(tx, actor, now, "rewritten", broadcast_id)
    return preview(tx, actor, broadcast_id, today)


def cancel(tx: Connection, actor: Actor, broadcast_id: int, version: int, now: datetime) -> None:
    """Give a draft up. Raises NotFound, NotAllowed, AlreadyChanged."""
    _own(get(tx, actor, broadcast_id), actor)
    _move(tx, broadcast_id, version, state="cancelled")
    _record(tx, actor, now, "cancelled", broadcast_id)


def confirm(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    shown_recipients: int,
    now: datetime,
    today: date,
) -> Broadcast:
    """Send the draft that was shown as ``version`` to the ``shown_recipients`` people.

    Who they are is decided now. When their number is another than the one shown, nothing is sent
    and the draft is returned as it is: show it anew. Raises AlreadyChanged when the text was
    changed or the broadcast is on its way already, NotPossible("nobody") for an empty audience,
    NotAllowed when the actor's role does not reach that branch (any more), NotFound.
    """
    found = get(tx, actor, broadcast_id)
    _own(found, actor)
    if (found.version, found.state) != (version, "draft"):
        raise AlreadyChanged(at=found.confirmed_at)
    there = count(tx, found.branch_id, found.author_id, today)
    if there.total != shown_recipients:
        return found
    if there.total == 0:
        raise NotPossible("nobody")
    _move(tx, broadcast_id, version, state="running", recipients=there.total, confirmed_at=now)
    if _enqueue(tx, found, now, today) != there.total:
        raise AlreadyChanged  # somebody joined or left between the two statements
    _record(tx, actor, now, "confirmed", broadcast_id, recipients=there.total)
    running = replace(
        found, state="running", recipients=there.total, confirmed_at=now, version=version + 1
    )
    if there.reachable == 0 and finish_if_done(tx, broadcast_id, now):
        return replace(running, state="finished", finished_at=now)
    return running


def finish_if_done(tx: Connection, broadcast_id: int, now: datetime) -> bool:
    """End a running broadcast when no delivery waits, and tell the author, once.

    Returns whether it ended just now.
    """
    # Two transactions that settle the last two copies must not each see the other's as waiting:
    # the second waits here, and its next statement sees what the first one did.
    tx.execute(select(table.c.id).where(table.c.id == broadcast_id).with_for_update())
    waiting = exists().where(
        deliveries.c.broadcast_id == broadcast_id, deliveries.c.state == "waiting"
    )
    author_id = tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.state == "running", ~waiting)
        .values(state="finished", finished_at=now, version=table.c.version + 1)
        .returning(table.c.author_id)
    ).scalar_one_or_none()
    if author_id is None:
        return False
    outbox.put(
        tx,
        f"broadcast:{broadcast_id}:result",
        RESULT,
        author_id,
        {"broadcast_id": broadcast_id},
        now,
        priority=outbox.Priority.NOTICE,
    )
    return True


def _own(found: Broadcast, actor: Actor) -> None:
    if found.author_id != actor.person_id:
        raise NotFound("broadcast")


def _move(tx: Connection, broadcast_id: int, version: int, **values: object) -> None:
    """Change a draft. Raises AlreadyChanged when it is no draft, or not this version, any more."""
    changed = tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.version == version, table.c.state == "draft")
        .values(version=table.c.version + 1, **values)
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise AlreadyChanged


def _enqueue(tx: Connection, found: Broadcast, now: datetime, today: date) -> int:
    """Write a delivery for each recipient and a copy for whoever can be reached: two statements.

    Returns how many deliveries there are.
    """
    can = people.c.reachable
    why = case((can, null()), else_=func.coalesce(people.c.unreachable_reason, "unreachable"))
    who = recipients(
        found.branch_id,
        found.author_id,
        today,
        literal(found.id),
        people.c.id,
        case((can, "waiting"), else_="failed"),
        why,
    ).order_by(people.c.id)
    written = tx.execute(
        insert(deliveries).from_select(["broadcast_id", "person_id", "state", "reason"], who)
    ).rowcount
    copy = {
        "key": literal(f"broadcast:{found.id}:", Text) + cast(deliveries.c.person_id, Text),
        "kind": literal(COPY),
        "person_id": deliveries.c.person_id,
        "params": literal({"broadcast_id": found.id}, JSON),
        "priority": literal(int(outbox.Priority.BROADCAST)),
        "stream": literal(found.id),
        "not_before": literal(now, UtcDateTime()),
        "state": literal("waiting"),
        "created_at": literal(now, UtcDateTime()),
    }
    copies = (
        select(*copy.values())
        .where(deliveries.c.broadcast_id == found.id, deliveries.c.state == "waiting")
        .order_by(deliveries.c.person_id)
    )
    tx.execute(insert(outbox_table).from_select(list(copy), copies))
    return written


def _record(
    tx: Connection, actor: Actor, now: datetime, what: str, broadcast_id: int, **details: Any
) -> None:
    audit.record(tx, actor, now, f"broadcast.{what}", "broadcast", broadcast_id, **details)
