"""Announcing a meeting: who may, of which body, and whom it is told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, update

from storage import audit, branches, outbox
from storage.branches import Branch
from storage.errors import NotAllowed, NotPossible
from storage.new_meetings import NewItem, NewMeeting, add
from storage.people import lasting
from storage.rules.access import Action, Actor, Role, may, scope
from storage.tables import meeting_announcements, meetings, memberships, people
from storage.upsert import insert_new

BUREAU = "bureau"
BODIES_OF_BRANCH = ("political_council", "primary", "assembly")
# The Bureau's sittings are for its members and for the secretaries who prepare and carry them out.
CALLED_TO_BUREAU = (Role.BUREAU_MEMBER, Role.REGIONAL_SECRETARY, Role.BRANCH_SECRETARY)
REGION = "region"

PLACE_LIMIT = 200  # characters
ITEMS_LIMIT = 20  # items of an agenda
ITEM_LIMIT = 250  # characters of one item
AGENDA_LIMIT = 2000  # characters of all items: the preview is one message

KIND = "meeting_announced"  # of the outbox


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


@dataclass(frozen=True)
class Announcement:
    """A meeting to announce; ``draft`` is the token of the draft it was made of."""

    draft: str
    branch_id: int
    body: str
    title_kk: str
    title_ru: str
    starts_at: datetime  # aware
    place: str | None = None
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True)
class Announced:
    """What became of a draft; ``again`` says that it had been announced before."""

    meeting_id: int
    title_kk: str
    title_ru: str
    starts_at: datetime
    recipients: int
    again: bool = False


def choices(tx: Connection, actor: Actor) -> list[Choice]:
    """The bodies whose meetings ``actor`` may announce.

    Whoever works for the whole region calls the Bureau; a branch's secretary calls the bodies of
    that branch. Raises NotAllowed when there is nothing to choose.
    """
    reach = scope(actor, Action.PREPARE_MEETINGS)
    own = {m.branch_id for m in actor.memberships if m.role == Role.BRANCH_SECRETARY}
    found = [
        Choice(branch, body)
        for branch in branches.every(tx)
        for body in ((BUREAU,) if branch.kind == REGION else BODIES_OF_BRANCH)
        if (reach is None if branch.kind == REGION else branch.id in own)
    ]
    if not found:
        raise NotAllowed(Action.PREPARE_MEETINGS)
    return found


def called(tx: Connection, actor: Actor, branch_id: int, body: str, today: date) -> Called:
    """Count whom a meeting would be told to today. Raises NotAllowed, NotFound, NotPossible."""
    _demand(tx, actor, branch_id, body)
    rows = tx.execute(_members(branch_id, body, today, people.c.id, people.c.reachable)).all()
    return Called(len(rows), sum(row.reachable for row in rows))


def others_of_day(
    tx: Connection, branch_id: int, body: str, begins: datetime, ends: datetime
) -> list[datetime]:
    """When other announced meetings of the same body start, from ``begins`` until ``ends``."""
    query = select(meetings.c.starts_at).where(
        meetings.c.branch_id == branch_id,
        meetings.c.body == body,
        meetings.c.state == "announced",
        meetings.c.starts_at >= begins,
        meetings.c.starts_at < ends,
    )
    return list(tx.execute(query.order_by(meetings.c.starts_at)).scalars())


def announce(
    tx: Connection,
    actor: Actor,
    announcement: Announcement,
    expected: int,
    now: datetime,
    today: date,
) -> Announced:
    """Keep the meeting as announced and tell everybody who is called, each in their language.

    ``expected`` is the number of people the actor confirmed. The same draft is announced once for
    ever: the second time gives the first one's result. Raises NotAllowed, NotFound, and
    NotPossible (in_the_past, too_long, wrong_body, others_called).
    """
    _demand(tx, actor, announcement.branch_id, announcement.body)
    _check(announcement, now)
    who = list(
        tx.execute(
            _members(announcement.branch_id, announcement.body, today, people.c.id)
        ).scalars()
    )
    claim = {
        "draft": _key(actor, announcement.draft),
        "person_id": actor.person_id,
        "recipients": len(who),
        "at": now,
    }
    # Of two at once the second waits here for the first and then finds its meeting.
    insert_new(tx, meeting_announcements, [claim])
    before = announced(tx, actor, announcement.draft)
    if before is not None:
        return before
    if len(who) != expected:
        raise NotPossible("others_called")
    meeting_id = _keep(tx, actor, announcement)
    messages = [
        outbox.Message(f"{KIND}:{meeting_id}:{person_id}", KIND, person_id, {"meeting": meeting_id})
        for person_id in who
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
    audit.record(
        tx,
        actor,
        now,
        "announce_meeting",
        "meeting",
        meeting_id,
        body=announcement.body,
        branch=announcement.branch_id,
        recipients=len(who),
    )
    return Announced(
        meeting_id,
        announcement.title_kk,
        announcement.title_ru,
        announcement.starts_at,
        len(who),
    )


def announced(tx: Connection, actor: Actor, draft: str) -> Announced | None:
    """What ``actor`` announced from ``draft``; None when nothing was."""
    row = tx.execute(
        select(
            meetings.c.id,
            meetings.c.title_kk,
            meetings.c.title_ru,
            meetings.c.starts_at,
            meeting_announcements.c.recipients,
        )
        .join(meetings, meetings.c.id == meeting_announcements.c.meeting_id)
        .where(meeting_announcements.c.draft == _key(actor, draft))
    ).first()
    return None if row is None else Announced(*row, again=True)


def _key(actor: Actor, draft: str) -> str:
    """Nobody's token can be another one's."""
    return f"{actor.person_id}:{draft}"


def _keep(tx: Connection, actor: Actor, announcement: Announcement) -> int:
    meeting_id = add(
        tx,
        NewMeeting(
            branch_id=announcement.branch_id,
            body=announcement.body,
            title_kk=announcement.title_kk,
            title_ru=announcement.title_ru,
            starts_at=announcement.starts_at,
            place_kk=announcement.place,
            place_ru=announcement.place,
            items=tuple(NewItem(title_kk=item, title_ru=item) for item in announcement.agenda),
        ),
    )
    tx.execute(
        update(meeting_announcements)
        .where(meeting_announcements.c.draft == _key(actor, announcement.draft))
        .values(meeting_id=meeting_id)
    )
    return meeting_id


def _demand(tx: Connection, actor: Actor, branch_id: int, body: str) -> None:
    if not may(actor, Action.PREPARE_MEETINGS, branch_id):
        raise NotAllowed(Action.PREPARE_MEETINGS, branch_id)
    if body == BUREAU and scope(actor, Action.PREPARE_MEETINGS) is not None:
        raise NotAllowed(Action.PREPARE_MEETINGS, branch_id)
    of_region = branches.get(tx, branch_id).kind == REGION
    if body not in ((BUREAU,) if of_region else BODIES_OF_BRANCH):
        raise NotPossible("wrong_body")


def _check(announcement: Announcement, now: datetime) -> None:
    if announcement.starts_at <= now:
        raise NotPossible("in_the_past")
    items = announcement.agenda
    too_long = (
        len(announcement.place or "") > PLACE_LIMIT
        or len(items) > ITEMS_LIMIT
        or any(len(item) > ITEM_LIMIT for item in items)
        or sum(map(len, items)) > AGENDA_LIMIT
    )
    if too_long:
        raise NotPossible("too_long")


def _members(branch_id: int, body: str, today: date, *columns: ColumnElement[Any]) -> Select[Any]:
    """The query for ``columns`` of everybody who is called, each person once."""
    to_bureau = memberships.c.role.in_(CALLED_TO_BUREAU)
    here = to_bureau if body == BUREAU else memberships.c.branch_id == branch_id
    holders = select(memberships.c.person_id).where(lasting(today), here)
    return select(*columns).where(people.c.id.in_(holders)).order_by(people.c.id)
