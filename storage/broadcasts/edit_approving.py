"""A second person looks at an edit of what has gone out, and says yes or no."""

from datetime import date, datetime

from sqlalchemy import Connection

from storage import audit, people
from storage.audiences import covers
from storage.broadcasts import approving, boards, steering
from storage.broadcasts.drafting import record
from storage.broadcasts.edits import (
    APPROVED,
    RETURNED,
    Preview,
    apply,
    close,
    decided,
    edit_of,
    seen_as,
)
from storage.broadcasts.reading import find
from storage.errors import NotFound, NotPossible
from storage.rules.access import Actor


def awaiting(tx: Connection, actor: Actor, edit_id: int) -> Preview:
    """An edit for whoever may say yes to it. Raises NotFound."""
    edit = edit_of(tx, edit_id)
    found = find(tx, edit.broadcast_id)
    if found is None or edit.state == "draft" or not approving.may_approve(actor, found):
        raise NotFound("broadcast")
    return seen_as(tx, edit, found)


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
    done = apply(tx, actor, seen, "awaiting", now)
    steering.release_after_edit(tx, found.id, now)
    boards.touch(tx, found.id, now)
    decided(tx, actor, seen, APPROVED, now)
    return done


def give_back(tx: Connection, actor: Actor, edit_id: int, now: datetime) -> None:
    """A second person says no: the former words stand. Raises NotFound, AlreadyChanged."""
    seen = awaiting(tx, actor, edit_id)
    close(tx, seen.edit, "awaiting")
    record(tx, actor, now, "edit_returned", seen.edit.broadcast_id)
    decided(tx, actor, seen, RETURNED, now)
