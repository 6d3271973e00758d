"""The moment a broadcast goes: a delivery for each recipient, a copy for whom it can reach."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import (
    Connection,
    case,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from storage import groups, outbox
from storage.audiences import Audience, recipients
from storage.broadcasts import boards, gathering, hours, recurring
from storage.broadcasts.queueing import COPY, queue
from storage.broadcasts.reading import Broadcast
from storage.errors import AlreadyChanged
from storage.rules.announcements import Announcement
from storage.tables import branch_groups, chats, deliveries, people
from storage.tables import broadcasts as table

RESULT = "broadcast_result"  # outbox kind


def start(
    tx: Connection, found: Broadcast, there: Audience, now: datetime, today: date
) -> Broadcast:
    """Send ``found`` to those who were counted as ``there`` just now, or at its moment.

    At night, and beyond the hours it is bound to, its moment is the next morning.
    Raises AlreadyChanged when it is another version by now, or somebody joined or left meanwhile.
    """
    goes = hours.first_moment(tx, found, max(now, found.send_at or now))
    if goes > now:
        return _moved(tx, replace(found, send_at=goes), "scheduled", there, now)
    running = _moved(tx, found, "running", there, now)
    recurring.go_on(tx, found, now)
    if _enqueue(tx, found, there, now, today) != there.copies:
        raise AlreadyChanged
    if there.reachable + there.open_groups == 0 and finish_if_done(tx, found.id, now):
        return replace(running, state="finished", finished_at=now)
    return running


def _moved(
    tx: Connection, found: Broadcast, state: str, there: Audience, now: datetime
) -> Broadcast:
    moved = tx.execute(
        update(table)
        .where(
            table.c.id == found.id,
            table.c.version == found.version,
            table.c.state == found.state,
        )
        .values(
            state=state,
            send_at=found.send_at,
            recipients=there.copies,
            confirmed_at=now,
            version=table.c.version + 1,
        )
        .returning(table.c.version)
    ).first()
    if moved is None:
        raise AlreadyChanged
    return replace(
        found, state=state, recipients=there.copies, confirmed_at=now, version=moved.version
    )


def finish_if_done(
    tx: Connection, broadcast_id: int, now: datetime, *, locked: bool = False
) -> bool:
    """End a running broadcast when no delivery waits, and tell the author, once each time.

    Returns whether it ended just now. ``locked``: its row is this transaction's already.
    """
    # Two transactions that settle the last two copies must not each see the other's as waiting:
    # the second waits here, and its next statement sees what the first one did.
    if not locked:
        tx.execute(select(table.c.id).where(table.c.id == broadcast_id).with_for_update())
    waiting = exists().where(
        deliveries.c.broadcast_id == broadcast_id, deliveries.c.state == "waiting"
    )
    ended = tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.state == "running", ~waiting)
        .values(state="finished", finished_at=now, version=table.c.version + 1)
        .returning(table.c.author_id, table.c.version)
    ).first()
    if ended is None:
        return False
    boards.close(tx, broadcast_id, ended.version, now)
    outbox.put(
        tx,
        f"broadcast:{broadcast_id}:result:{ended.version}",
        RESULT,
        ended.author_id,
        {"broadcast_id": broadcast_id},
        now,
        priority=outbox.Priority.NOTICE,
    )
    return True


def _enqueue(tx: Connection, found: Broadcast, there: Audience, now: datetime, today: date) -> int:
    """Write a delivery for each recipient and a copy for whoever can be reached.

    Whatever their number it takes three statements, and one more for groups. Returns how many
    deliveries there are.
    """
    can = people.c.reachable
    why = case((can, null()), else_=func.coalesce(people.c.unreachable_reason, "unreachable"))
    who = recipients(
        found.whom,
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
    if there.groups:
        written += _write_groups(tx, found)
    at_once = deliveries.c.state == "waiting"
    if Announcement(found.announcement).refusable:
        in_group = deliveries.c.group_id.is_not(None)
        at_once &= or_(in_group, ~gathering.gather(tx, found.id, now))
    queue(tx, found.id, COPY, f"broadcast:{found.id}:", at_once, now)
    return written


def _write_groups(tx: Connection, found: Broadcast) -> int:
    inside = chats.c.reachable
    values = (
        literal(found.id),
        branch_groups.c.id,
        case((inside, "waiting"), else_="failed"),
        case((inside, null()), else_=func.coalesce(chats.c.unreachable_reason, groups.REMOVED)),
    )
    each = (
        select(*values)
        .join(chats, chats.c.chat_id == branch_groups.c.chat_id)
        .where(groups.within(found.whom.branches, found.whom.groups))
        .order_by(branch_groups.c.id)
    )
    columns = ["broadcast_id", "group_id", "state", "reason"]
    return tx.execute(insert(deliveries).from_select(columns, each)).rowcount
