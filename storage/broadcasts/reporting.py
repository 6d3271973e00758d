"""What became of a broadcast by name: for a workbook, and for calling whom the bot cannot reach."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage import people as known
from storage.broadcasts import grouping
from storage.broadcasts.drafting import record
from storage.broadcasts.grouping import GroupCopy
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotFound
from storage.privacy.rows import PERSON
from storage.rules.access import Actor
from storage.tables import deliveries, people


@dataclass(frozen=True)
class Row:
    """One recipient; ``phone`` (E.164) only where it was asked for."""

    person_id: int
    name: str
    state: str
    reason: str | None
    sent_at: datetime | None
    read_at: datetime | None
    answer: int | None
    phone: str | None


@dataclass(frozen=True)
class Report:
    """A broadcast with all its recipients in the order of their names, and its groups."""

    broadcast: Broadcast
    rows: tuple[Row, ...]
    groups: tuple[GroupCopy, ...] = ()


def report(
    tx: Connection, actor: Actor, broadcast_id: int, now: datetime, *, with_phones: bool = False
) -> Report:
    """The whole report. Phones of those who were not reached are opened on the record.

    Raises NotFound, NotAllowed.
    """
    found = get(tx, actor, broadcast_id)
    rows = _rows(tx, broadcast_id, with_phones=with_phones)
    opened = sum(row.phone is not None for row in rows)
    record(tx, actor, now, "exported", broadcast_id, people=len(rows), phones=opened)
    return Report(found, rows, grouping.copies(tx, broadcast_id))


def phones(
    tx: Connection, actor: Actor, broadcast_id: int, now: datetime, offset: int, limit: int
) -> tuple[Row, ...]:
    """A page of those who were not reached, with their phones: opened on the record.

    Raises NotFound, NotAllowed.
    """
    get(tx, actor, broadcast_id)
    rows = _rows(tx, broadcast_id, with_phones=True, failed_only=True)[offset : offset + limit]
    opened = sum(row.phone is not None for row in rows)
    record(tx, actor, now, "phones_opened", broadcast_id, phones=opened)
    return rows


def demand_unreached(tx: Connection, actor: Actor, broadcast_id: int, person_id: int) -> None:
    """Raise NotFound unless the person is one whom this broadcast did not reach, NotAllowed."""
    get(tx, actor, broadcast_id)
    one = select(deliveries.c.id).where(
        deliveries.c.broadcast_id == broadcast_id,
        deliveries.c.person_id == person_id,
        deliveries.c.state == "failed",
    )
    if tx.execute(one).first() is None:
        raise NotFound("person")


def enter_phone(
    tx: Connection, actor: Actor, broadcast_id: int, person_id: int, phone: str, now: datetime
) -> None:
    """Keep the phone (E.164) of somebody who was not reached and has none.

    Raises NotFound, NotAllowed, AlreadyChanged when one is known.
    """
    demand_unreached(tx, actor, broadcast_id, person_id)
    if known.phone_of(tx, person_id) is not None:
        raise AlreadyChanged
    known.set_phone(tx, person_id, phone)
    record(tx, actor, now, "phone_entered", broadcast_id, person_id=person_id)


def _rows(
    tx: Connection, broadcast_id: int, *, with_phones: bool, failed_only: bool = False
) -> tuple[Row, ...]:
    query = (
        select(
            people.c.id.label("person_id"),
            people.c.name,
            people.c.telegram_id,
            people.c.phone,
            deliveries.c.state,
            deliveries.c.reason,
            deliveries.c.sent_at,
            deliveries.c.read_at,
            deliveries.c.answer,
        )
        .join(people, people.c.id == deliveries.c.person_id)
        .where(deliveries.c.broadcast_id == broadcast_id)
        .order_by(people.c.name, people.c.id)
    )
    if failed_only:
        query = query.where(deliveries.c.state == "failed")
    found = []
    for row in tx.execute(query).mappings():
        whose = dict(row)
        opens = with_phones and whose["state"] == "failed"
        phone = PERSON.unseal(row)["phone"] if opens else None
        del whose["telegram_id"]
        found.append(Row(**{**whose, "phone": phone}))
    return tuple(found)
