"""Whose meetings there are, who may prepare them, and who is called to each."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select, true

from storage import branches
from storage.branches import Branch
from storage.errors import NotAllowed, NotPossible
from storage.meetings import bodies
from storage.meetings.bodies import BUREAU
from storage.meetings.preparing import demand
from storage.people import lasting
from storage.rules.access import Action, Actor, Role, scope
from storage.tables import (
    agenda_items,
    co_speakers,
    invitees,
    memberships,
    people,
)

COUNCIL, FACTION, CONFERENCE = "political_council", "faction", "conference"
PRIMARY, ASSEMBLY = "primary", "assembly"
BODIES_OF_REGION = (BUREAU, COUNCIL, FACTION, CONFERENCE)
BODIES_OF_BRANCH = (COUNCIL, PRIMARY, ASSEMBLY, FACTION, CONFERENCE)
# The Bureau's sittings are for its members and for the secretaries who prepare and carry them out.
CALLED_TO_BUREAU = (Role.BUREAU_MEMBER, Role.REGIONAL_SECRETARY, Role.BRANCH_SECRETARY)
CALLED_TO_FACTION = (Role.DEPUTY, Role.BRANCH_SECRETARY, Role.REGIONAL_SECRETARY)
REGION = "region"
# Where no list of elected members is kept these are for everybody in the branch.
OPEN_TO_ALL = (COUNCIL, PRIMARY, ASSEMBLY, CONFERENCE)


@dataclass(frozen=True)
class Choice:
    """A body of a branch whose meeting a person may announce."""

    branch: Branch
    body: str


@dataclass(frozen=True)
class Called:
    """How many people a meeting is told to, and how many of them the bot can reach now."""

    total: int
    reachable: int
    everybody: bool = field(default=False, compare=False)  # of the branch


def choices(tx: Connection, actor: Actor) -> list[Choice]:
    """The bodies whose meetings ``actor`` may announce.

    Whoever works for the whole region calls the region's bodies; a branch's secretary calls the
    bodies of that branch. Raises NotAllowed when there is nothing to choose.
    """
    reach = scope(actor, Action.PREPARE_MEETINGS)
    own = {m.branch_id for m in actor.memberships if m.role == Role.BRANCH_SECRETARY}
    found = [
        Choice(branch, body)
        for branch in branches.every(tx)
        for body in (BODIES_OF_REGION if branch.kind == REGION else BODIES_OF_BRANCH)
        if (reach is None if branch.kind == REGION else branch.id in own)
    ]
    if not found:
        raise NotAllowed(Action.PREPARE_MEETINGS)
    return found


def called(
    tx: Connection,
    actor: Actor,
    branch_id: int,
    body: str,
    today: date,
    meeting_id: int | None = None,
) -> Called:
    """Count whom a meeting would be told to today. Raises NotAllowed, NotFound, NotPossible."""
    demand_body(tx, actor, branch_id, body)
    query = members(tx, branch_id, body, today, people.c.id, people.c.reachable, of=meeting_id)
    rows = tx.execute(query).all()
    open_to_all = body in OPEN_TO_ALL and branches.get(tx, branch_id).kind != REGION
    whole = open_to_all and not _is_kept(tx, branch_id, body, today)
    return Called(len(rows), sum(row.reachable for row in rows), whole)


def who(
    tx: Connection, branch_id: int, body: str, today: date, meeting_id: int | None = None
) -> list[int]:
    """Everybody who is called to a meeting of the body today, each person once."""
    query = members(tx, branch_id, body, today, people.c.id, of=meeting_id)
    return list(tx.execute(query).scalars())


def demand_body(tx: Connection, actor: Actor, branch_id: int, body: str) -> None:
    """As ``preparing.demand``; NotPossible("wrong_body") too when the branch has no such body."""
    demand(actor, branch_id, body)
    of_region = branches.get(tx, branch_id).kind == REGION
    if body not in (BODIES_OF_REGION if of_region else BODIES_OF_BRANCH):
        raise NotPossible("wrong_body")


def members(
    tx: Connection,
    branch_id: int,
    body: str,
    today: date,
    *columns: ColumnElement[Any],
    of: int | None = None,
) -> Select[Any]:
    """The query for ``columns`` of everybody who is called, each person once.

    They are the body's elected members where these are kept, with the secretaries; else those
    whose roles make them a part of it. Whoever stands on the list of the meeting ``of``, or speaks
    at it, is too.
    """
    elected = bodies.elected(branch_id, body, today)
    kept = _is_kept(tx, branch_id, body, today)
    of_region = branches.get(tx, branch_id).kind == REGION
    by_role = (
        _secretaries(branch_id, body, of_region) if kept else _parts(branch_id, body, of_region)
    )
    holders = select(memberships.c.person_id).where(lasting(today), by_role)
    is_called: ColumnElement[bool] = people.c.id.in_(holders)
    if kept:
        is_called = or_(is_called, people.c.id.in_(elected))
    if of is not None:
        listed = select(invitees.c.person_id).where(
            invitees.c.meeting_id == of, invitees.c.person_id.is_not(None)
        )
        is_called = or_(is_called, people.c.id.in_(listed), _speaks(of, today))
    return select(*columns).where(is_called).order_by(people.c.id)


def _speaks(meeting_id: int, today: date) -> ColumnElement[bool]:
    """The condition on ``people`` that somebody in the party speaks at the meeting."""
    of = agenda_items.c.meeting_id == meeting_id, agenda_items.c.state != "dropped"
    first = select(agenda_items.c.speaker_id).where(*of)
    beside = select(co_speakers.c.person_id).where(
        co_speakers.c.item_id.in_(select(agenda_items.c.id).where(*of))
    )
    known = memberships.c.person_id == people.c.id
    speaks = or_(people.c.id.in_(first), people.c.id.in_(beside))
    return and_(speaks, exists().where(known, lasting(today)))


def _is_kept(tx: Connection, branch_id: int, body: str, today: date) -> bool:
    return tx.execute(bodies.elected(branch_id, body, today).limit(1)).first() is not None


def _secretaries(branch_id: int, body: str, of_region: bool) -> ColumnElement[bool]:
    if body == BUREAU:
        return memberships.c.role.in_(CALLED_TO_BUREAU[1:])
    if of_region:
        return memberships.c.role == Role.REGIONAL_SECRETARY
    return and_(memberships.c.role == Role.BRANCH_SECRETARY, memberships.c.branch_id == branch_id)


def _parts(branch_id: int, body: str, of_region: bool) -> ColumnElement[bool]:
    """The condition on ``memberships`` of those who belong to a body whose list nobody keeps."""
    if body == BUREAU or (of_region and body == COUNCIL):
        return memberships.c.role.in_(CALLED_TO_BUREAU)
    here = true() if of_region else memberships.c.branch_id == branch_id
    return and_(here, memberships.c.role.in_(CALLED_TO_FACTION)) if body == FACTION else here
