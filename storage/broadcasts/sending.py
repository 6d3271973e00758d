"""A broadcast is confirmed, bound to what was shown; a large one goes to a second person first."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from storage.audiences import count
from storage.broadcasts import approving, boards
from storage.broadcasts.drafting import demand_ahead, may_be_urgent, own, record
from storage.broadcasts.reading import Broadcast, get
from storage.broadcasts.starting import start
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.rules.access import Action, Actor
from storage.rules.announcements import Announcement


def confirm(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    shown_recipients: int,
    now: datetime,
    today: date,
    *,
    board: int | None = None,
) -> Broadcast:
    """Send the draft that was shown as ``version`` to the ``shown_recipients``, people and groups.

    Who they are is decided now. When their number is another than the one shown, nothing is sent
    and the draft is returned as it is: show it anew. What a second person has to approve is
    returned as awaiting that. ``board`` is the author's message that keeps up with it. Raises
    AlreadyChanged when it was changed or is on its way already, NotPossible: "past" when its
    moment is over, "nobody" for an empty audience, "no_approver" when there is no second person,
    "meeting" when the one it asks about takes no answers any more;
    NotAllowed when the actor's role does not reach those branches (any more), NotFound.
    """
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    if (found.version, found.state) != (version, "draft"):
        raise AlreadyChanged(at=found.confirmed_at)
    there = count(tx, found.whom, found.author_id, today)
    if there.copies != shown_recipients:
        return found
    if there.copies == 0:
        raise NotPossible("nobody")
    if found.announcement == Announcement.URGENT and not may_be_urgent(actor, found):
        raise NotAllowed(Action.SEND_URGENT, found.branch_id)
    if found.send_at is not None and found.send_at <= now:
        raise NotPossible("past")
    demand_ahead(tx, found, now)
    if approving.needed(tx, found, there):
        return approving.ask(tx, actor, found, there, now, today)
    record(tx, actor, now, "confirmed", broadcast_id, recipients=there.copies)
    started = start(tx, found, there, now, today)
    if board is not None and started.state == "running":
        boards.pin(tx, broadcast_id, board, now)
        started = replace(started, board_message_id=board)
    return started
