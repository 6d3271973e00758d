"""From which messages a request was made, and which requests are like what came now.

A message is known again by a keyed number of its words or of its file, never by the words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, ScalarSelect, Select, func, insert, select, true

from storage.privacy import index, words
from storage.requests.reading import visible
from storage.rules.access import Action, Actor, scope
from storage.rules.folding import fold
from storage.rules.request_states import SETTLED
from storage.tables import people, request_sources, request_words, voter_requests

LIKE_FOR = timedelta(days=14)  # the same words later are likelier a new matter
MOST = 3
_COMPARED = 100  # words of a text, in numbers


@dataclass(frozen=True)
class Like:
    """A request that is like another; of what it says nothing is here."""

    id: int
    number: str
    deputy_name: str
    registered_at: datetime
    open_to_actor: bool  # who may not open it learns only that it is there


@dataclass(frozen=True)
class Open:
    """An open request to which something may be added."""

    id: int
    number: str


def of_text(text: str) -> int | None:
    """What a text is known again by, however it is written; None without a word."""
    folded = fold(text)
    return index.numbered("source", f"text:{folded}") if folded else None


def of_file(unique_id: str) -> int:
    """What a file is known again by: Telegram's ``file_unique_id``, the same for everybody."""
    return index.numbered("source", f"file:{unique_id}")


def keep(tx: Connection, request_id: int, sources: Iterable[int]) -> None:
    """Note what a new request was made from."""
    rows = [{"source": source, "request_id": request_id} for source in sorted(set(sources))]
    if rows:
        tx.execute(insert(request_sources), rows)


def like(
    tx: Connection,
    actor: Actor,
    now: datetime,
    *,
    sources: Sequence[int] = (),
    phone: str | None = None,
    category: str | None = None,
) -> list[Like]:
    """The latest requests of the last days in the branches where ``actor`` logs requests.

    Made from one of ``sources``, or of the same ``phone`` (E.164) about the same ``category``.
    Raises NotAllowed for somebody who does not work on requests.
    """
    reach = scope(actor, Action.LOG_REQUESTS)
    alike = _alike(sources, phone, category)
    if not alike:
        return []
    inside = true() if reach is None else voter_requests.c.branch_id.in_(sorted(reach))
    query = (
        select(
            voter_requests.c.id,
            voter_requests.c.number,
            people.c.name,
            voter_requests.c.registered_at,
            visible(actor),
        )
        .join(people, people.c.id == voter_requests.c.deputy_id)
        .where(
            voter_requests.c.id.in_(alike[0].union_all(*alike[1:])),
            voter_requests.c.registered_at >= now - LIKE_FOR,
            voter_requests.c.merged_into.is_(None),
            inside,
        )
        .order_by(voter_requests.c.id.desc())
        .limit(MOST)
    )
    return [
        Like(id_, number, name, at, bool(may_open))
        for id_, number, name, at, may_open in tx.execute(query)
    ]


def likely(tx: Connection, actor: Actor, text: str, phone: str | None = None) -> list[Open]:
    """The open requests of ``actor`` to which ``text`` most likely belongs, at most three.

    Those of the same ``phone`` first, then by the words they share; without any the newest one.
    """
    open_ones = (
        visible(actor),
        voter_requests.c.deputy_id == actor.person_id,
        voter_requests.c.merged_into.is_(None),
        voter_requests.c.closed_at.is_(None),
        voter_requests.c.state.not_in([state.value for state in SETTLED]),
    )
    shared = _shared(text)
    same_phone = voter_requests.c.phone_hash == (index.hashed("phone", phone) if phone else "")
    rows = tx.execute(
        select(
            voter_requests.c.id,
            voter_requests.c.number,
            shared.label("words"),
            func.coalesce(same_phone, False).label("phone"),
        )
        .where(*open_ones)
        .order_by(
            func.coalesce(same_phone, False).desc(),
            shared.desc(),
            voter_requests.c.id.desc(),
        )
        .limit(MOST)
    ).all()
    best = [row for row in rows if row.words or row.phone] or rows[:1]
    return [Open(row.id, row.number) for row in best]


def _alike(
    sources: Sequence[int], phone: str | None, category: str | None
) -> list[Select[tuple[int]]]:
    found: list[Select[tuple[int]]] = []
    if sources:
        of_these = request_sources.c.source.in_(list(sources))
        found.append(select(request_sources.c.request_id).where(of_these))
    if phone and category:
        found.append(
            select(voter_requests.c.id).where(
                voter_requests.c.phone_hash == index.hashed("phone", phone),
                voter_requests.c.category == category,
            )
        )
    return found


def _shared(text: str) -> ScalarSelect[int]:
    numbers = sorted(words.hashes(text))[:_COMPARED]
    return (
        select(func.count())
        .where(
            request_words.c.request_id == voter_requests.c.id,
            request_words.c.word.in_(numbers),
        )
        .scalar_subquery()
    )
