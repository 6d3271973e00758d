"""What has gone out is worded anew: drafted, confirmed, and counted afterwards.

Any edit voids the approval: what needed a second person needs one again, and nothing more goes
until that person has said yes.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from storage import audit, outbox, people
from storage.audiences import Audience, covers
from storage.broadcasts import approving, boards, contents, spreading, steering
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.drafting import own, record
from storage.broadcasts.reading import Broadcast, find, get
from storage.errors import AlreadyChanged, NotFound, NotPossible
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


def draft(
    tx: Connection, actor: Actor, broadcast_id: int, language: str, words: str, now: datetime
) -> Preview:
    """Keep other ``words`` for the version of ``language`` of one's own broadcast.

    Raises NotFound, NotAllowed, NotPossible: "state" (it has not gone out, or was recalled),
    "language" (it has no such version), "same" (nothing changes), "awaiting" (another edit is
    looked at by a second person).
    """
    found = editable(tx, actor, broadcast_id)
    if language not in (ORIGINAL, found.other_language):
        raise NotPossible("language")
    before = found.versions[language].words
    if words == before:
        raise NotPossible("same")
    _drop_drafts(tx, broadcast_id)
    row = {"broadcast_id": broadcast_id, "language": language, "text": words, "replaced": before}
    edit_id = tx.execute(
        insert(table).values(**row, state="draft", created_at=now).returning(table.c.id)
    ).scalar_one()
    record(tx, actor, now, "edit_drafted", broadcast_id, language=language)
    return preview(tx, actor, edit_id)


def editable(tx: Connection, actor: Actor, broadcast_id: int) -> Broadcast:
    """One's own broadcast that may be worded anew now. Raises as ``draft``."""
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    if found.state not in GONE_OUT:
        raise NotPossible("state")
    if waiting_of(tx, broadcast_id) is not None:
        raise NotPossible("awaiting")
    return found


def waiting_of(tx: Connection, broadcast_id: int) -> int | None:
    """The edit of a broadcast that a second person looks at; None when there is none."""
    query = select(table.c.id).where(
        table.c.broadcast_id == broadcast_id, table.c.state == "awaiting"
    )
    return tx.execute(query).scalars().first()


def preview(tx: Connection, actor: Actor, edit_id: int) -> Preview:
    """One's own edit as it would read. Raises NotFound, NotAllowed."""
    edit = _edit(tx, edit_id)
    found = get(tx, actor, edit.broadcast_id)
    own(found, actor)
    return _preview(tx, edit, found)


