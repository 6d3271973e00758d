"""Choosing whom a draft goes to, and seeing the names."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from storage import branches, groups, primaries
from storage.audiences import demand, recipients
from storage.branches import Branch
from storage.broadcasts import saved_lists
from storage.broadcasts.drafting import Preview, move, own, preview, record
from storage.broadcasts.reading import get
from storage.errors import NotFound, NotPossible
from storage.meetings import reading as meetings
from storage.meetings.records import Meeting
from storage.primaries import Primary
from storage.rules.access import Actor
from storage.selections import Selection
from storage.tables import people

MOST_LEFT_OUT = 100  # people of one broadcast; for more there are roles and branches


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a draft may go to."""

    person_id: int
    name: str
    reachable: bool
    left_out: bool


@dataclass(frozen=True)
class Named:
    """What a selection names, to be read: closed organisations and deleted lists as well."""

    primaries: list[Primary]
    factions: list[Branch]
    lists: list[str]
    not_lists: list[str]
    meeting: Meeting | None


def named(tx: Connection, actor: Actor, whom: Selection) -> Named:
    """What ``whom`` names. Raises NotFound for a meeting that is not the actor's to see."""
    lists = saved_lists.named(tx, (*whom.lists, *whom.not_lists))
    theirs = set(whom.factions)
    return Named(
        primaries.named(tx, whom.primaries),
        [one for one in branches.every(tx) if one.id in theirs] if theirs else [],
        [lists[one.id] for one in whom.lists],
        [lists[one.id] for one in whom.not_lists],
        None if whom.meeting_id is None else meetings.get(tx, actor, whom.meeting_id),
    )


def address(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    whom: Selection,
    now: datetime,
    today: date,
) -> Preview:
    """Let a draft go to ``whom``; what was shown before can be confirmed no more.

    Raises NotFound (also for a meeting, a broadcast, a person or a group that is not the actor's
    to see), NotAllowed outside the actor's branches, AlreadyChanged, NotPossible("too_many").
    """
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    _demand_within(tx, actor, whom)
    if whom.meeting_id is not None:
        meetings.get(tx, actor, whom.meeting_id)
    if whom.silent_of is not None:
        get(tx, actor, whom.silent_of)
    if len(whom.without) > MOST_LEFT_OUT:
        raise NotPossible("too_many")
    # Whoever is left out stays so when the rest is narrowed: widened again it must not reach them.
    named_anew = set(whom.without) - set(found.whom.without)
    _demand_known(tx, replace(whom, without=()), named_anew, found.author_id, today)
    # Groups of branches that it goes to no more are left with them; foreign ones are refused.
    there = {group.id for group in groups.chosen(tx, whom.branches, whom.groups)}
    if set(whom.groups) - there - set(found.whom.groups):
        raise NotFound("group")
    whom = replace(whom, groups=tuple(sorted(there)), only_groups=whom.only_groups and bool(there))
    move(tx, broadcast_id, version, branch_id=whom.branch_id, audience=whom.kept)
    record(tx, actor, now, "addressed", broadcast_id, **whom.noted)
    return preview(tx, actor, broadcast_id, today)


def candidates(
    tx: Connection, actor: Actor, broadcast_id: int, today: date, offset: int, limit: int
) -> list[Candidate]:
    """A page of those whom a draft may go to, those left out among them. Raises NotFound."""
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    left_out = set(found.whom.without)
    everybody = replace(found.whom, without=())
    columns = (people.c.id, people.c.name, people.c.reachable)
    rows = tx.execute(
        recipients(everybody, found.author_id, today, *columns)
        .order_by(people.c.name, people.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [Candidate(row.id, row.name, row.reachable, row.id in left_out) for row in rows]


def _demand_within(tx: Connection, actor: Actor, whom: Selection) -> None:
    """All of it lies in the actor's branches."""
    demand(actor, whom.branches)
    organisations = primaries.named(tx, whom.primaries)
    if len(organisations) != len(whom.primaries):
        raise NotFound(primaries.SUBJECT)
    for part in (
        whom.factions,
        {one.branch_id for one in organisations},
        *(one.whom.branches for one in (*whom.lists, *whom.not_lists)),
    ):
        if part:
            demand(actor, part)


def _demand_known(
    tx: Connection, everybody: Selection, ids: set[int], author_id: int, today: date
) -> None:
    """Nobody is left out who is not meant: a number alone must not tell who exists."""
    if not ids:
        return
    query = recipients(everybody, author_id, today, people.c.id).where(people.c.id.in_(ids))
    if ids - set(tx.execute(query).scalars()):
        raise NotFound("person")
