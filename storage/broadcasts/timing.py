"""A broadcast that goes at a moment: set, and sent by a tick when the moment has come."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from storage import audit, facts, outbox, people
from storage.audiences import count, covers
from storage.broadcasts import approving, boards, gathering, hours, recurring, steering
from storage.broadcasts.drafting import Preview, demand_ahead, move, own, preview, record
from storage.broadcasts.reading import Broadcast, find, get
from storage.broadcasts.starting import start
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Actor
from storage.tables import broadcasts as table

NOT_SENT = "broadcast_not_sent"  # outbox kind
EXPIRES = timedelta(hours=6)  # of a standstill; after that the moment has passed
FARTHEST = timedelta(days=366)


def schedule(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    send_at: datetime | None,
    now: datetime,
    today: date,
) -> Preview:
    """Let a draft go at ``send_at`` (None: at once) when it is confirmed.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("past" or "too_far").
    """
    own(get(tx, actor, broadcast_id), actor)
    if send_at is not None and send_at <= now:
        raise NotPossible("past")
    if send_at is not None and send_at > now + FARTHEST:
        raise NotPossible("too_far")
    # What began at another moment is to be looked at again.
    once = {"repeats": None, "repeats_from": None, "repeats_until": None}
    move(tx, broadcast_id, version, send_at=send_at, **once)
    record(tx, actor, now, "timed", broadcast_id)
    return preview(tx, actor, broadcast_id, today)


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Send what is due at ``now``; return how many broadcasts. What is too late is given up.

    What was due before a restore waits for the owner's word.
    """
    steering.hold_again(tx, now)
    gathering.tick(tx, now)
    hours.put_off(tx, now)
    due = select(table.c.id).where(table.c.state == "scheduled", table.c.send_at <= now)
    restored = facts.recall(tx, facts.RESTORED_AT)
    if restored is not None:
        due = due.where(table.c.send_at > restored)
    ids = list(tx.execute(due.order_by(table.c.send_at, table.c.id)).scalars())
    for broadcast_id in ids:
        found = find(tx, broadcast_id)
        if found is not None:
            _send(tx, found, now, now.astimezone(zone).date())
    return len(ids)


def _send(tx: Connection, found: Broadcast, now: datetime, today: date) -> None:
    author = people.actor_of(tx, people.get(tx, found.author_id).telegram_id, today)
    there = count(tx, found.whom, found.author_id, today)
    due = hours.first_moment(tx, found, found.send_at or now)
    if now - due > EXPIRES:
        _give_up(tx, found, "expired", now)
    elif author is None or not covers(author, found.whom.branches):
        _give_up(tx, found, "author", now)
    elif there.copies == 0:
        _give_up(tx, found, "nobody", now)
    elif found.repeats and found.approved_by is None and approving.needed(tx, found, there):
        _give_up(tx, found, "approval", now)
    else:
        try:
            demand_ahead(tx, found, now)
            started = start(tx, found, there, now, today)
        except NotPossible as no:
            _give_up(tx, found, str(no), now)
            return
        except AlreadyChanged:  # taken back this very moment
            return
        if started.state == "scheduled":  # by now it is night
            return
        if started.state == "running":
            boards.announce(tx, found.id, now)
        audit.record(tx, author, now, "broadcast.started", "broadcast", found.id)


def _give_up(tx: Connection, found: Broadcast, why: str, now: datetime) -> None:
    """It is a draft again, and its author learns why."""
    moved = tx.execute(
        update(table)
        .where(table.c.id == found.id, table.c.version == found.version)
        .values(state="draft", send_at=None, recipients=None, version=table.c.version + 1)
        .returning(table.c.id)
    ).first()
    if moved is None:
        return
    if why != "author":
        recurring.go_on(tx, found, now)
    outbox.put(
        tx,
        f"broadcast:{found.id}:not_sent:{found.version}",
        NOT_SENT,
        found.author_id,
        {"broadcast_id": found.id, "why": why},
        now,
        priority=outbox.Priority.NOTICE,
    )
