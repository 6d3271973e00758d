"""A second person's yes: above a number of recipients, or across branches.

It is given to the very content and audience: any change makes it a draft of another version.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, and_, or_, select, update

from storage import audit, contents, outbox, people
from storage.audiences import Audience, count, covers
from storage.broadcasts import boards
from storage.broadcasts.drafting import Preview, demand_ahead, move, own, record
from storage.broadcasts.reading import Broadcast, find, get
from storage.broadcasts.starting import start
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.people import lasting
from storage.rules.access import MATRIX, Action, Actor, Role, scope
from storage.tables import broadcasts as table
from storage.tables import memberships

ASKED, APPROVED, RETURNED = "broadcast_approval", "broadcast_approved", "broadcast_returned"
USUAL_LIMIT = 200  # recipients that need no second person
GREATEST_LIMIT = 1_000_000
LIMIT = "broadcast_limit"  # the key of the setting
ANY = "*"  # a number has no language


def limit(tx: Connection) -> int:
    """Above how many recipients a second person is asked."""
    kept = contents.newest(tx, [LIMIT], ANY).get(LIMIT)
    return int(kept.text) if kept else USUAL_LIMIT


def set_limit(tx: Connection, actor: Actor, number: int, now: datetime) -> None:
    """Set above how many recipients a second person is asked.

    Raises NotAllowed for whoever has not the whole region, NotPossible("number"), AlreadyChanged.
    """
    if scope(actor, Action.BROADCAST) is not None:
        raise NotAllowed(Action.BROADCAST)
    if not 0 <= number <= GREATEST_LIMIT:
        raise NotPossible("number")
    kept = contents.newest(tx, [LIMIT], ANY).get(LIMIT)
    version = kept.version if kept else 0
    contents.put(tx, LIMIT, ANY, version, str(number), actor.person_id, now)
    audit.record(tx, actor, now, "broadcast.limit_set", number=number)


def needed(tx: Connection, found: Broadcast, there: Audience) -> bool:
    """Whether a second person has to approve it."""
    return len(found.whom.branches) != 1 or there.total > limit(tx)


def ask(
    tx: Connection, actor: Actor, found: Broadcast, there: Audience, now: datetime, today: date
) -> Broadcast:
    """Let the draft wait for a second person, and ask those who may be it.

    Raises NotPossible("no_approver") when there is none, AlreadyChanged.
    """
    whom = approvers(tx, found, today)
    if not whom:
        raise NotPossible("no_approver")
    move(tx, found.id, found.version, state="awaiting", recipients=there.copies)
    record(tx, actor, now, "approval_asked", found.id, recipients=there.copies)
    messages = [
        outbox.Message(
            f"broadcast:{found.id}:approval:{found.version}:{person_id}",
            ASKED,
            person_id,
            {"broadcast_id": found.id},
        )
        for person_id in whom
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
    waiting = replace(found, state="awaiting", recipients=there.copies)
    return replace(waiting, version=found.version + 1)


def awaiting(tx: Connection, actor: Actor, broadcast_id: int, today: date) -> Preview:
    """What waits for a second person, for whoever may be it. Raises NotFound."""
    found = find(tx, broadcast_id)
    closed = ("draft", "cancelled", "template")
    if found is None or not may_approve(actor, found) or found.state in closed:
        raise NotFound("broadcast")
    return Preview(found, count(tx, found.whom, found.author_id, today))


def approve(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    version: int,
    shown_recipients: int,
    now: datetime,
    today: date,
) -> Broadcast:
    """Let the ``version`` that was shown go to the ``shown_recipients``, people and groups.

    When their number is another by now nothing is sent: show it anew. Raises NotFound for whoever
    may not approve it, AlreadyChanged when it was changed or decided on, NotPossible("author")
    when its author may not send it any more, ("nobody"), ("meeting") when the one it asks about
    takes no answers any more.
    """
    shown = awaiting(tx, actor, broadcast_id, today)
    found, there = shown.broadcast, shown.audience
    if (found.version, found.state) != (version, "awaiting"):
        raise audit.overtaken(tx, "broadcast", broadcast_id)
    author = people.actor_of(tx, people.get(tx, found.author_id).telegram_id, today)
    if author is None or not covers(author, found.whom.branches):
        raise NotPossible("author")
    if there.copies != shown_recipients:
        return found
    if there.copies == 0:
        raise NotPossible("nobody")
    demand_ahead(tx, found, now)
    record(tx, actor, now, "approved", broadcast_id, recipients=there.copies)
    started = start(tx, found, there, now, today)
    if started.state == "running":
        boards.announce(tx, broadcast_id, now)
    tx.execute(update(table).where(table.c.id == broadcast_id).values(approved_by=actor.person_id))
    _tell(tx, found, APPROVED, actor, now)
    return started


def give_back(
    tx: Connection, actor: Actor, broadcast_id: int, version: int, now: datetime, today: date
) -> None:
    """A second person says no: it is a draft again. Raises NotFound, AlreadyChanged."""
    found = awaiting(tx, actor, broadcast_id, today).broadcast
    if (found.version, found.state) != (version, "awaiting"):
        raise audit.overtaken(tx, "broadcast", broadcast_id)
    _to_draft(tx, broadcast_id, version)
    record(tx, actor, now, "returned", broadcast_id)
    _tell(tx, found, RETURNED, actor, now)


def take_back(tx: Connection, actor: Actor, broadcast_id: int, version: int, now: datetime) -> None:
    """The author makes what waits, for a second person or its moment, a draft again.

    Raises NotFound, NotAllowed, AlreadyChanged.
    """
    own(get(tx, actor, broadcast_id), actor)
    _to_draft(tx, broadcast_id, version)
    record(tx, actor, now, "taken_back", broadcast_id)


def _to_draft(tx: Connection, broadcast_id: int, version: int) -> None:
    changed = tx.execute(
        update(table)
        .where(
            table.c.id == broadcast_id,
            table.c.version == version,
            table.c.state.in_(("awaiting", "scheduled")),
        )
        .values(state="draft", recipients=None, approved_by=None, version=table.c.version + 1)
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise audit.overtaken(tx, "broadcast", broadcast_id)


def _tell(tx: Connection, found: Broadcast, kind: str, actor: Actor, now: datetime) -> None:
    outbox.put(
        tx,
        f"broadcast:{found.id}:{kind}:{found.version}",
        kind,
        found.author_id,
        {"broadcast_id": found.id, "by": actor.person_id},
        now,
        priority=outbox.Priority.NOTICE,
    )


def may_approve(actor: Actor, found: Broadcast) -> bool:
    """Whether ``actor`` may be the second person."""
    if actor.person_id == found.author_id:
        return False
    of_bureau = any(
        one.role is Role.BUREAU_MEMBER and one.branch_id is None for one in actor.memberships
    )
    return of_bureau or covers(actor, found.whom.branches)


def approvers(tx: Connection, found: Broadcast, today: date) -> list[int]:
    """Whoever may approve it: of the whole region, or secretaries of the only branch."""
    region = and_(
        memberships.c.branch_id.is_(None),
        memberships.c.role.in_(MATRIX[Action.APPROVE_BROADCASTS]),
    )
    here = and_(
        memberships.c.branch_id == found.whom.branch_id,
        memberships.c.role.in_(MATRIX[Action.BROADCAST]),
    )
    whom = or_(region, here) if found.whom.branch_id is not None else region
    query = (
        select(memberships.c.person_id)
        .where(lasting(today), whom, memberships.c.person_id != found.author_id)
        .distinct()
        .order_by(memberships.c.person_id)
    )
    return list(tx.execute(query).scalars())
