"""A draft of a broadcast: written, shown with its audience, changed, given up."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import Connection, insert, select, update

from storage import audit, branches
from storage.audiences import Audience, count, covers, demand
from storage.broadcasts import contents
from storage.broadcasts.contents import ORIGINAL, Content
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import answers
from storage.meetings import reading as meetings
from storage.rules.access import Action, Actor
from storage.rules.announcements import Announcement
from storage.rules.links import is_link
from storage.tables import broadcasts as table
from storage.tables import meetings as meeting_table

YES_NO = "yes_no"
MAX_LINKS = 5


@dataclass(frozen=True)
class Preview:
    """A draft exactly as it will be sent, and to how many; ``urgent``: it may be an urgent one."""

    broadcast: Broadcast
    audience: Audience
    urgent: bool = False


@dataclass(frozen=True)
class Extras:
    """What goes with it: «Таныстым», a question, links (label and address), without a sound.

    ``office_hours``: it goes in working hours only; ``pins``: it is pinned in groups.
    ``meeting_id``: two buttons answer the invitation to that meeting; ``takes_replies``: recipients
    may write back.
    """

    confirms: bool = True
    asks: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    silent: bool = False
    office_hours: bool = False
    pins: bool = False
    meeting_id: int | None = None
    takes_replies: bool = True

    @classmethod
    def of(cls, found: Broadcast) -> Self:
        """Those of a broadcast as it is."""
        return cls(**{one.name: getattr(found, one.name) for one in fields(cls)})


def draft(
    tx: Connection, actor: Actor, branch_id: int | None, said: Content, now: datetime, today: date
) -> Preview:
    """Keep a draft of ``said`` to ``branch_id`` (None: the whole region).

    Raises NotAllowed outside the actor's branches, NotFound for a branch that is none.
    """
    demand(actor, () if branch_id is None else (branch_id,))
    if branch_id is not None:
        branches.get(tx, branch_id)
    broadcast_id = tx.execute(
        insert(table)
        .values(
            author_id=actor.person_id,
            branch_id=branch_id,
            text=said.words,
            state="draft",
            created_at=now,
        )
        .returning(table.c.id)
    ).scalar_one()
    contents.keep(tx, broadcast_id, ORIGINAL, said)
    record(tx, actor, now, "drafted", broadcast_id)
    return preview(tx, actor, broadcast_id, today)


def preview(tx: Connection, actor: Actor, broadcast_id: int, today: date) -> Preview:
    """Show a draft with the audience of this moment. Raises NotFound, NotAllowed."""
    found = get(tx, actor, broadcast_id)
    there = count(tx, found.whom, found.author_id, today)
    return Preview(found, there, may_be_urgent(actor, found))


def may_be_urgent(actor: Actor, found: Broadcast) -> bool:
    """Whether ``actor`` may send it as an urgent one: to all the branches it goes to."""
    return covers(actor, found.whom.branches, Action.SEND_URGENT)


def announce(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    about: Announcement,
    now: datetime,
    today: date,
) -> Preview:
    """Say what kind of announcement a draft is. Raises NotFound, NotAllowed, AlreadyChanged."""
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    if about is Announcement.URGENT and not may_be_urgent(actor, found):
        raise NotAllowed(Action.SEND_URGENT, found.branch_id)
    move(tx, broadcast_id, version, announcement=about)
    record(tx, actor, now, "announced_as", broadcast_id, announcement=about)
    return preview(tx, actor, broadcast_id, today)


def rewrite(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    said: Content | None,
    now: datetime,
    today: date,
    *,
    language: str = ORIGINAL,
) -> Preview:
    """Let a draft say something else; what was shown before can be confirmed no more.

    ``language`` kk or ru gives the readers of it a version of their own, the only one beside the
    original; None takes it away. Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("empty").
    """
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    if language == ORIGINAL:
        if said is None:
            raise NotPossible("empty")
        move(tx, broadcast_id, version, text=said.words)
    else:
        move(tx, broadcast_id, version)
        if found.other_language not in (None, language):
            contents.keep(tx, broadcast_id, str(found.other_language), None)
    contents.keep(tx, broadcast_id, language, said)
    record(tx, actor, now, "rewritten", broadcast_id, language=language)
    return preview(tx, actor, broadcast_id, today)


def adjust(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    extras: Extras,
    now: datetime,
    today: date,
) -> Preview:
    """Give a draft other buttons. Raises NotFound, NotAllowed, AlreadyChanged, NotPossible.

    NotPossible: "links" (too many, or one is none), "asks" (an unknown kind of question),
    "meeting" (answers to it are not taken any more). NotFound also for a meeting that is not the
    actor's to see.
    """
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    if extras.meeting_id is not None and extras.meeting_id != found.meeting_id:
        _demand_ahead(tx, actor, extras.meeting_id, now)
    if extras.asks not in (None, YES_NO):
        raise NotPossible("asks")
    if len(extras.links) > MAX_LINKS or not all(is_link(link) for _, link in extras.links):
        raise NotPossible("links")
    move(
        tx,
        broadcast_id,
        version,
        confirms=extras.confirms,
        asks=extras.asks,
        silent=extras.silent,
        office_hours=extras.office_hours,
        pins=extras.pins,
        meeting_id=extras.meeting_id,
        takes_replies=extras.takes_replies,
        links=[list(link) for link in extras.links],
    )
    record(tx, actor, now, "adjusted", broadcast_id, links=len(extras.links))
    return preview(tx, actor, broadcast_id, today)


def _demand_ahead(tx: Connection, actor: Actor, meeting_id: int, now: datetime) -> None:
    meeting = meetings.get(tx, actor, meeting_id, drafts=False)
    _check_ahead(meeting.state, meeting.starts_at, now)


def demand_ahead(tx: Connection, found: Broadcast, now: datetime) -> None:
    """Raise NotPossible("meeting") when the meeting it asks about takes no answers any more."""
    if found.meeting_id is None:
        return
    asked = select(meeting_table.c.state, meeting_table.c.starts_at)
    row = tx.execute(asked.where(meeting_table.c.id == found.meeting_id)).one()
    _check_ahead(row.state, row.starts_at, now)


def _check_ahead(state: str, starts_at: datetime | None, now: datetime) -> None:
    try:
        answers.check_open(state, starts_at, now)
    except NotPossible as no:
        raise NotPossible("meeting") from no


def cancel(tx: Connection, actor: Actor, broadcast_id: int, version: int, now: datetime) -> None:
    """Give a draft up. Raises NotFound, NotAllowed, AlreadyChanged."""
    own(get(tx, actor, broadcast_id), actor)
    move(tx, broadcast_id, version, state="cancelled")
    record(tx, actor, now, "cancelled", broadcast_id)


def own(found: Broadcast, actor: Actor) -> None:
    """Raise NotFound unless the broadcast is the actor's own."""
    if found.author_id != actor.person_id:
        raise NotFound("broadcast")


def move(tx: Connection, broadcast_id: int, version: int, **values: object) -> None:
    """Change a draft. Raises AlreadyChanged when it is no draft, or not this version, any more."""
    changed = tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.version == version, table.c.state == "draft")
        .values(version=table.c.version + 1, **values)
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise AlreadyChanged


def record(
    tx: Connection, actor: Actor, now: datetime, what: str, broadcast_id: int, **details: Any
) -> None:
    """Note in the trail ``what`` was done with a broadcast."""
    audit.record(tx, actor, now, f"broadcast.{what}", "broadcast", broadcast_id, **details)
