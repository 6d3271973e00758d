"""Which requests a person sees, and one of them: by its id, by its draft, for a notice."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, true

from storage.errors import NotAllowed, NotFound
from storage.requests.queries import request_query
from storage.requests.record import VoterRequest, from_row
from storage.rules.access import Action, Actor, may, scope
from storage.rules.request_states import SETTLED
from storage.tables import voter_requests


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition of what ``actor`` sees: the own requests, and those of a secretary's branches.

    Raises NotAllowed for somebody who does not work on requests (any more).
    """
    if not may(actor, Action.WORK_ON_REQUESTS):
        raise NotAllowed(Action.WORK_ON_REQUESTS)
    own = voter_requests.c.deputy_id == actor.person_id
    branch_wide = _within(actor, Action.SEE_BRANCH_REQUESTS)
    return or_(and_(own, _within(actor, Action.WORK_ON_REQUESTS)), branch_wide)


def get(tx: Connection, actor: Actor, request_id: int) -> VoterRequest:
    """One request. Raises NotFound, also for one out of the actor's reach."""
    query = request_query().where(voter_requests.c.id == request_id, visible(actor))
    first = tx.execute(query).mappings().first()
    if first is None:
        raise NotFound("voter_request")
    return from_row(first)


def for_notice(tx: Connection, request_id: int, person_id: int) -> VoterRequest | None:
    """The request a notice to its own deputy is about; None when it is not that person's."""
    given = {"request_id": request_id, "person_id": person_id}
    first = tx.execute(_of_person(), given).mappings().first()
    return None if first is None else from_row(first)


def by_token(tx: Connection, actor: Actor, token: str) -> VoterRequest | None:
    """The request that this draft of ``actor`` became; None while it is a draft."""
    given = {"token": token, "person_id": actor.person_id}
    first = tx.execute(_of_draft(), given).mappings().first()
    return None if first is None else from_row(first)


def latest_open(tx: Connection, actor: Actor) -> VoterRequest | None:
    """The newest request of ``actor`` that has no outcome yet."""
    query = (
        request_query()
        .where(
            visible(actor),
            voter_requests.c.deputy_id == actor.person_id,
            _open(),
        )
        .order_by(voter_requests.c.id.desc())
        .limit(1)
    )
    first = tx.execute(query).mappings().first()
    return None if first is None else from_row(first)


@cache
def _of_person() -> Select[Any]:
    return request_query().where(
        voter_requests.c.id == bindparam("request_id"),
        voter_requests.c.deputy_id == bindparam("person_id"),
    )


@cache
def _of_draft() -> Select[Any]:
    return request_query().where(
        voter_requests.c.draft_token == bindparam("token"),
        voter_requests.c.deputy_id == bindparam("person_id"),
    )


def _open() -> ColumnElement[bool]:
    """Without an outcome; of what is open by its index, which knows closing and merging alone."""
    c = voter_requests.c
    settled = [state.value for state in SETTLED]
    return and_(c.closed_at.is_(None), c.merged_into.is_(None), c.state.not_in(settled))


def _within(actor: Actor, action: Action) -> ColumnElement[bool]:
    reach = scope(actor, action)
    return true() if reach is None else voter_requests.c.branch_id.in_(sorted(reach))
