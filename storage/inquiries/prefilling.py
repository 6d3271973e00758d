"""What an inquiry is begun with: the words of voters' requests without the people in them."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage import requests
from storage.errors import NotFound
from storage.inquiries.around import Answer, answers
from storage.inquiries.making import own
from storage.inquiries.record import Inquiry
from storage.privacy.rows import VOTER_REQUEST
from storage.rules.access import Action, Actor, may
from storage.rules.request_states import SETTLED
from storage.rules.veiling import veiled
from storage.tables import inquiry_requests, voter_requests

OFFERED = 40  # requests that are offered to be added, newest first


@dataclass(frozen=True)
class Source:
    """A request as an inquiry may quote it: phones, IINs, the voter's name are hidden."""

    id: int
    number: str
    branch_id: int
    category_kk: str
    category_ru: str
    place: str | None
    text: str


def sources(tx: Connection, actor: Actor, request_ids: list[int]) -> list[Source]:
    """The requests that ``actor`` makes an inquiry from. Raises NotFound, NotAllowed."""
    return [_source(tx, requests.get(tx, actor, request_id)) for request_id in request_ids]


def offered(tx: Connection, actor: Actor) -> list[Source]:
    """The own open requests of ``actor``, newest first."""
    if not may(actor, Action.WORK_ON_REQUESTS):
        return []
    ids = tx.execute(
        select(voter_requests.c.id)
        .where(
            voter_requests.c.deputy_id == actor.person_id,
            voter_requests.c.merged_into.is_(None),
            voter_requests.c.closed_at.is_(None),
            voter_requests.c.state.not_in([state.value for state in SETTLED]),
        )
        .order_by(voter_requests.c.id.desc())
        .limit(OFFERED)
    )
    # Of a branch where the mandate has ended there is none.
    return still_open_to(tx, actor, list(ids.scalars()))


def still_open_to(tx: Connection, actor: Actor, request_ids: list[int]) -> list[Source]:
    """As ``sources``, without those that are out of reach by now."""
    found = []
    for request_id in request_ids:
        try:
            found.append(_source(tx, requests.get(tx, actor, request_id)))
        except NotFound:
            continue
    return found


def to_repeat(
    tx: Connection, actor: Actor, inquiry_id: int
) -> tuple[Inquiry, Answer | None, list[int]]:
    """The inquiry that is repeated, its last answer, and its requests. Raises as ``own``."""
    inquiry = own(tx, actor, inquiry_id)
    last = answers(tx, inquiry)
    linked = select(inquiry_requests.c.request_id).where(
        inquiry_requests.c.inquiry_id == inquiry_id
    )
    ids = sorted(tx.execute(linked).scalars())
    return inquiry, last[-1] if last else None, ids


def _source(tx: Connection, request: requests.VoterRequest) -> Source:
    return Source(
        request.id,
        request.number,
        request.branch_id,
        request.category_kk,
        request.category_ru,
        request.place,
        veiled(request.text, _names(tx, request)),
    )


def _names(tx: Connection, request: requests.VoterRequest) -> list[str]:
    """The voter's name: only to be hidden, so that it is opened is nobody's look at it."""
    columns = (voter_requests.c.number, voter_requests.c.contact_name)
    row = tx.execute(select(*columns).where(voter_requests.c.id == request.id)).mappings().one()
    name = VOTER_REQUEST.unseal(row)["contact_name"]
    return [name] if name else []
