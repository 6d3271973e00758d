"""Which requests are probably about the same matter: of one subject, near in words and in place."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from storage.privacy import words
from storage.requests.queries import request_query
from storage.requests.reading import visible
from storage.requests.record import VoterRequest, from_row
from storage.rules.access import Actor
from storage.rules.bases import bases
from storage.rules.folding import fold
from storage.rules.request_states import SETTLED
from storage.tables import request_words, voter_requests

WITHIN = timedelta(days=60)  # between the two registrations
COMPARED = 200  # of the newest ones
MOST = 5
HALF, QUARTER = 0.5, 0.25  # of the words: where the place says nothing, where it is the same


@dataclass(frozen=True)
class Similar:
    """One that may be the same, without what it says."""

    id: int
    number: str
    deputy_name: str
    registered_at: datetime
    place: str | None
    settlement_kk: str | None
    settlement_ru: str | None


def similar(tx: Connection, actor: Actor, request: VoterRequest) -> list[Similar]:
    """The open requests in the actor's reach that are like ``request``, the likest first."""
    own = words.hashes(request.text or request.place or "")
    c = voter_requests.c
    newest = (
        select(c.id)
        .where(
            visible(actor),
            c.branch_id == request.branch_id,
            c.category == request.category,
            c.id != request.id,
            c.merged_into.is_(None),
            c.state.not_in([state.value for state in SETTLED]),
            c.registered_at >= request.registered_at - WITHIN,
        )
        .order_by(c.id.desc())
        .limit(COMPARED)
    )
    ids = list(tx.execute(newest).scalars())
    shared = select(request_words.c.request_id, func.count()).where(
        request_words.c.request_id.in_(ids), request_words.c.word.in_(sorted(own))
    )
    counted = tx.execute(shared.group_by(request_words.c.request_id))
    many: dict[int, int] = {row[0]: row[1] for row in counted}
    likely = [one for one, n in many.items() if n >= QUARTER * len(own)]
    rows = tx.execute(request_query().where(c.id.in_(likely))).mappings()
    found = [one for one in map(from_row, rows) if _is_near(request, one, many[one.id] / len(own))]
    found.sort(key=lambda one: (-many[one.id], one.id))
    return [_similar(one) for one in found[:MOST]]


def _is_near(request: VoterRequest, other: VoterRequest, part: float) -> bool:
    """Whether the place is the same; where one has none, the words have to tell."""
    if request.settlement_id and other.settlement_id:
        return request.settlement_id == other.settlement_id
    if request.place and other.place:
        return not _words(request.place).isdisjoint(_words(other.place))
    return part >= HALF


def _words(place: str) -> set[str]:
    return {base for word in fold(place).split() for base in bases(word) if len(base) > 3}


def _similar(one: VoterRequest) -> Similar:
    return Similar(**{name: getattr(one, name) for name in Similar.__annotations__})