def confirm(tx: Connection, actor: Actor, edit_id: int, now: datetime, today: date) -> Preview:
    """Edit every copy, those that arrived meanwhile as well, or ask a second person first.

    Raises NotFound, NotAllowed, AlreadyChanged when it was decided on, NotPossible("no_approver").
    """
    seen = preview(tx, actor, edit_id)
    edit, found = seen.edit, seen.broadcast
    if edit.state != "draft" or found.state not in GONE_OUT:
        raise AlreadyChanged
    if not seen.needs_approval:
        return _apply(tx, actor, seen, "draft", now)
    whom = approving.approvers(tx, found, today)
    if not whom:
        raise NotPossible("no_approver")
    _move(tx, edit_id, "draft", "awaiting")
    steering.hold_for_edit(tx, found.id, now)
    boards.touch(tx, found.id, now)
    record(tx, actor, now, "edit_approval_asked", found.id)
    messages = [
        outbox.Message(f"edit:{edit_id}:approval:{one}", ASKED, one, {"edit_id": edit_id})
        for one in whom
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
    return replace(seen, edit=replace(edit, state="awaiting"))


def awaiting(tx: Connection, actor: Actor, edit_id: int) -> Preview:
    """An edit for whoever may say yes to it. Raises NotFound."""
    edit = _edit(tx, edit_id)
    found = find(tx, edit.broadcast_id)
    if found is None or edit.state == "draft" or not approving.may_approve(actor, found):
        raise NotFound("broadcast")
    return _preview(tx, edit, found)


def approve(tx: Connection, actor: Actor, edit_id: int, now: datetime, today: date) -> Preview:
    """The second person says yes to these very words; what was held goes on.

    Raises NotFound, AlreadyChanged, NotPossible("author") when the author may not send any more.
    """
    seen = awaiting(tx, actor, edit_id)
    if seen.edit.state != "awaiting":
        raise audit.overtaken(tx, "broadcast", seen.edit.broadcast_id)
    found = seen.broadcast
    author = people.actor_of(tx, people.get(tx, found.author_id).telegram_id, today)
    if author is None or not covers(author, found.whom.branches):
        raise NotPossible("author")
    done = _apply(tx, actor, seen, "awaiting", now)
    steering.release_after_edit(tx, found.id, now)
    boards.touch(tx, found.id, now)
    _decided(tx, actor, seen, APPROVED, now)
    return done


def give_back(tx: Connection, actor: Actor, edit_id: int, now: datetime) -> None:
    """A second person says no: the former words stand. Raises NotFound, AlreadyChanged."""
    seen = awaiting(tx, actor, edit_id)
    _close(tx, seen.edit, "awaiting")
    record(tx, actor, now, "edit_returned", seen.edit.broadcast_id)
    _decided(tx, actor, seen, RETURNED, now)


def take_back(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> None:
    """The author gives up what a second person has not decided on yet.

    Raises NotFound, NotAllowed, AlreadyChanged.
    """
    own(get(tx, actor, broadcast_id), actor)
    edit_id = waiting_of(tx, broadcast_id)
    if edit_id is None:
        raise AlreadyChanged
    _close(tx, _edit(tx, edit_id), "awaiting")
    record(tx, actor, now, "edit_taken_back", broadcast_id)


def _apply(tx: Connection, actor: Actor, seen: Preview, before: str, now: datetime) -> Preview:
    edit = seen.edit
    _move(tx, edit.id, before, "applied", actor.person_id if before == "awaiting" else None)
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


def _preview(tx: Connection, edit: Edit, found: Broadcast) -> Preview:
    read = spreading.readers(found, edit.language)
    query = select(
        func.count().filter(spreading.delivered()),
        func.count().filter(deliveries.c.state == "waiting"),
        func.count().filter(spreading.unfindable()),
    ).where(deliveries.c.broadcast_id == found.id, read)
    can, coming, cannot = tx.execute(query).one()
    audience = Audience(found.recipients or 0, 0)
    needs = approving.needed(tx, found, audience)
    would_read = found.worded(edit.language, edit.text)
    return Preview(edit, would_read, can, coming, cannot, needs)


def _edit(tx: Connection, edit_id: int) -> Edit:
    columns = (table.c.id, table.c.broadcast_id, table.c.language, table.c.text, table.c.state)
    row = tx.execute(select(*columns).where(table.c.id == edit_id)).first()
    if row is None:
        raise NotFound("broadcast")
    return Edit(*row)


def _drop_drafts(tx: Connection, broadcast_id: int) -> None:
    tx.execute(
        update(table)
        .where(table.c.broadcast_id == broadcast_id, table.c.state == "draft")
        .values(state="dropped")
    )


def _close(tx: Connection, edit: Edit, before: str) -> None:
    """The former words stand: what was held for it stays paused, now by its author's leave."""
    _move(tx, edit.id, before, "dropped")
    steering.keep_paused(tx, edit.broadcast_id)


def _move(
    tx: Connection, edit_id: int, before: str, after: str, decided_by: int | None = None
) -> None:
    moved = tx.execute(
        update(table)
        .where(table.c.id == edit_id, table.c.state == before)
        .values(state=after, decided_by=decided_by)
        .returning(table.c.id)
    ).first()
    if moved is None:
        raise AlreadyChanged


def _decided(tx: Connection, actor: Actor, seen: Preview, kind: str, now: datetime) -> None:
    outbox.put(
        tx,
        f"edit:{seen.edit.id}:{kind}",
        kind,
        seen.broadcast.author_id,
        {"broadcast_id": seen.edit.broadcast_id, "by": actor.person_id},
        now,
        priority=outbox.Priority.NOTICE,
    )
