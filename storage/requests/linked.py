"""The requests that one is tied to: merged with it, or parted from it."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, literal, select, union_all

from storage.requests.record import VoterRequest
from storage.tables import voter_requests


@dataclass(frozen=True)
class Tied:
    """One such request: its number is no secret, opening it is another question."""

    id: int
    number: str


@dataclass(frozen=True)
class Ties:
    """All of one request; each by its number."""

    main: Tied | None = None  # with which it goes on
    merged: tuple[Tied, ...] = ()  # that go on with it
    split_from: Tied | None = None
    split_off: tuple[Tied, ...] = ()


def ties(tx: Connection, request: VoterRequest) -> Ties:
    """What ``request``, which was let through already, is tied to."""
    c = voter_requests.c
    near = [one for one in (request.merged_into, request.split_from) if one]
    # By an index each: «any of these» would have SQLite look at every request.
    tied = union_all(
        select(c.id).where(c.merged_into == request.id),
        select(c.id).where(c.split_from == request.id),
        *(select(literal(one, BigInteger)) for one in near),
    )
    query = select(c.id, c.number, c.merged_into, c.split_from).where(c.id.in_(tied))
    rows = tx.execute(query.order_by(c.id)).all()
    known = {row.id: Tied(row.id, row.number) for row in rows}
    return Ties(
        known.get(request.merged_into or 0),
        tuple(known[row.id] for row in rows if row.merged_into == request.id),
        known.get(request.split_from or 0),
        tuple(known[row.id] for row in rows if row.split_from == request.id),
    )
