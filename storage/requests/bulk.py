"""The same done with many requests at once: what has changed meanwhile is left out, and named.

All of it is one transaction, and each person concerned gets one notice of it.
"""

from datetime import date, datetime

from sqlalchemy import Connection, select

from storage import audit
from storage.errors import AlreadyChanged, DomainError, NotAllowed, NotFound, NotPossible
from storage.requests import categories, changes, closing, deputies, handing, transitions
from storage.requests.deputies import Candidate
from storage.requests.orders import ACTIONS, MOST, Deed, Order, Result, Told
from storage.requests.queries import request_query
from storage.requests.reading import visible
from storage.requests.record import VoterRequest, from_row
from storage.requests.rows import SUBJECT
from storage.requests.versions import check_version
from storage.rules.access import Actor, may
from storage.rules.request_states import RequestState
from storage.tables import voter_requests


def marked(tx: Connection, actor: Actor, ids: list[int]) -> list[VoterRequest]:
    """Those of ``ids`` that ``actor`` sees, in the order of their numbers. Raises NotAllowed."""
    query = (
        request_query()
        .where(voter_requests.c.id.in_(ids[:MOST]), visible(actor))
        .order_by(voter_requests.c.number)
    )
    return [from_row(row) for row in tx.execute(query).mappings()]


def versions(tx: Connection, actor: Actor, ids: list[int]) -> dict[int, int]:
    """The versions of those of ``ids`` that ``actor`` sees. Raises NotAllowed."""
    c = voter_requests.c
    rows = tx.execute(select(c.id, c.version).where(c.id.in_(ids), visible(actor)))
    return {row.id: row.version for row in rows}


def to_whom(tx: Connection, actor: Actor, ids: list[int], today: date) -> list[Candidate]:
    """Who may get all of ``ids``. Raises NotAllowed."""
    found = marked(tx, actor, ids)
    return deputies.candidates(tx, found, today) if found else []


def look(tx: Connection, actor: Actor, order: Order, today: date) -> Result:
    """What the order would do now; nothing is written. Raises as ``do``."""
    result = Result()
    _demand(tx, actor, order)
    for request in marked(tx, actor, list(order.chosen)):
        try:
            check_version(tx, request, order.chosen[request.id])
            _check(tx, actor, order, request, today)
            result.done.append(request.number)
        except (AlreadyChanged, NotAllowed, NotPossible) as error:
            result.left_out.append((request.number, _reason(error)))
    return result


def do(tx: Connection, actor: Actor, order: Order, now: datetime, today: date) -> Result:
    """Do it where it can be done; the persons concerned get one notice each.

    Raises NotAllowed for who may nowhere, NotPossible: none, too_many, category (closed by now),
    NotFound for a category that there is not.
    """
    _demand(tx, actor, order)
    result, told = Result(), Told()
    for request in marked(tx, actor, list(order.chosen)):
        try:
            check_version(tx, request, order.chosen[request.id])
            _check(tx, actor, order, request, today)
            _do(tx, actor, order, request, now, today)
        except (AlreadyChanged, NotAllowed, NotPossible) as error:
            result.left_out.append((request.number, _reason(error)))
            continue
        result.done.append(request.number)
        told.of(order, request)
    audit.record(
        tx, actor, now, "arrange_requests", SUBJECT,
        deed=order.deed.value, requests=len(result.done), left_out=len(result.left_out),
    )  # fmt: skip
    told.send(tx, actor, order, now)
    return result


def _demand(tx: Connection, actor: Actor, order: Order) -> None:
    if not may(actor, ACTIONS[order.deed]):
        raise NotAllowed(ACTIONS[order.deed])
    if not order.chosen:
        raise NotPossible("none")
    if len(order.chosen) > MOST:
        raise NotPossible("too_many")
    if order.deed is Deed.CATEGORY and not categories.get(tx, order.to or "").active:
        raise NotPossible("category")


def _check(tx: Connection, actor: Actor, order: Order, request: VoterRequest, today: date) -> None:
    action = ACTIONS[order.deed]
    if not may(actor, action, request.branch_id):
        raise NotAllowed(action, request.branch_id)
    if request.merged_into is not None:
        raise NotPossible("merged")
    if order.deed is Deed.CLOSE:
        transitions.demand(tx, actor, request, RequestState.CLOSED)
        if not closing.is_free(tx, actor, request, today):
            raise NotPossible("own")
    elif request.settled:
        raise NotPossible("state")
    elif order.deed is Deed.HAND:
        found = {str(one.id) for one in deputies.candidates(tx, [request], today)}
        if order.to not in found:
            raise NotPossible("no_deputy")
    elif request.category == order.to:
        raise NotPossible("same")


def _do(
    tx: Connection,
    actor: Actor,
    order: Order,
    request: VoterRequest,
    now: datetime,
    today: date,
) -> None:
    if order.deed is Deed.HAND:
        handing.give(tx, actor, request, int(order.to or 0), now, today, ask=False)
    elif order.deed is Deed.CLOSE:
        closing.agree(tx, actor, request.id, request.version, now, today)
    else:
        changes.complete(tx, actor, request.id, request.version, now, category=order.to)


def _reason(error: DomainError) -> str:
    if isinstance(error, AlreadyChanged):
        return "changed"
    if isinstance(error, (NotAllowed, NotFound)):
        return "not_yours"
    return error.reason if isinstance(error, NotPossible) else "changed"
