"""Replies to a broadcast: each recipient has a thread with its author, and nobody else reads it.

When the author may not broadcast there any more, whom the branch turns to answers in their place.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from storage import deliveries, outbox, people
from storage.audiences import covers
from storage.broadcasts.contents import Content, Piece
from storage.broadcasts.drafting import record
from storage.broadcasts.reading import Broadcast, find
from storage.errors import NotFound, NotPossible
from storage.people import lasting
from storage.privacy.rows import BROADCAST_REPLY
from storage.rules.access import Actor
from storage.tables import branches, memberships
from storage.tables import broadcast_replies as table
from storage.tables import deliveries as copies
from storage.tables import people as people_table

REPLY, LOST = "broadcast_reply", "broadcast_reply_lost"  # outbox kinds
SHOWN = 12  # the newest of a thread


@dataclass(frozen=True)
class Line:
    """One message of a thread; ``by_recipient``: else whoever answers for the broadcast wrote."""

    by_recipient: bool
    text: str  # safe HTML
    sent_at: datetime
    file: Piece | None = None


@dataclass(frozen=True)
class Thread:
    """What a recipient and whoever answers wrote to one another, the newest last."""

    broadcast: Broadcast
    person_id: int  # the recipient
    name: str
    branch_kk: str | None  # of the recipient; None: of the whole region
    branch_ru: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Writer:
    """Somebody whose replies there are."""

    person_id: int
    name: str
    lines: int


def say(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    person_id: int,
    said: Content,
    now: datetime,
    today: date,
) -> Thread:
    """Write in the thread of the recipient ``person_id``: to whoever answers, or back.

    ``said`` is words, or a file with or without words. Raises NotFound for anybody else,
    NotPossible: "nobody" when there is none to answer, "closed" when its author takes no replies.
    """
    before = thread(tx, actor, broadcast_id, person_id, today)
    mine = actor.person_id == person_id
    if mine and not before.broadcast.takes_replies:
        raise NotPossible("closed")
    file = said.pieces[0] if said.pieces else None
    to = _answerer(tx, before.broadcast, person_id, today) if mine else person_id
    if to is None:
        raise NotPossible("nobody")
    name = {"broadcast_id": broadcast_id, "person_id": person_id, "sent_at": now}
    row = {**name, "author_id": actor.person_id, "to_id": to, "text": said.words}
    if file is not None:
        row |= {"kind": file.kind, "file_id": file.value}
    reply_id = tx.execute(
        insert(table).values(BROADCAST_REPLY.seal(row)).returning(table.c.id)
    ).scalar_one()
    record(tx, actor, now, "replied", broadcast_id)
    outbox.put(
        tx,
        f"broadcast:{broadcast_id}:reply:{reply_id}",
        REPLY,
        to,
        {"reply_id": reply_id},
        now,
        priority=outbox.Priority.NOTICE,
    )
    return replace(before, lines=(*before.lines, Line(mine, said.words, now, file)))


def thread(tx: Connection, actor: Actor, broadcast_id: int, person_id: int, today: date) -> Thread:
    """The thread of one recipient, for that person and whoever answers. Raises NotFound."""
    found = deliveries.copy_of(tx, person_id, broadcast_id).broadcast
    if actor.person_id not in (person_id, _answerer(tx, found, person_id, today)):
        raise NotFound("broadcast")
    return _thread(tx, found, person_id, today)


def writers(
    tx: Connection, actor: Actor, broadcast_id: int, today: date, offset: int, limit: int
) -> tuple[int, list[Writer]]:
    """How many wrote, and a page of them, the newest first. Raises NotFound for others."""
    found = find(tx, broadcast_id)
    if found is None or actor.person_id != _answerer(tx, found, 0, today):
        raise NotFound("broadcast")
    mine = table.c.broadcast_id == broadcast_id
    total = tx.execute(select(func.count(table.c.person_id.distinct())).where(mine)).scalar_one()
    rows = tx.execute(
        select(people_table.c.id, people_table.c.name, func.count())
        .join(table, table.c.person_id == people_table.c.id)
        .where(mine)
        .group_by(people_table.c.id, people_table.c.name)
        .order_by(func.max(table.c.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return total, [Writer(*row) for row in rows]


def place_of(tx: Connection, person_id: int, message_id: int) -> tuple[int, int] | None:
    """Which thread a message in the person's chat belongs to: (broadcast, recipient).

    A copy, or a notice of a reply; None for any other message.
    """
    copy = select(copies.c.broadcast_id).where(
        copies.c.person_id == person_id, copies.c.message_id == message_id
    )
    broadcast_id = tx.execute(copy).scalars().first()
    if broadcast_id is not None:
        return broadcast_id, person_id
    notice = select(table.c.broadcast_id, table.c.person_id).where(
        table.c.to_id == person_id, table.c.message_id == message_id
    )
    row = tx.execute(notice).first()
    if row is not None:
        return row.broadcast_id, row.person_id
    # The files before a copy, and the first messages of a long text, are a list in its row.
    several = select(copies.c.broadcast_id, copies.c.parts).where(
        copies.c.person_id == person_id, copies.c.parts.is_not(None)
    )
    within = (one for one in tx.execute(several) if message_id in (one.parts or ()))
    return next(((one.broadcast_id, person_id) for one in within), None)


def told(tx: Connection, reply_id: int, reader_id: int, today: date) -> tuple[Thread, Line]:
    """A reply for the person it goes to, with its thread. Raises NotFound."""
    row = tx.execute(select(table).where(table.c.id == reply_id)).mappings().first()
    if row is None or reader_id not in (row["to_id"], row["author_id"]):
        raise NotFound("broadcast")
    found = find(tx, row["broadcast_id"])
    if found is None:
        raise NotFound("broadcast")
    return _thread(tx, found, row["person_id"], today), _line(row)


def settle(
    tx: Connection,
    reply_id: int,
    state: str,
    reason: str | None,
    message_id: int | None,
    now: datetime,
) -> None:
    """Note where a reply stands; whoever answered learns when it did not arrive."""
    tx.execute(update(table).where(table.c.id == reply_id).values(message_id=message_id))
    row = tx.execute(
        select(table.c.author_id, table.c.person_id, people_table.c.unreachable_reason)
        .join(people_table, people_table.c.id == table.c.to_id)
        .where(table.c.id == reply_id)
    ).one()
    if state == "failed" and row.author_id != row.person_id:
        outbox.put(
            tx,
            f"reply:{reply_id}:lost",
            LOST,
            row.author_id,
            {"reply_id": reply_id, "reason": row.unreachable_reason or reason},
            now,
            priority=outbox.Priority.NOTICE,
        )


def _answerer(tx: Connection, found: Broadcast, recipient_id: int, today: date) -> int | None:
    """Who answers for a broadcast: its author, else the first whom the branch turns to."""
    author = people.actor_of(tx, people.get(tx, found.author_id).telegram_id, today)
    if author is not None and covers(author, found.whom.branches):
        return found.author_id
    duty = people.secretaries(tx, found.branch_id, today)
    return next((one.id for one in duty if one.id != recipient_id), None)


def _thread(tx: Connection, found: Broadcast, person_id: int, today: date) -> Thread:
    newest = _rows(found.id, person_id).order_by(table.c.id.desc()).limit(SHOWN)
    lines = tuple(map(_line, reversed(tx.execute(newest).mappings().all())))
    branch = tx.execute(
        select(branches.c.name_kk, branches.c.name_ru)
        .join(memberships, memberships.c.branch_id == branches.c.id)
        .where(memberships.c.person_id == person_id, lasting(today))
        .order_by(memberships.c.id)
    ).first()
    name = people.get(tx, person_id).name
    kk, ru = branch or (None, None)
    return Thread(found, person_id, name, kk, ru, lines)


def _rows(broadcast_id: int, person_id: int) -> Select[tuple[object, ...]]:
    return select(table).where(table.c.broadcast_id == broadcast_id, table.c.person_id == person_id)


def _line(row: RowMapping) -> Line:
    opened = BROADCAST_REPLY.unseal(row)
    file = Piece(opened["kind"], opened["file_id"]) if opened["kind"] else None
    by_recipient = opened["author_id"] == opened["person_id"]
    return Line(by_recipient, opened["text"], opened["sent_at"], file)
