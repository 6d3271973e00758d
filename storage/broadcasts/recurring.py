"""A broadcast that comes again each week or month: one that waits, made anew when it goes."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from storage.broadcasts import contents
from storage.broadcasts.drafting import Preview, move, own, preview, record
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Actor
from storage.rules.gate import COUNTRY
from storage.rules.recurrence import Every, next_after
from storage.tables import broadcasts as table

LONGEST_DAYS = 366
# What a new one takes over; the rest begins anew. A meeting's day does not come twice.
_SAME = (
    "author_id",
    "branch_id",
    "audience",
    "text",
    "announcement",
    "approved_by",
    "confirms",
    "asks",
    "silent",
    "pins",
    "office_hours",
    "takes_replies",
    "links",
    "recipients",
    "repeats",
    "repeats_from",
    "repeats_until",
)


def repeat(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    every: Every | None,
    until: date | None,
    now: datetime,
    today: date,
) -> Preview:
    """Let a draft that has its moment come ``every`` week or month ``until`` a day; None: once.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible: "no_moment", or "until" when the day
    is before the moment or more than a year after it.
    """
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    begins = found.send_at
    if every is None:
        move(tx, broadcast_id, version, repeats=None, repeats_from=None, repeats_until=None)
    elif begins is None:
        raise NotPossible("no_moment")
    else:
        first_day = begins.astimezone(COUNTRY).date()
        if until is None or not 0 <= (until - first_day).days <= LONGEST_DAYS:
            raise NotPossible("until")
        again = {"repeats": every, "repeats_from": begins, "repeats_until": until}
        move(tx, broadcast_id, version, **again)
    record(tx, actor, now, "repeated", broadcast_id, every=every)
    return preview(tx, actor, broadcast_id, today)


def stop(tx: Connection, actor: Actor, broadcast_id: int, version: int, now: datetime) -> None:
    """What waits goes once more and then never again. Raises NotFound, AlreadyChanged."""
    own(get(tx, actor, broadcast_id), actor)
    changed = tx.execute(
        update(table)
        .where(
            table.c.id == broadcast_id,
            table.c.version == version,
            table.c.state == "scheduled",
            table.c.repeats.is_not(None),
        )
        .values(repeats=None, repeats_from=None, repeats_until=None, version=version + 1)
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise AlreadyChanged
    record(tx, actor, now, "repeats_stopped", broadcast_id)


def next_moment(of: Broadcast, after: datetime) -> datetime | None:
    """When it comes after ``after``; None when it does not repeat, or its end has come."""
    if of.repeats is None or of.repeats_from is None or of.repeats_until is None:
        return None
    found = next_after(of.repeats_from, Every(of.repeats), after, COUNTRY)
    return found if found.astimezone(COUNTRY).date() <= of.repeats_until else None


def go_on(tx: Connection, of: Broadcast, now: datetime) -> None:
    """The turn of ``of`` has come: the next one waits from now on, with the very same content."""
    if of.repeats is None:
        return
    at = next_moment(of, now)
    if at is not None:
        row = tx.execute(select(table).where(table.c.id == of.id)).mappings().one()
        same = {name: row[name] for name in _SAME}
        made = {"state": "scheduled", "send_at": at, "created_at": now, "confirmed_at": now}
        new = tx.execute(insert(table).values(**same, **made).returning(table.c.id)).scalar_one()
        contents.take_over(tx, of.id, new)
    over = update(table).where(table.c.id == of.id)
    tx.execute(over.values(repeats=None, repeats_from=None, repeats_until=None))
