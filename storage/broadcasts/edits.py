"""An edit of what has gone out: read, moved from state to state, put in place of former words."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage import outbox
from storage.audiences import Audience
from storage.broadcasts import approving, contents, spreading, steering
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.drafting import record
from storage.broadcasts.reading import Broadcast
from storage.errors import AlreadyChanged, NotFound
from storage.rules.access import Actor
from storage.tables import broadcast_edits as table
from storage.tables import broadcasts, deliveries

ASKED, APPROVED = "broadcast_edit_approval", "broadcast_edit_approved"
RETURNED = "broadcast_edit_returned"
GONE_OUT = ("running", "paused", "finished", "stopped")


@dataclass(frozen=True)
class Edit:
    """Other words (safe HTML) for the version of ``language``."""

    id: int
    broadcast_id: int
    language: str
    text: str
    state: str  # draft, awaiting, applied, dropped


@dataclass(frozen=True)
class Preview:
    """An edit with the broadcast as it would read, and how far it reaches.

    ``can``: copies that are edited; ``coming``: get the new words when they go; ``cannot``: no
    message of them can be found.
    """

    edit: Edit
    broadcast: Broadcast
    can: int
    coming: int
    cannot: int
    needs_approval: bool


def waiting_of(tx: Connection, broadcast_id: int) -> int | None:
    """The edit of a broadcast that a second person looks at; None when there is none."""
    query = select(table.c.id).where(
        table.c.broadcast_id == broadcast_id, table.c.state == "awaiting"
    )
    return tx.execute(query).scalars().first()


def edit_of(tx: Connection, edit_id: int) -> Edit:
    """One edit. Raises NotFound."""
    columns = (table.c.id, table.c.broadcast_id, table.c.language, table.c.text, table.c.state)
    row = tx.execute(select(*columns).where(table.c.id == edit_id)).first()
    if row is None:
        raise NotFound("broadcast")
    return Edit(*row)


def seen_as(tx: Connection, edit: Edit, found: Broadcast) -> Preview:
    """An edit as it would read, and how far it reaches."""
    read = spreading.readers(found, edit.language)
    query = select(
        func.count().filter(spreading.delivered()),
        func.count().filter(deliveries.c.state == "waiting"),
        func.count().filter(spreading.unfindable()),
    ).where(deliveries.c.broadcast_id == found.id, read)
    can, coming, cannot = tx.execute(query).one()
    # Groups are confirmed with the people, and count for nothing where a second person is asked.
    people = select(func.count()).where(
        deliveries.c.broadcast_id == found.id, deliveries.c.person_id.is_not(None)
    )
    audience = Audience(tx.execute(people).scalar_one(), 0)
    needs = approving.needed(tx, found, audience)
    would_read = found.worded(edit.language, edit.text)
    return Preview(edit, would_read, can, coming, cannot, needs)


def apply(tx: Connection, actor: Actor, seen: Preview, before: str, now: datetime) -> Preview:
    """Put the words of an edit in the place of the former ones, in every copy."""
    edit = seen.edit
    move(tx, edit.id, before, "applied", actor.person_id if before == "awaiting" else None)
    text = {"text": edit.text} if edit.language == ORIGINAL else {}
    edition = tx.execute(
        update(broadcasts)
        .where(broadcasts.c.id == edit.broadcast_id, broadcasts.c.state.in_(GONE_OUT))
        .values(edition=broadcasts.c.edition + 1, version=broadcasts.c.version + 1, **text)
        .returning(broadcasts.c.edition)
    ).scalar_one_or_none()
    if edition is None:
        raise AlreadyChanged
    if edit.language != ORIGINAL:
        version = seen.broadcast.versions[edit.language]
        contents.keep(tx, edit.broadcast_id, edit.language, version)
    reached = spreading.spread(tx, seen.broadcast, edit.language, edition, now)
    record(tx, actor, now, "edited", edit.broadcast_id, edition=edition, people=reached)
    return replace(seen, edit=replace(edit, state="applied"), can=reached)


def drop_drafts(tx: Connection, broadcast_id: int) -> None:
    """Give up whatever was drafted for a broadcast before."""
    tx.execute(
        update(table)
        .where(table.c.broadcast_id == broadcast_id, table.c.state == "draft")
        .values(state="dropped")
    )


def close(tx: Connection, edit: Edit, before: str) -> None:
    """The former words stand: what was held for it stays paused, now by its author's leave."""
    move(tx, edit.id, before, "dropped")
    steering.keep_paused(tx, edit.broadcast_id)


def move(
    tx: Connection, edit_id: int, before: str, after: str, decided_by: int | None = None
) -> None:
    """Let an edit go from one state to another. Raises AlreadyChanged."""
    moved = tx.execute(
        update(table)
        .where(table.c.id == edit_id, table.c.state == before)
        .values(state=after, decided_by=decided_by)
        .returning(table.c.id)
    ).first()
    if moved is None:
        raise AlreadyChanged


def decided(tx: Connection, actor: Actor, seen: Preview, kind: str, now: datetime) -> None:
    """Tell the author what a second person said."""
    outbox.put(
        tx,
        f"edit:{seen.edit.id}:{kind}",
        kind,
        seen.broadcast.author_id,
        {"broadcast_id": seen.edit.broadcast_id, "by": actor.person_id},
        now,
        priority=outbox.Priority.NOTICE,
    )
