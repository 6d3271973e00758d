"""What happened to a request, and the files that came with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from storage.privacy.rows import REQUEST_ATTACHMENT, REQUEST_HISTORY
from storage.requests.queries import with_merged
from storage.requests.reading import get, visible
from storage.requests.rows import OF_THE_VOTER, RequestFile
from storage.rules.access import Actor
from storage.tables import people, request_attachments, request_history, voter_requests

NOTE, ANSWER = "comment", "answer"  # kinds: for those who work on it, for the voter


@dataclass(frozen=True)
class HistoryLine:
    """One line of a request's history: who, when, what."""

    at: datetime
    by: str  # empty for the voter
    kind: str  # registered, state, comment, completed, attachment
    from_state: str | None
    to_state: str | None
    text: str | None


def history(tx: Connection, actor: Actor, request_id: int) -> list[HistoryLine]:
    """What happened to a request, oldest first. Raises NotFound."""
    get(tx, actor, request_id)
    rows = tx.execute(_history(request_id).order_by(request_history.c.id)).mappings()
    return [_line(row) for row in rows]


def last_said(tx: Connection, actor: Actor, request_id: int) -> list[HistoryLine]:
    """The newest internal note and the newest public answer, the older of the two first.

    None of them out of the actor's reach.
    """
    of_each = (
        select(func.max(request_history.c.id))
        .where(
            request_history.c.request_id == request_id, request_history.c.kind.in_((NOTE, ANSWER))
        )
        .group_by(request_history.c.kind)
    )
    query = (
        _history(request_id)
        .join(voter_requests, voter_requests.c.id == request_history.c.request_id)
        .where(request_history.c.id.in_(of_each), visible(actor))
        .order_by(request_history.c.id)
    )
    return [_line(row) for row in tx.execute(query).mappings()]


def files(tx: Connection, actor: Actor, request_id: int) -> list[RequestFile]:
    """The files of a request and of those merged into it, as they came. Raises NotFound."""
    get(tx, actor, request_id)
    rows = tx.execute(
        select(request_attachments)
        .where(request_attachments.c.request_id.in_(with_merged(request_id)))
        .order_by(request_attachments.c.id)
    )
    opened = map(REQUEST_ATTACHMENT.unseal, rows.mappings())
    return [RequestFile(row["kind"], row["file_id"], row["name"], row["size"]) for row in opened]


def _line(row: RowMapping) -> HistoryLine:
    opened = REQUEST_HISTORY.unseal(row)
    if opened["kind"] in OF_THE_VOTER:
        opened = {**opened, "by": ""}
    return HistoryLine(**{name: opened[name] for name in opened if name != "request_id"})


def _history(request_id: int) -> Select[Any]:
    return (
        select(
            request_history.c.request_id,
            request_history.c.at,
            people.c.name.label("by"),
            request_history.c.kind,
            request_history.c.from_state,
            request_history.c.to_state,
            request_history.c.text,
        )
        .join(people, people.c.id == request_history.c.person_id)
        .where(request_history.c.request_id == request_id)
    )
