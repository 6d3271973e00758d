"""Whose requests are: who may get one, who may have it, and who had it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, true

from storage.people import lasting
from storage.requests.record import VoterRequest
from storage.rules.access import MATRIX, Action, Actor, Role, scope
from storage.rules.alphabet import order
from storage.rules.request_states import SETTLED, RequestState
from storage.tables import (
    branches,
    memberships,
    people,
    request_past_deputies,
    voter_requests,
)


@dataclass(frozen=True)
class Candidate:
    """A deputy who may get a request."""

    id: int
    name: str
    regional: bool  # of the whole region: a level up


@dataclass(frozen=True)
class Past:
    """A request that somebody had once: its number and its state, and nothing else."""

    number: str
    state: RequestState
    until: datetime


@dataclass(frozen=True)
class Left:
    """Open requests of a branch whose deputy has no mandate there any more."""

    branch_id: int
    branch_kk: str
    branch_ru: str
    deputy_id: int
    deputy_name: str
    requests: int


def candidates(tx: Connection, requests: Sequence[VoterRequest], today: date) -> list[Candidate]:
    """Who may get all of ``requests``, in the order of the Kazakh alphabet, the region's last.

    The deputies of their branch and, a level up, those of the whole region; of several branches
    who is a deputy in each. Whoever has all of them already is none.
    """
    wanted = {one.branch_id for one in requests}
    query = (
        select(people.c.id, people.c.name, memberships.c.branch_id)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.role == Role.DEPUTY, lasting(today))
    )
    held: dict[tuple[int, str], set[int | None]] = {}
    for person_id, name, branch_id in tx.execute(query):
        held.setdefault((person_id, name), set()).add(branch_id)
    owners = {one.deputy_id for one in requests}
    found = [
        Candidate(person_id, name, regional=not wanted <= where)
        for (person_id, name), where in held.items()
        if (None in where or wanted <= where) and owners != {person_id}
    ]
    return sorted(found, key=lambda one: (one.regional, order(one.name), one.id))


def in_office(tx: Connection, person_id: int, branch_id: int, today: date) -> bool:
    """Whether somebody may have a request of the branch: a deputy, or a secretary who logs some."""
    holds = _holds(today, memberships.c.person_id == person_id, branch_id)
    return tx.execute(select(memberships.c.id).where(holds).limit(1)).first() is not None


def note_past(tx: Connection, request_id: int, from_id: int, to_id: int, now: datetime) -> None:
    """Note that a request went from one deputy to another, who is none of the past ones then."""
    if from_id == to_id:
        return
    one = request_past_deputies.c
    tx.execute(
        delete(request_past_deputies).where(
            one.request_id == request_id, one.person_id.in_([from_id, to_id])
        )
    )
    row = {"request_id": request_id, "person_id": from_id, "until": now}
    tx.execute(insert(request_past_deputies), row)


def past(tx: Connection, actor: Actor, offset: int, limit: int) -> tuple[list[Past], int]:
    """A page of the requests that ``actor`` had and has no more, and how many there are."""
    one, main = request_past_deputies.c, voter_requests.alias("main")
    own = one.person_id == actor.person_id
    query = (
        select(
            voter_requests.c.number,
            func.coalesce(main.c.state, voter_requests.c.state).label("state"),
            one.until,
        )
        .join(request_past_deputies, one.request_id == voter_requests.c.id)
        .outerjoin(main, main.c.id == voter_requests.c.merged_into)
        .where(own)
        .order_by(one.until.desc(), voter_requests.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    found = [Past(row.number, RequestState(row.state), row.until) for row in tx.execute(query)]
    many = select(func.count()).select_from(request_past_deputies).where(own)
    return found, int(tx.execute(many).scalar_one())


def left(tx: Connection, actor: Actor, today: date) -> list[Left]:
    """The open requests without a deputy in office, where ``actor`` reassigns them."""
    c = voter_requests.c
    query = (
        select(
            c.branch_id,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            c.deputy_id,
            people.c.name.label("deputy_name"),
            func.count().label("requests"),
        )
        .join(branches, branches.c.id == c.branch_id)
        .join(people, people.c.id == c.deputy_id)
        .where(_without_deputy(actor, today))
        .group_by(c.branch_id, branches.c.name_kk, branches.c.name_ru, c.deputy_id, people.c.name)
        .order_by(c.branch_id, c.deputy_id)
    )
    return [Left(**row) for row in tx.execute(query).mappings()]


def left_by(
    tx: Connection, actor: Actor, deputy_id: int, branch_id: int, today: date, limit: int
) -> dict[int, int]:
    """The ids and versions of what ``left`` counts for one deputy in one branch, by deadline."""
    c = voter_requests.c
    query = (
        select(c.id, c.version)
        .where(_without_deputy(actor, today), c.deputy_id == deputy_id, c.branch_id == branch_id)
        .order_by(c.due_on, c.id)
        .limit(limit)
    )
    return {row.id: row.version for row in tx.execute(query)}


def _without_deputy(actor: Actor, today: date) -> ColumnElement[bool]:
    c, reach = voter_requests.c, scope(actor, Action.REASSIGN_REQUESTS)
    office = _holds(today, memberships.c.person_id == c.deputy_id, c.branch_id)
    return and_(
        true() if reach is None else c.branch_id.in_(sorted(reach)),
        c.merged_into.is_(None),
        c.closed_at.is_(None),
        c.state.not_in([state.value for state in SETTLED]),
        ~select(memberships.c.id).where(office).exists(),
    )


def _holds(
    today: date, who: ColumnElement[bool], branch_id: int | ColumnElement[int]
) -> ColumnElement[bool]:
    where = or_(memberships.c.branch_id == branch_id, memberships.c.branch_id.is_(None))
    roles = memberships.c.role.in_(list(MATRIX[Action.LOG_REQUESTS]))
    return and_(who, roles, where, lasting(today))
