"""Announcements that a person reads once a day: gathered in one message at the chosen hour."""

from datetime import datetime, time, timedelta

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Text,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from storage.broadcasts.reading import Broadcast, find
from storage.outbox import Priority
from storage.rules.gate import COUNTRY
from storage.tables import UtcDateTime, deliveries, digest_wishes, outbox
from storage.tables import broadcasts as table
from storage.tables import digest_entries as entries

DIGEST = "broadcast_digest"  # outbox kind
HOURS = (9, 12, 15, 18)  # that may be chosen
DAY = timedelta(days=1)
MOST = 10  # announcements in one message; it has a button for each


def gather(tx: Connection, broadcast_id: int, now: datetime) -> ColumnElement[bool]:
    """Let the waiting deliveries of those who wish so wait for their hour.

    Returns the condition that holds of these deliveries.
    """
    due = case(
        {hour: literal(next_at(hour, now), UtcDateTime()) for hour in HOURS},
        value=digest_wishes.c.hour,
    )
    who = (
        select(deliveries.c.broadcast_id, deliveries.c.person_id, due)
        .join(digest_wishes, digest_wishes.c.person_id == deliveries.c.person_id)
        .where(deliveries.c.broadcast_id == broadcast_id, deliveries.c.state == "waiting")
    )
    tx.execute(insert(entries).from_select(["broadcast_id", "person_id", "due_at"], who))
    gathered = select(entries.c.person_id).where(entries.c.broadcast_id == broadcast_id)
    return deliveries.c.person_id.in_(gathered)


def next_at(hour: int, now: datetime) -> datetime:
    """The next moment after ``now`` that the clocks here show ``hour``."""
    local = now.astimezone(COUNTRY)
    today = datetime.combine(local.date(), time(hour), tzinfo=COUNTRY)
    return today if today > local else today + DAY


def tick(tx: Connection, now: datetime) -> None:
    """Queue the messages that are due, one for each person and hour."""
    due = select(entries.c.due_at).where(entries.c.due_at <= now).distinct()
    for due_at in tx.execute(due).scalars().all():
        _queue(tx, due_at, now)


def _queue(tx: Connection, due_at: datetime, now: datetime) -> None:
    key = literal(f"{DIGEST}:{due_at:%Y-%m-%dT%H}:", Text) + cast(entries.c.person_id, Text)
    row = {
        "key": key,
        "kind": literal(DIGEST),
        "person_id": entries.c.person_id,
        "params": literal({"due_at": due_at.isoformat()}, JSON),
        "priority": literal(int(Priority.BROADCAST)),
        "not_before": literal(now, UtcDateTime()),
        "state": literal("waiting"),
        # The moment it belongs to: one that was due before a restore may have gone then.
        "created_at": literal(due_at, UtcDateTime()),
    }
    known = select(outbox.c.id).where(outbox.c.key == key).exists()
    values = tuple(row.values())
    # Two announcements of one hour make one message: the person counts once.
    person = entries.c.person_id
    first = select(*values).where(entries.c.due_at == due_at, ~known)
    lowest = entries.alias("lowest")
    is_lowest = entries.c.broadcast_id == (
        select(lowest.c.broadcast_id)
        .where(lowest.c.person_id == person, lowest.c.due_at == due_at)
        .order_by(lowest.c.broadcast_id)
        .limit(1)
        .scalar_subquery()
    )
    tx.execute(insert(outbox).from_select(list(row), first.where(is_lowest).order_by(person)))


def gathered_for(tx: Connection, person_id: int, due_at: str) -> list[Broadcast]:
    """What the message of ``due_at`` (ISO) says to a person, oldest first.

    What was paused, stopped or recalled meanwhile is not in it.
    """
    found = [find(tx, number) for number in _waiting(tx, person_id, due_at)]
    return [one for one in found if one is not None]


def settled(tx: Connection, person_id: int, due_at: str) -> list[int]:
    """The message of ``due_at`` (ISO) has come to its end: the broadcasts that it brought.

    What found no place in it waits for the next day's.
    """
    ids, at = _waiting(tx, person_id, due_at), datetime.fromisoformat(due_at)
    tx.execute(
        delete(entries).where(entries.c.person_id == person_id, entries.c.broadcast_id.in_(ids))
    )
    rest = (entries.c.person_id == person_id, entries.c.due_at == at)
    tx.execute(update(entries).where(*rest).values(due_at=at + DAY))
    return ids


def forget(tx: Connection, broadcast_id: int) -> None:
    """A broadcast is stopped: nothing of it waits any more."""
    tx.execute(delete(entries).where(entries.c.broadcast_id == broadcast_id))


def waiting(tx: Connection, broadcast_id: int) -> int:
    """How many people get a broadcast gathered with others, later."""
    query = select(func.count()).where(entries.c.broadcast_id == broadcast_id)
    return tx.execute(query).scalar_one()


def put_off(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """A broadcast is paused: whatever is due of it waits for the next day's message."""
    mine = entries.c.broadcast_id == broadcast_id
    due = select(entries.c.due_at).where(mine, entries.c.due_at <= now).distinct()
    for due_at in tx.execute(due).scalars().all():
        tx.execute(
            update(entries).where(mine, entries.c.due_at == due_at).values(due_at=due_at + DAY)
        )


def _waiting(tx: Connection, person_id: int, due_at: str) -> list[int]:
    query = (
        select(entries.c.broadcast_id)
        .join(table, table.c.id == entries.c.broadcast_id)
        .join(
            deliveries,
            (deliveries.c.broadcast_id == entries.c.broadcast_id)
            & (deliveries.c.person_id == entries.c.person_id),
        )
        .where(
            entries.c.person_id == person_id,
            entries.c.due_at == datetime.fromisoformat(due_at),
            deliveries.c.state == "waiting",
            table.c.state == "running",
        )
        .order_by(entries.c.broadcast_id)
        .limit(MOST)
    )
    return list(tx.execute(query).scalars())
