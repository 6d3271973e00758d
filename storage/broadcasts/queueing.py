"""Messages about one broadcast to many of its recipients: queued by one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
)

from storage.outbox import Priority
from storage.tables import UtcDateTime, branch_groups, deliveries, outbox

COPY = "broadcast_copy"  # outbox kind


@dataclass(frozen=True)
class InGroup:
    """A group or channel in the place of a person."""

    id: int


Whose = int | InGroup  # a person's id, or a group


def one(broadcast_id: int, whose: Whose) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The delivery of one recipient."""
    mine = (
        deliveries.c.group_id == whose.id
        if isinstance(whose, InGroup)
        else deliveries.c.person_id == whose
    )
    return deliveries.c.broadcast_id == broadcast_id, mine


def with_message(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of the deliveries those to whom a message of the outbox goes of which ``which`` holds."""
    people, groups = _receiving(*which)
    return or_(deliveries.c.person_id.in_(people), deliveries.c.group_id.in_(groups))


def without_message(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of the deliveries those to whom no such message goes."""
    people, groups = _receiving(*which)
    return and_(
        or_(deliveries.c.person_id.is_(None), deliveries.c.person_id.not_in(people)),
        or_(deliveries.c.group_id.is_(None), deliveries.c.group_id.not_in(groups)),
    )


def _receiving(*which: ColumnElement[bool]) -> tuple[Select[tuple[int]], Select[tuple[int]]]:
    # An id that is not there must not stand in a list that others are not to be in.
    people = select(outbox.c.person_id).where(*which, outbox.c.person_id.is_not(None))
    groups = (
        select(branch_groups.c.id)
        .join(outbox, outbox.c.chat_id == branch_groups.c.chat_id)
        .where(*which)
    )
    return people, groups


def to_them(whom: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of the messages of the outbox those to a recipient of whose delivery ``whom`` holds."""
    people = select(deliveries.c.person_id).where(whom, deliveries.c.person_id.is_not(None))
    groups = (
        select(branch_groups.c.chat_id)
        .join(deliveries, deliveries.c.group_id == branch_groups.c.id)
        .where(whom)
    )
    return or_(outbox.c.person_id.in_(people), outbox.c.chat_id.in_(groups))


def queue(
    tx: Connection,
    broadcast_id: int,
    kind: str,
    prefix: str,
    whom: ColumnElement[bool],
    now: datetime,
    **params: Any,
) -> int:
    """Queue a message of ``kind`` for each delivery of which ``whom`` holds; return how many.

    Its key is ``prefix`` and who gets it; ``params`` go beside the broadcast's id.
    """
    person, group = cast(deliveries.c.person_id, Text), cast(deliveries.c.group_id, Text)
    row = {
        "key": literal(prefix, Text) + func.coalesce(person, literal("g", Text) + group),
        "kind": literal(kind),
        "person_id": deliveries.c.person_id,
        "chat_id": branch_groups.c.chat_id,
        "params": literal({"broadcast_id": broadcast_id, **params}, JSON),
        "priority": literal(int(Priority.BROADCAST)),
        "stream": literal(broadcast_id),
        "not_before": literal(now, UtcDateTime()),
        "state": literal("waiting"),
        "created_at": literal(now, UtcDateTime()),
    }
    each = (
        select(*row.values())
        .select_from(
            deliveries.outerjoin(branch_groups, branch_groups.c.id == deliveries.c.group_id)
        )
        .where(deliveries.c.broadcast_id == broadcast_id, whom)
        .order_by(deliveries.c.person_id)
    )
    return tx.execute(insert(outbox).from_select(list(row), each)).rowcount
