"""The outbox: a message that must arrive is a row first, written with what caused it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    Connection,
    Label,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    select,
    true,
    update,
)

from storage import facts, kinds
from storage.privacy.cells import Unreadable, opened, sealed
from storage.privacy.rows import OUTBOX
from storage.tables import UtcDateTime, branch_groups, chats, outbox, people
from storage.upsert import insert_new

KEPT = timedelta(days=182)  # how long a message that came to its end is remembered


class Priority(IntEnum):
    """Lower goes first. Each is a queue of its own: none waits behind what is less urgent."""

    ANSWER = 0  # the direct answer to something a person just did
    NOTICE = 1  # somebody must learn of it
    REMINDER = 2
    BROADCAST = 3

    @property
    def bulk(self) -> bool:
        """Whether nobody waits for it at this moment."""
        return self >= Priority.REMINDER


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
    language: str | None  # None: not chosen
    reachable: bool
    attempts: int
    priority: int
    group_id: int | None = None  # of a branch


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
            "params": _kept(message),
            "priority": int(priority),
            "not_before": not_before or now,
            "state": "waiting",
            "created_at": now,
        }
        for message in messages
    ]
    insert_new(tx, outbox, rows)


def _kept(message: Message) -> dict[str, Any] | str:
    """The parameters as they are kept: sealed as a whole where the kind may name somebody."""
    declared = kinds.KINDS.get(message.kind)
    if declared is None or not declared.personal:
        return message.params
    return sealed(OUTBOX.cell("params"), message.key, json.dumps(message.params))


def _outgoing_of(row: RowMapping) -> Outgoing:
    found = dict(row)
    key, params = found.pop("key"), found["params"]
    if isinstance(params, str):
        try:
            found["params"] = json.loads(opened(OUTBOX.cell("params"), key, params))
        except Unreadable:
            found["params"] = {}  # it fails when it is rendered, alone
    return Outgoing(**found)


def _chat_id() -> Label[int]:
    return func.coalesce(outbox.c.chat_id, people.c.telegram_id).label("chat_id")


def _outgoing() -> Select[Any]:
    return select(
        outbox.c.id,
        outbox.c.key,
        outbox.c.kind,
        outbox.c.params,
        outbox.c.person_id,
        outbox.c.attempts,
        outbox.c.priority,
        _chat_id(),
        branch_groups.c.id.label("group_id"),
        func.coalesce(people.c.language, branch_groups.c.language).label("language"),
        func.coalesce(people.c.reachable, chats.c.reachable, true()).label("reachable"),
    ).select_from(
        outbox.outerjoin(people, people.c.id == outbox.c.person_id)
        .outerjoin(chats, chats.c.chat_id == outbox.c.chat_id)
        .outerjoin(branch_groups, branch_groups.c.chat_id == outbox.c.chat_id)
    )


BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)  # nothing was queued before it

# Built once: these run for every message, and building costs more than running.
_NEXT_STREAM = (
    select(outbox.c.stream)
    .where(
        outbox.c.state == "waiting",
        outbox.c.priority == bindparam("priority"),
        outbox.c.stream > bindparam("after"),
    )
    .order_by(outbox.c.stream)
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


def due(
    tx: Connection, priority: Priority, now: datetime, known: set[int], limit: int
) -> list[Due]:
    """Up to ``limit`` messages that may go at ``now``, leaving out those in ``known``.

    Streams take turns.
    """
    streams = _streams(tx, priority)
    if not streams:
        return []
    given = {
        "priority": int(priority),
        "now": now,
        # What waited before a restore waits for the owner's word.
        "since": facts.recall(tx, facts.RESTORED_AT) or BEGINNING,
        "known": list(known),
        "most": limit,
    }
    turns = [_due_in(tx, {**given, "stream": stream}) for stream in streams]
    found = [due for turn in zip_longest(*turns) for due in turn if due is not None]
    return found[:limit]


def _streams(tx: Connection, priority: Priority) -> list[int]:
    """The streams with something waiting: one step of the index for each."""
    found: list[int] = []
    after = -1
    while True:
        row = tx.execute(_NEXT_STREAM, {"priority": int(priority), "after": after}).first()
        if row is None:
            return found
        after = row.stream
        found.append(after)


def _due_in(tx: Connection, given: dict[str, Any]) -> list[Due]:
    return [Due(row.id, row.chat_id, row.kind) for row in tx.execute(_DUE, given)]


def take(tx: Connection, ids: list[int]) -> list[Outgoing]:
    """Mark messages as being sent and return those that still waited, in the order of ``ids``."""
    taken = list(tx.execute(_TAKE, {"ids": ids}).scalars())
    rows = tx.execute(_TAKEN, {"ids": taken}).mappings()
    found = {row["id"]: _outgoing_of(row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def postpone(tx: Connection, ids: list[int], until: datetime) -> None:
    """Put messages that still wait off until ``until``."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids), outbox.c.state == "waiting")
        .values(not_before=until)
    )


def give_back(tx: Connection, outgoing_id: int, until: datetime | None = None) -> None:
    """Let a message wait again, until ``until`` or in its old place; the try does not count."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == outgoing_id, outbox.c.state == "sending")
        .values(
            state="waiting",
            not_before=outbox.c.not_before if until is None else until,
            attempts=outbox.c.attempts - 1,
        )
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
    return [_outgoing_of(row) for row in tx.execute(query).mappings()]
