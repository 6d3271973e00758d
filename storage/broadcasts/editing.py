"""What has gone out is worded anew: drafted, confirmed, and counted afterwards.

Any edit voids the approval: what needed a second person needs one again, and nothing more goes
until that person has said yes.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, insert

from storage import outbox
from storage.broadcasts import approving, boards, steering
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.drafting import own, record
from storage.broadcasts.edits import (
    ASKED,
    GONE_OUT,
    Preview,
    apply,
    close,
    drop_drafts,
    edit_of,
    move,
    seen_as,
    waiting_of,
)
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Actor
from storage.tables import broadcast_edits as table


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
    drop_drafts(tx, broadcast_id)
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


def preview(tx: Connection, actor: Actor, edit_id: int) -> Preview:
    """One's own edit as it would read. Raises NotFound, NotAllowed."""
    edit = edit_of(tx, edit_id)
    found = get(tx, actor, edit.broadcast_id)
    own(found, actor)
    return seen_as(tx, edit, found)


def confirm(tx: Connection, actor: Actor, edit_id: int, now: datetime, today: date) -> Preview:
    """Edit every copy, those that arrived meanwhile as well, or ask a second person first.

    Raises NotFound, NotAllowed, AlreadyChanged when it was decided on, NotPossible("no_approver").
    """
    seen = preview(tx, actor, edit_id)
    edit, found = seen.edit, seen.broadcast
    if edit.state != "draft" or found.state not in GONE_OUT:
        raise AlreadyChanged
    if not seen.needs_approval:
        return apply(tx, actor, seen, "draft", now)
    whom = approving.approvers(tx, found, today)
    if not whom:
        raise NotPossible("no_approver")
    move(tx, edit_id, "draft", "awaiting")
    steering.hold_for_edit(tx, found.id, now)
    boards.touch(tx, found.id, now)
    record(tx, actor, now, "edit_approval_asked", found.id)
    messages = [
        outbox.Message(f"edit:{edit_id}:approval:{one}", ASKED, one, {"edit_id": edit_id})
        for one in whom
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
    return replace(seen, edit=replace(edit, state="awaiting"))


def take_back(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> None:
    """The author gives up what a second person has not decided on yet.

    Raises NotFound, NotAllowed, AlreadyChanged.
    """
    own(get(tx, actor, broadcast_id), actor)
    edit_id = waiting_of(tx, broadcast_id)
    if edit_id is None:
        raise AlreadyChanged
    close(tx, edit_of(tx, edit_id), "awaiting")
    record(tx, actor, now, "edit_taken_back", broadcast_id)
