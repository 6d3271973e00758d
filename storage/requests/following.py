"""A voter follows the own request by its code: how it stands, and nothing of what was said.

The same answer comes for a wrong code, a foreign one and one that was replaced; whoever tries too
often has to wait. Nothing here needs a role: the code is the right.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from storage import audit, outbox, people
from storage.errors import TooMany
from storage.privacy.rows import REQUEST_HISTORY
from storage.requests import codes, transitions, watching
from storage.requests.queries import with_merged
from storage.requests.reading import get
from storage.requests.rows import SUBJECT, remember
from storage.rules.access import Actor
from storage.rules.request_states import SETTLED, RequestState
from storage.tables import (
    branches,
    code_tries,
    request_categories,
    request_followers,
    request_history,
    voter_requests,
)
from storage.upsert import insert_new

TRIES, WITHIN = 5, timedelta(hours=1)  # wrong codes of one person
TRIES_OF_ALL, DAY = 500, timedelta(days=1)  # of everybody together; beyond it one a person
AT_ONCE = 1000  # requests that get a code in one go
COMMENTS = 3  # the newest public ones
TOLD = "followed_request"  # in the outbox
ANSWER = "answer"  # in the history
MAIN = voter_requests.alias("main")


def of_main(column: str) -> ColumnElement[Any]:
    """A column of the main one, with which what was merged goes on; MAIN has to be joined."""
    own, its = voter_requests.c[column], MAIN.c[column]
    return case((MAIN.c.id.is_(None), own), else_=its)


# An outcome is one from its report on, be it accepted yet or not.
OUTCOME_AT = func.coalesce(of_main("reported_at"), of_main("closed_at"))


@dataclass(frozen=True)
class Followed:
    """What the voter may read of a request."""

    id: int
    main_id: int  # with which it goes on, when it was merged; else its own id
    code: str
    number: str
    branch_kk: str
    branch_ru: str
    category_kk: str
    category_ru: str
    state: RequestState
    registered_at: datetime
    due_on: date
    outcome_at: datetime | None  # when the outcome was reported, be it accepted yet or not
    rating: int | None
    rated_at: datetime | None
    asked_at: datetime | None
    really_solved: bool | None
    follows: bool
    comments: tuple[tuple[datetime, str], ...]  # public ones, the oldest first

    @property
    def settled(self) -> bool:
        """Whether there is an outcome."""
        return self.state in SETTLED


def code_of(tx: Connection, actor: Actor, request_id: int, now: datetime) -> str:
    """The code of a request within the actor's reach, to be given to its voter.

    A request that was registered before there were codes gets its own. Raises NotFound.
    """
    return _written(tx, actor, request_id, now, more=0)


def for_receipt(tx: Connection, request_id: int) -> str:
    """The code that stands on the receipt of a request; whose receipt it is was asked before."""
    c = voter_requests.c
    row = tx.execute(select(c.number, c.code_generation).where(c.id == request_id)).one()
    return codes.of(row.number, row.code_generation)


def new_code(tx: Connection, actor: Actor, request_id: int, before: str, now: datetime) -> str:
    """Another code instead of ``before``, which opens nothing any more; nor do its users follow.

    When ``before`` is the code no more, somebody has replaced it already: that one stays. Raises
    NotFound.
    """
    transitions.demand_part(actor, get(tx, actor, request_id))
    known = _written(tx, actor, request_id, now, more=0)
    if known != before:
        return known
    code = _written(tx, actor, request_id, now, more=1)
    tx.execute(delete(request_followers).where(request_followers.c.request_id == request_id))
    return code


def daily(tx: Connection, now: datetime, _zone: ZoneInfo) -> int:
    """Give a code to requests older than codes, and drop tries that count no more.

    Returns how many rows were touched.
    """
    c = voter_requests.c
    query = select(c.id, c.number, c.code_generation).where(c.code_hash.is_(None)).limit(AT_ONCE)
    without = tx.execute(query).all()
    for row in without:
        code = codes.of(row.number, row.code_generation)
        tx.execute(
            update(voter_requests).where(c.id == row.id).values(code_hash=codes.hashed(code))
        )
    gone = tx.execute(delete(code_tries).where(code_tries.c.at <= now - DAY))
    return len(without) + gone.rowcount


def look(tx: Connection, actor: Actor, typed: str, now: datetime) -> Followed | None:
    """The request of a code; None for any that opens nothing, which is counted.

    Raises TooMany for somebody (or everybody together) who tried too often.
    """
    _check_tries(tx, actor, now)
    code = codes.read(typed)
    # The same work for what is no code at all.
    found = opened(tx, actor, code or "a" * codes.LENGTH)
    if found is None or code is None:
        tx.execute(insert(code_tries).values(person_id=actor.person_id, at=now))
        audit.refusal(tx, actor, now, "follow_request")
        return None
    return found


def follow(
    tx: Connection, actor: Actor, typed: str, now: datetime, language: str
) -> Followed | None:
    """From now on ``actor`` is told of what changes; None and the rest as ``look`` has it.

    Whoever has chosen no language yet is told in ``language``.
    """
    found = look(tx, actor, typed, now)
    if found is None:
        return None
    if actor.language is None:
        people.set_language(tx, actor.person_id, language)
    row = {"request_id": found.id, "person_id": actor.person_id, "since": now}
    insert_new(tx, request_followers, [row])
    audit.record(tx, actor, now, "follow_request", SUBJECT, found.id)
    return opened(tx, actor, found.code)


def unfollow(tx: Connection, actor: Actor, typed: str, now: datetime) -> Followed | None:
    """``actor`` is told no more; None and the rest as ``look`` has it."""
    found = look(tx, actor, typed, now)
    if found is None:
        return None
    tx.execute(
        delete(request_followers).where(
            request_followers.c.request_id == found.id,
            request_followers.c.person_id == actor.person_id,
        )
    )
    return opened(tx, actor, found.code)


def answer(tx: Connection, actor: Actor, request_id: int, text: str, now: datetime) -> int:
    """Write what the voter may read, and the voters of those merged into it.

    Returns how many who follow are told. Raises NotFound.
    """
    transitions.demand_part(actor, get(tx, actor, request_id))
    for one in tx.execute(with_merged(request_id)).scalars().all():
        remember(tx, actor, one, now, ANSWER, text=text, public=True)
    audit.record(tx, actor, now, "answer_voter", SUBJECT, request_id)
    key = f"answer:{now.isoformat()}"
    watching.tell(tx, actor, request_id, key, now, answered=True)
    return tell(tx, request_id, key, now)


def tell(
    tx: Connection, request_id: int, key: str, now: datetime, *, but_for: int | None = None
) -> int:
    """Queue the news of a request for those who follow it, or one merged into it.

    ``key`` names the news; ``but_for`` is a person who hears nothing. Returns how many are told;
    each hears of the one that is followed.
    """
    c = request_followers.c
    query = select(c.request_id, c.person_id).where(
        c.request_id.in_(with_merged(request_id)), c.person_id.is_distinct_from(but_for)
    )
    told = [
        outbox.Message(
            f"{TOLD}:{followed}:{key}:{person_id}", TOLD, person_id, {"request_id": followed}
        )
        for followed, person_id in tx.execute(query)
    ]
    outbox.put_all(tx, told, now, priority=outbox.Priority.NOTICE)
    return len(told)


def for_follower(tx: Connection, request_id: int, person_id: int) -> Followed | None:
    """What a follower is told of; None for somebody who follows no more."""
    query = _query(person_id).where(voter_requests.c.id == request_id)
    found = _read(tx, query)
    return found if found is not None and found.follows else None


def opened(tx: Connection, actor: Actor, code: str) -> Followed | None:
    """The request of a code that ``look`` has let through already; None for any other."""
    return _read(
        tx, _query(actor.person_id).where(voter_requests.c.code_hash == codes.hashed(code))
    )


def _read(tx: Connection, query: Select[Any]) -> Followed | None:
    row = tx.execute(query).mappings().first()
    if row is None:
        return None
    values = {name: row[name] for name in row if name not in ("state", "code_generation")}
    return Followed(
        **values,
        state=RequestState(row["state"]),
        code=codes.of(row["number"], row["code_generation"]),
        comments=_comments(tx, row["id"]),
    )


def _comments(tx: Connection, request_id: int) -> tuple[tuple[datetime, str], ...]:
    query = (
        select(
            request_history.c.request_id,
            request_history.c.at,
            request_history.c.kind,
            request_history.c.text,
        )
        .where(request_history.c.request_id == request_id, request_history.c.public)
        .order_by(request_history.c.id.desc())
        .limit(COMMENTS)
    )
    opened = [REQUEST_HISTORY.unseal(row) for row in tx.execute(query).mappings()]
    return tuple((line["at"], line["text"] or "") for line in reversed(opened))


def _query(person_id: int) -> Select[Any]:
    follows = (
        select(func.count())
        .where(
            request_followers.c.request_id == voter_requests.c.id,
            request_followers.c.person_id == person_id,
        )
        .scalar_subquery()
    )
    c = voter_requests.c
    return (
        select(
            c.id, func.coalesce(c.merged_into, c.id).label("main_id"), c.number,
            of_main("state").label("state"), c.registered_at,
            of_main("due_on").label("due_on"),
            c.rating, c.rated_at,
            c.asked_at, c.really_solved, c.code_generation,
            OUTCOME_AT.label("outcome_at"),
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            request_categories.c.name_kk.label("category_kk"),
            request_categories.c.name_ru.label("category_ru"),
            (follows > 0).label("follows"),
        )
        .outerjoin(MAIN, MAIN.c.id == c.merged_into)
        .join(branches, branches.c.id == c.branch_id)
        .join(request_categories, request_categories.c.code == c.category)
    )  # fmt: skip


def _written(tx: Connection, actor: Actor, request_id: int, now: datetime, *, more: int) -> str:
    request = get(tx, actor, request_id)
    c = voter_requests.c
    known = tx.execute(
        select(c.code_generation, c.code_hash).where(c.id == request_id).with_for_update()
    ).one()
    code = codes.of(request.number, known.code_generation + more)
    if more or known.code_hash is None:
        tx.execute(
            update(voter_requests)
            .where(c.id == request_id)
            .values(code_generation=known.code_generation + more, code_hash=codes.hashed(code))
        )
        audit.record(tx, actor, now, "make_request_code", SUBJECT, request_id)
    return code


def _check_tries(tx: Connection, actor: Actor, now: datetime) -> None:
    own = select(func.count(), func.min(code_tries.c.at)).where(
        code_tries.c.person_id == actor.person_id, code_tries.c.at > now - WITHIN
    )
    many, first = tx.execute(own).one()
    if many >= TRIES:
        raise TooMany(first + WITHIN)
    of_all = select(func.count()).where(code_tries.c.at > now - DAY)
    # Nobody can lock the others out: whoever has not been wrong within the hour has a try.
    if many and tx.execute(of_all).scalar_one() >= TRIES_OF_ALL:
        raise TooMany(first + WITHIN)
