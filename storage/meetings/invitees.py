"""Who is called to a meeting, in which capacity, and what each has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    select,
    true,
    update,
)

from storage.errors import NotFound
from storage.meetings import answers, bodies
from storage.meetings.bodies import INVITED, MEMBER, OBSERVER
from storage.meetings.convened import convened
from storage.rules.access import Actor
from storage.rules.alphabet import order
from storage.tables import invitees, meetings, people, presence
from storage.upsert import insert_new

CAPACITIES = (MEMBER, INVITED, OBSERVER)
PAGE = 8

SILENT = "silent"
OBSERVERS = "observers"
GROUPS = (answers.WILL, answers.DEPUTY, answers.CANNOT, SILENT, OBSERVERS)


@dataclass(frozen=True)
class Invitee:
    """Somebody on a meeting's list."""

    id: int
    meeting_id: int
    person_id: int | None  # None: known by name only
    name: str
    post: str | None
    capacity: str  # member, invited, observer
    answer: str | None  # will, cannot, deputy
    reason: str | None
    stand_in: str | None
    told_at: datetime | None
    nudged_at: datetime | None
    version: int
    here: bool  # in the room now


@dataclass(frozen=True)
class InviteePage:
    """One page of a list: the page really shown (from 0) and how many there are."""

    people: tuple[Invitee, ...]
    page: int
    total: int


def call(
    tx: Connection,
    meeting_id: int,
    person_ids: Iterable[int],
    now: datetime,
    *,
    today: date | None = None,
) -> None:
    """Put the people on the meeting's list as told at ``now``; whoever is on it stays as is.

    The elected members of its body are called as members, others as invited. ``today`` is the day
    for the people there, that of UTC when it is not given. Raises NotFound.
    """
    row = tx.execute(
        select(meetings.c.branch_id, meetings.c.body).where(meetings.c.id == meeting_id)
    ).first()
    if row is None:
        raise NotFound("meeting")
    day = today or now.astimezone(UTC).date()
    capacity = bodies.capacities(tx, row.branch_id, row.body, person_ids, day)
    names = select(people.c.id, people.c.name).where(people.c.id.in_(sorted(capacity)))
    called = [
        {
            "meeting_id": meeting_id,
            "person_id": person.id,
            "name": person.name,
            "capacity": capacity[person.id],
            "told_at": now,
        }
        for person in tx.execute(names)
    ]
    insert_new(tx, invitees, called)
    waiting = and_(
        invitees.c.meeting_id == meeting_id,
        invitees.c.person_id.in_(sorted(capacity)),
        invitees.c.told_at.is_(None),
    )
    tx.execute(update(invitees).where(waiting).values(told_at=now))


def counts(tx: Connection, actor: Actor, meeting_id: int) -> dict[str, int]:
    """How many stand in each of ``GROUPS``. Raises NotFound, NotAllowed."""
    convened(tx, actor, meeting_id)
    rows = tx.execute(
        select(invitees.c.answer, invitees.c.capacity == OBSERVER, func.count())
        .where(invitees.c.meeting_id == meeting_id)
        .group_by(invitees.c.answer, invitees.c.capacity == OBSERVER)
    )
    found = dict.fromkeys(GROUPS, 0)
    for said, observes, number in rows:
        found[OBSERVERS if observes else said or SILENT] += number
    return found


def listed(
    tx: Connection, actor: Actor, meeting_id: int, group: str | None, page: int = 0
) -> InviteePage:
    """A page of the people of ``group`` (None: all): members first, then the invited, observers.

    By name among themselves. Raises NotFound, NotAllowed.
    """
    convened(tx, actor, meeting_id)
    found = invitees.c.meeting_id == meeting_id, _in_group(group)
    names = tx.execute(select(invitees.c.id, invitees.c.capacity, invitees.c.name).where(*found))
    ids = [row.id for row in sorted(names, key=_place)]
    page = min(max(page, 0), max(0, -(-len(ids) // PAGE) - 1))
    shown = ids[page * PAGE : (page + 1) * PAGE]
    rows = tx.execute(whole().where(invitees.c.id.in_(shown))).mappings()
    people_ = sorted((Invitee(**row) for row in rows), key=lambda one: shown.index(one.id))
    return InviteePage(tuple(people_), page, len(ids))


def get(tx: Connection, actor: Actor, invitee_id: int) -> Invitee:
    """One of them, for whoever prepares the meeting. Raises NotFound, NotAllowed."""
    row = tx.execute(whole().where(invitees.c.id == invitee_id)).mappings().first()
    if row is None:
        raise NotFound("invitee")
    convened(tx, actor, row["meeting_id"])
    return Invitee(**row)


def whole() -> Select[Any]:
    """The query for all that an ``Invitee`` holds."""
    columns = [invitees.c[name] for name in Invitee.__annotations__ if name in invitees.c]
    here = exists().where(presence.c.invitee_id == invitees.c.id, presence.c.left_at.is_(None))
    return select(*columns, here.label("here"))


def _place(row: Any) -> tuple[int, tuple[int, ...], int]:
    return CAPACITIES.index(row.capacity), order(row.name), row.id


def _in_group(group: str | None) -> ColumnElement[bool]:
    if group is None:
        return true()
    if group == OBSERVERS:
        return invitees.c.capacity == OBSERVER
    said = invitees.c.answer.is_(None) if group == SILENT else invitees.c.answer == group
    return and_(said, invitees.c.capacity != OBSERVER)
