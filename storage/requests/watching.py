"""Whoever works on requests may watch one: they are told of its state and of public answers."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, select

from storage import audit, outbox
from storage.requests.queries import with_merged
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import SUBJECT
from storage.rules.access import Actor
from storage.tables import request_watchers, voter_requests
from storage.upsert import insert_new

WATCHED = "request_watched"  # in the outbox
_c = request_watchers.c


def watch(
    tx: Connection, actor: Actor, request_id: int, now: datetime, *, on: bool
) -> VoterRequest:
    """From now on tell ``actor`` of the request's news, or no more. Raises NotFound."""
    get(tx, actor, request_id)
    row = {"request_id": request_id, "person_id": actor.person_id}
    if on:
        insert_new(tx, request_watchers, [row])
    else:
        tx.execute(delete(request_watchers).filter_by(**row))
    action = "watch_request" if on else "stop_watching_request"
    audit.record(tx, actor, now, action, SUBJECT, request_id)
    return get(tx, actor, request_id)


def watches(tx: Connection, actor: Actor, request_id: int) -> bool:
    """Whether ``actor`` asked to be told of the request's news."""
    return bool(tx.execute(select(_watched_by(actor, request_id))).scalar_one())


def tell(
    tx: Connection,
    actor: Actor,
    request_id: int,
    key: str,
    now: datetime,
    *,
    answered: bool = False,
) -> int:
    """Queue the news for those who watch the request or one merged into it, but for ``actor``.

    ``key`` names the news; ``answered``: it is a public answer, not a state. The request's deputy
    is told of steps anyway. Whether they still may see it is asked when it is sent. Returns how
    many are told.
    """
    deputy = select(voter_requests.c.deputy_id).where(voter_requests.c.id == request_id)
    query = select(_c.person_id).distinct().where(_c.request_id.in_(with_merged(request_id)))
    told = set(tx.execute(query).scalars()) - {actor.person_id}
    if not answered:
        told -= {tx.execute(deputy).scalar_one()}
    params = {"request_id": request_id, "answered": answered}
    messages = [
        outbox.Message(f"{WATCHED}:{request_id}:{key}:{person_id}", WATCHED, person_id, params)
        for person_id in sorted(told)
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
    return len(messages)


def _watched_by(actor: Actor, request_id: int) -> ColumnElement[bool]:
    return exists().where(
        _c.request_id.in_(with_merged(request_id)), _c.person_id == actor.person_id
    )
