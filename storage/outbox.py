"""The outbox: a message that must arrive is a row first, written with what caused it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, IntEnum
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Label,
    Select,
    bindparam,
    delete,
    func,
    select,
    true,
    tuple_,
    update,
)

from storage import facts
from storage.tables import UtcDateTime, chats, outbox, people
from storage.upsert import insert_new

KEPT = timedelta(days=182)  # how long a message that came to its end is remembered


class Priority(IntEnum):
    """Lower goes first."""

    ANSWER = 0  # the direct answer to something a person just did
    NOTICE = 1  # somebody must learn of it
    REMINDER = 2
    BROADCAST = 3


class Urgency(Enum):
    """The two queues: whoever waits for an answer does not wait behind a broadcast."""

    PROMPT = (Priority.ANSWER, Priority.NOTICE)
    BULK = (Priority.REMINDER, Priority.BROADCAST)


@dataclass(frozen=True)
class Message:
    """One of several messages that are queued together."""

    key: str
    kind: str
    person_id: int
    params: dict[str, Any]


@dataclass(frozen=True)
class Due:
    """A message that may go, as seen in advance."""

    id: int
    chat_id: int
    kind: str


@dataclass(frozen=True)
class Outgoing:
    """A message that is being sent, with its recipient as of now."""

    id: int
    kind: str
    params: dict[str, Any]
    person_id: int | None  # None: to a group
    chat_id: int
    language: str | None  # None: not chosen, or a group
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


def _chat_id() -> Label[int]:
    return func.coalesce(outbox.c.chat_id, people.c.telegram_id).label("chat_id")


def _outgoing() -> Select[Any]:
    return select(
        outbox.c.id,
        outbox.c.kind,
        outbox.c.params,
        outbox.c.person_id,
        outbox.c.attempts,
        outbox.c.priority,
        _chat_id(),
        people.c.language,
        func.coalesce(people.c.reachable, chats.c.reachable, true()).label("reachable"),
    ).select_from(
        outbox.outerjoin(people, people.c.id == outbox.c.person_id).outerjoin(
            chats, chats.c.chat_id == outbox.c.chat_id
        )
    )


BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)  # nothing was queued before it

# Built once: these run for every message, and building costs more than running.
_NEXT_STREAM = (
    select(outbox.c.priority, outbox.c.stream)
    .where(
        outbox.c.state == "waiting",
        outbox.c.priority <= bindparam("last"),
        tuple_(outbox.c.priority, outbox.c.stream)
        > tuple_(bindparam("priority", type_=Integer), bindparam("stream", type_=BigInteger)),
    )
    .order_by(outbox.c.priority, outbox.c.stream)
    .limit(1)
)
_DUE = (
    select(outbox.c.id, outbox.c.kind, _chat_id())
    .select_from(outbox.outerjoin(people, people.c.id == outbox.c.person_id))
    .where(
        outbox.c.state == "waiting",
        outbox.c.priority == bindparam("priority"),
        outbox.c.stream == bindparam("stream"),
        outbox.c.not_before <= bindparam("now", type_=UtcDateTime()),
        outbox.c.created_at >= bindparam("since", type_=UtcDateTime()),
        outbox.c.id.not_in(bindparam("known", expanding=True)),
    )
    .order_by(outbox.c.not_before, outbox.c.id)
    .limit(bindparam("most"))
)
_TAKE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.state == "waiting")
    .values(state="sending", attempts=outbox.c.attempts + 1)
    .returning(outbox.c.id)
)
_TAKEN = _outgoing().where(outbox.c.id.in_(bindparam("ids", expanding=True)))
_FINISH = (
    update(outbox)
    .where(outbox.c.id == bindparam("id_"))
    .values(
        state=bindparam("end"),
        reason=bindparam("why"),
        message_id=bindparam("message"),
        sent_at=bindparam("now", type_=UtcDateTime()),
    )
)


def due(tx: Connection, urgency: Urgency, now: datetime, known: set[int], limit: int) -> list[Due]:
    """Up to ``limit`` messages that may go at ``now``, leaving out those in ``known``.

    The more urgent first; streams of the same priority take turns.
    """
    since = facts.recall(tx, facts.RESTORED_AT)
    found: list[Due] = []
    for _, streams in groupby(_streams(tx, urgency), key=itemgetter(0)):
        turns = [_due_in(tx, stream, now, since, known, limit) for stream in streams]
        found += [due for turn in zip_longest(*turns) for due in turn if due is not None]
        if len(found) >= limit:
            break
    return found[:limit]


def _streams(tx: Connection, urgency: Urgency) -> list[tuple[int, int]]:
    """The (priority, stream) pairs with something waiting: one step of the index for each."""
    found: list[tuple[int, int]] = []
    after = (int(urgency.value[0]), -1)
    while True:
        given = {"priority": after[0], "stream": after[1], "last": int(urgency.value[-1])}
        row = tx.execute(_NEXT_STREAM, given).first()
        if row is None:
            return found
        after = (row.priority, row.stream)
        found.append(after)


def _due_in(
    tx: Connection,
    stream: tuple[int, int],
    now: datetime,
    since: datetime | None,
    known: set[int],
    limit: int,
) -> list[Due]:
    given = {
        "priority": stream[0],
        "stream": stream[1],
        "now": now,
        "since": since or BEGINNING,  # what waited before a restore waits for the owner's word
        "known": list(known),
        "most": limit,
    }
    return [Due(row.id, row.chat_id, row.kind) for row in tx.execute(_DUE, given)]


def take(tx: Connection, ids: list[int]) -> list[Outgoing]:
    """Mark messages as being sent and return those that still waited, in the order of ``ids``."""
    taken = list(tx.execute(_TAKE, {"ids": ids}).scalars())
    rows = tx.execute(_TAKEN, {"ids": taken}).mappings()
    found = {row["id"]: Outgoing(**row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def postpone(tx: Connection, ids: list[int], until: datetime) -> None:
    """Put messages that still wait off until ``until``."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids), outbox.c.state == "waiting")
        .values(not_before=until)
    )


def give_back(tx: Connection, outgoing_id: int, until: datetime) -> None:
    """Let a message wait again until ``until``; the try does not count."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id, outbox.c.state == "sending")
        .values(state="waiting", not_before=until, attempts=outbox.c.attempts - 1)
    )


def retry(tx: Connection, outgoing_id: int, until: datetime) -> None:
    """Let a message be tried again at ``until``; the try counts."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id, outbox.c.state == "sending")
        .values(state="waiting", not_before=until)
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
    given = {"id_": outgoing_id, "end": state, "why": reason, "message": message_id, "now": now}
    tx.execute(_FINISH, given)


def purge(tx: Connection, now: datetime) -> int:
    """Delete messages that were sent, or failed, half a year ago; return how many."""
    final = outbox.c.state.in_(("sent", "failed"))
    return tx.execute(delete(outbox).where(final, outbox.c.created_at < now - KEPT)).rowcount


def next_due(tx: Connection) -> datetime | None:
    """When the next waiting message may be sent; None when none waits."""
    return tx.execute(
        select(outbox.c.not_before)
        .where(outbox.c.state == "waiting")
        .order_by(outbox.c.not_before)
        .limit(1)
    ).scalar_one_or_none()


def left_over(tx: Connection, known: set[int]) -> list[Outgoing]:
    """Messages that were being sent when a program died: Telegram may have them or not.

    ``known`` are the ones on the wire of whoever asks.
    """
    query = _outgoing().where(outbox.c.state == "sending", outbox.c.id.not_in(known))
    return [Outgoing(**row) for row in tx.execute(query).mappings()]
