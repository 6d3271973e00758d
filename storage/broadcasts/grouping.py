"""A broadcast in groups: what came of each, pinning it, and what members tap under it there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage import audit
from storage.broadcasts.queueing import InGroup, one, queue
from storage.broadcasts.reading import Broadcast, find
from storage.errors import NotFound, NotPossible
from storage.rules.access import Actor
from storage.tables import branch_groups, broadcasts, chats, deliveries
from storage.tables import group_presses as presses
from storage.upsert import upsert

PIN = "broadcast_pin"  # outbox kind


@dataclass(frozen=True)
class GroupCopy:
    """A broadcast in one group; ``pinned`` None: not wanted, or not known yet."""

    title: str
    state: str
    reason: str | None
    sent_at: datetime | None
    pinned: bool | None
    recalled: bool


@dataclass(frozen=True)
class Pressed:
    """What members without a copy of their own did in groups: option → how many chose it."""

    read: int = 0
    answers: tuple[tuple[int, int], ...] = ()


def copies(tx: Connection, broadcast_id: int) -> tuple[GroupCopy, ...]:
    """What came of each group's copy, those that did not arrive first."""
    rows = tx.execute(
        select(
            chats.c.title,
            deliveries.c.state,
            deliveries.c.reason,
            deliveries.c.sent_at,
            deliveries.c.pinned,
            deliveries.c.recalled_at,
        )
        .select_from(deliveries)
        .join(branch_groups, branch_groups.c.id == deliveries.c.group_id)
        .join(chats, chats.c.chat_id == branch_groups.c.chat_id)
        .where(deliveries.c.broadcast_id == broadcast_id)
        .order_by(deliveries.c.state, chats.c.title)
    )
    return tuple(GroupCopy(*row[:5], recalled=row.recalled_at is not None) for row in rows)


def pressed(tx: Connection, broadcast_id: int) -> Pressed:
    """Count what members without a copy of their own did in groups."""
    rows = tx.execute(
        select(presses.c.answer, func.count())
        .where(presses.c.broadcast_id == broadcast_id)
        .group_by(presses.c.answer)
    ).all()
    answers = tuple((answer, number) for answer, number in rows if answer is not None)
    return Pressed(sum(number for _, number in rows), answers)


def copy_in(tx: Connection, group_id: int, broadcast_id: int) -> tuple[Broadcast, bool]:
    """The broadcast that a group got; whether its files came before it. Raises NotFound."""
    query = select(deliveries.c.parts).where(*one(broadcast_id, InGroup(group_id)))
    row = tx.execute(query).first()
    found = None if row is None else find(tx, broadcast_id)
    if row is None or found is None or found.state == "recalled":
        raise NotFound("broadcast")
    return found, bool(row.parts)


def arrived(tx: Connection, broadcast_id: int, group_id: int, now: datetime) -> None:
    """A group's copy has arrived: it is pinned where that is wanted."""
    query = select(broadcasts.c.pins).where(broadcasts.c.id == broadcast_id)
    if tx.execute(query).scalar_one():
        _, mine = one(broadcast_id, InGroup(group_id))
        queue(tx, broadcast_id, PIN, f"broadcast:{broadcast_id}:pin:", mine, now)


def pinned(tx: Connection, broadcast_id: int, group_id: int, *, done: bool) -> None:
    """Note whether the copy was pinned."""
    mine = update(deliveries).where(*one(broadcast_id, InGroup(group_id)))
    tx.execute(mine.values(pinned=done))


def press(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    chat_id: int,
    choice: int | None,
    now: datetime,
) -> None:
    """A member without a copy of their own confirms (or answers) under the group's copy.

    Raises NotFound for whoever holds no role, and in any other chat; NotPossible("choice").
    """
    query = (
        select(deliveries.c.group_id)
        .join(branch_groups, branch_groups.c.id == deliveries.c.group_id)
        .where(deliveries.c.broadcast_id == broadcast_id, branch_groups.c.chat_id == chat_id)
    )
    group_id = tx.execute(query).scalar_one_or_none()
    if group_id is None or actor.is_guest:
        raise NotFound("broadcast")
    found, _ = copy_in(tx, group_id, broadcast_id)
    if choice is not None and choice >= found.choices:
        raise NotPossible("choice")
    key = {"broadcast_id": broadcast_id, "person_id": actor.person_id}
    known = select(presses.c.answer).where(*(presses.c[name] == is_ for name, is_ in key.items()))
    before = tx.execute(known).first()
    if before is not None and choice in (None, before.answer):
        return  # the first time counts
    given = {} if choice is None else {"answer": choice}
    upsert(tx, presses, key, {"group_id": group_id, "read_at": now, **given})
    audit.record(tx, actor, now, "broadcast.read_in_group", "broadcast", broadcast_id)
