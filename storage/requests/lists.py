"""The list of requests: a page of it, and how many there are behind each filter, as far as asked.

What it costs does not depend on how many requests are kept: a page takes the first rows of a few
ranges of an index (``storage.requests.strands``), and nobody counts beyond MANY.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, func, select

from storage.privacy.rows import VOTER_REQUEST
from storage.requests import strands
from storage.requests.filters import CLOSED, OPEN, OVERDUE, Filters, paused
from storage.rules.access import Actor
from storage.rules.request_states import ANSWERED, RequestState
from storage.rules.waiting import WaitsFor, waits_for
from storage.tables import voter_requests

MANY = 100  # counted as far as this: more is «99+»
DEEPEST = 1000  # rows to which a list is turned: whoever looks for older ones narrows it
ALL = 10_000_000  # more than there can be
EVERY = Filters()
_c = voter_requests.c
COLUMNS = (
    _c.id, _c.number, _c.state, _c.text, _c.due_on, _c.closed_at, paused().label("paused"),
    _c.legal_due_on,
)  # fmt: skip


@dataclass(frozen=True)
class ListedRequest:
    """What a line of the list says; nothing else of the request is opened."""

    id: int
    number: str
    state: RequestState
    waits_for: WaitsFor | None
    text: str
    due_on: date
    legal_due_on: date | None = None  # of the body it is with

    @property
    def answered(self) -> bool:
        """Whether an answer is there: the deadline has no more to say."""
        return self.state in ANSWERED

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        paused = self.waits_for is WaitsFor.VOTER
        return not self.answered and not paused and self.due_on < today

    def body_is_late(self, today: date) -> bool:
        """Whether it waits for a body whose term by law has passed."""
        with_body = self.waits_for is WaitsFor.BODY
        return with_body and self.legal_due_on is not None and self.legal_due_on < today


@dataclass(frozen=True)
class Counts:
    """How many requests of each kind the actor sees, each counted up to MANY."""

    open: int
    overdue: int
    closed: int

    def of(self, which: str) -> int:
        """The number behind one kind (FILTERS)."""
        return {OPEN: self.open, OVERDUE: self.overdue}.get(which, self.closed)


def counts(tx: Connection, actor: Actor, today: date, filters: Filters = EVERY) -> Counts:
    """How many requests the actor sees behind each kind.

    Raises NotAllowed, and NotFound("branch") for a filter by a branch out of reach.
    """
    row = tx.execute(_counting(actor, filters), strands.given(today)).one()
    return Counts(*(int(value) for value in row))


def listing(
    tx: Connection,
    actor: Actor,
    which: str,
    today: date,
    offset: int,
    limit: int,
    filters: Filters = EVERY,
) -> list[ListedRequest]:
    """The requests behind a filter: the most urgent first, of the closed ones the newest.

    Of those that came in a time the newest come first; what has an answer stays behind. Nothing
    beyond DEEPEST. Raises as ``counts``.
    """
    if offset >= DEEPEST:
        return []
    limit = min(limit, DEEPEST - offset)
    window = {"offset": offset, "limit": limit, "count": offset + limit}
    rows = tx.execute(_page(actor, which, filters), strands.given(today) | window).mappings()
    return [line(VOTER_REQUEST.unseal(row)) for row in rows]


def ids(
    tx: Connection, actor: Actor, which: str, today: date, limit: int, filters: Filters = EVERY
) -> list[int]:
    """The ids of the first ``limit`` requests in the order of ``listing``; raises as it does."""
    window = {"offset": 0, "limit": limit, "count": limit}
    query = _first(actor, which, filters)
    return list(tx.execute(query, strands.given(today) | window).scalars())


@lru_cache(maxsize=200)
def _counting(actor: Actor, filters: Filters) -> Select[Any]:
    own = strands.of(actor, filters)
    many = []
    for which in (OPEN, OVERDUE, CLOSED):
        found = strands.first(own, which, filters, MANY, ranked=False).subquery()
        some = select(found.c.id).limit(MANY).subquery()
        many.append(select(func.count()).select_from(some).scalar_subquery())
    return select(*many)


@lru_cache(maxsize=200)
def _first(actor: Actor, which: str, filters: Filters) -> Select[Any]:
    own = strands.of(actor, filters)
    found = strands.first(own, which, filters, bindparam("count", type_=Integer)).subquery()
    return (
        select(found.c.id, found.c.rank, found.c.at)
        .order_by(*strands.order(which, filters, found))
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
    )


@lru_cache(maxsize=200)
def _page(actor: Actor, which: str, filters: Filters) -> Select[Any]:
    page = _first(actor, which, filters).subquery()
    return (
        select(*COLUMNS)
        .join(page, page.c.id == voter_requests.c.id)
        .order_by(*strands.order(which, filters, page))
    )


def line(row: Mapping[str, Any]) -> ListedRequest:
    """What a line says of a row with COLUMNS, opened."""
    state = RequestState(row["state"])
    whom = waits_for(state, closed=row["closed_at"] is not None, paused=bool(row["paused"]))
    return ListedRequest(
        row["id"], row["number"], state, whom, row["text"], row["due_on"], row["legal_due_on"]
    )
