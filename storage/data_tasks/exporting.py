"""Everything that is kept of a person, to be handed to that person; giving it closes the task."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from storage.data_tasks import erasing, tasks
from storage.data_tasks.person import Row, find
from storage.data_tasks.seen import Seen
from storage.data_tasks.tasks import DataTask, Kind
from storage.errors import NotPossible
from storage.privacy.rows import REQUEST_ATTACHMENT
from storage.rules.access import Actor
from storage.tables import (
    audit,
    people,
    request_attachments,
    request_consents,
    voter_requests,
)


@dataclass(frozen=True)
class Exported:
    """What the person may read: the own requests with all that hangs on them.

    Of requests of others that say a number of the person nothing is given: they are others' data.
    """

    task: DataTask
    requests: tuple[Row, ...]
    lines: tuple[Row, ...]
    consents: tuple[Row, ...]
    files: tuple[Row, ...]
    replies: tuple[Row, ...]  # the own ones, to broadcasts
    openings: tuple[Row, ...]  # who opened the contact or the whole text, and when


def export(
    tx: Connection,
    actor: Actor,
    task_id: int,
    version: int,
    now: datetime,
    seen: Seen | None = None,
) -> Exported:
    """Gather it, and close the task with the counts of it; ``seen`` as in ``erasing.erase``.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("kind") for a task of another kind.
    """
    task = tasks.get(tx, actor, task_id)
    tasks.check(tx, task, version)
    if task.kind is not Kind.EXPORT:
        raise NotPossible("kind")
    seen = seen or Seen()
    found = find(tx, task, seen)
    ids = [row["id"] for row in found.requests]
    numbers = {row["id"]: row["number"] for row in found.requests}
    lines = tuple(
        {**line, "number": numbers[line["request_id"]]}
        for line in found.history
        if line["request_id"] in numbers
    )
    proof = {name: n for name, n in erasing.counts(tx, task, found, seen).items() if n}
    closed = tasks.close(tx, actor, task, version, proof, now)
    return Exported(
        closed,
        found.requests,
        lines,
        _of(tx, request_consents, ids),
        tuple(map(REQUEST_ATTACHMENT.unseal, _of(tx, request_attachments, ids))),
        tuple(row for row in found.replies if row["author_id"] in found.persons),
        _openings(tx, ids),
    )


def _of(tx: Connection, table: Any, ids: list[int]) -> tuple[Row, ...]:
    query = (
        select(table, voter_requests.c.number)
        .join(voter_requests, voter_requests.c.id == table.c.request_id)
        .where(table.c.request_id.in_(ids))
        .order_by(table.c.id)
    )
    return tuple(dict(row) for row in tx.execute(query).mappings())


def _openings(tx: Connection, ids: list[int]) -> tuple[Row, ...]:
    query = (
        select(audit.c.at, audit.c.action, people.c.name, voter_requests.c.number)
        .join(people, people.c.id == audit.c.person_id)
        .join(voter_requests, voter_requests.c.id == audit.c.subject_id)
        .where(
            audit.c.subject == "voter_request",
            audit.c.subject_id.in_(ids),
            audit.c.action.in_(("open_contact", "open_request_text")),
        )
        .order_by(audit.c.id)
    )
    return tuple(dict(row) for row in tx.execute(query).mappings())
