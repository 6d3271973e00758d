"""Changing the list of a meeting: who is added, in which capacity, and who is taken off."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from storage import audit, outbox
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.meetings import answers
from storage.meetings.convened import convened
from storage.meetings.invitees import CAPACITIES, Invitee, get
from storage.rules.access import Actor
from storage.rules.meeting_states import AHEAD, CALLED, DRAFT
from storage.tables import invitees, people, presence

MOST = 3000  # people of one meeting: a conference of the region
NAME_LIMIT, POST_LIMIT = 120, 200  # characters


def add(
    tx: Connection, actor: Actor, meeting_id: int, person_id: int, capacity: str, now: datetime
) -> int:
    """Put a registered person on the list; of an announced meeting they are told at once.

    Returns the id of the invitee. Raises NotFound, NotAllowed, NotPossible (see ``_growing``, and
    on_the_list for whoever stands there).
    """
    meeting = _growing(tx, actor, meeting_id)
    name = tx.execute(select(people.c.name).where(people.c.id == person_id)).scalar_one_or_none()
    if name is None:
        raise NotFound("person")
    listed_already = select(invitees.c.id).where(
        invitees.c.meeting_id == meeting_id, invitees.c.person_id == person_id
    )
    if tx.execute(listed_already).first() is not None:
        raise NotPossible("on_the_list")
    is_told = meeting["state"] in AHEAD
    invitee_id = _add(
        tx, meeting_id, capacity, name, person_id=person_id, told_at=now if is_told else None
    )
    if is_told:
        key = f"meeting_announced:{meeting_id}:{person_id}"
        params = {"meeting": meeting_id}
        outbox.put(
            tx,
            key,
            "meeting_announced",
            person_id,
            params,
            now,
            priority=outbox.Priority.NOTICE,
        )
    audit.record(tx, actor, now, "meetings.add_invitee", "invitee", invitee_id, capacity=capacity)
    return invitee_id


def add_named(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    name: str,
    post: str | None,
    capacity: str,
    now: datetime,
) -> int:
    """Put somebody on the list who is known by name (and position) only; return the invitee's id.

    Raises NotFound, NotAllowed, NotPossible (see ``_growing``), ValueError for too long a text.
    """
    if not name or len(name) > NAME_LIMIT or len(post or "") > POST_LIMIT:
        raise ValueError("the name or the position is too long, or there is none")
    _growing(tx, actor, meeting_id)
    invitee_id = _add(tx, meeting_id, capacity, name, post=post)
    audit.record(tx, actor, now, "meetings.add_invitee", "invitee", invitee_id, capacity=capacity)
    return invitee_id


def change(
    tx: Connection,
    actor: Actor,
    invitee_id: int,
    version: int,
    now: datetime,
    *,
    capacity: str | None = None,
    said: str | None = None,
) -> Invitee:
    """Write down another capacity, or what somebody answered by telephone (will, cannot).

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible (see ``_growing``; was_there for the
    capacity of whoever has voted in it), ValueError.
    """
    found = get(tx, actor, invitee_id)
    _growing(tx, actor, found.meeting_id)
    if capacity not in (None, *CAPACITIES) or said not in (None, answers.WILL, answers.CANNOT):
        raise ValueError("no such capacity or answer")
    if capacity is not None and found.here:
        raise NotPossible("was_there")
    _step(tx, found, version, capacity=capacity or found.capacity)
    if said is not None:
        answers.put(tx, invitee_id, said, now)
    details = {"capacity": capacity or "", "answer": said or ""}
    audit.record(tx, actor, now, "meetings.change_invitee", "invitee", invitee_id, **details)
    return get(tx, actor, invitee_id)


def remove(tx: Connection, actor: Actor, invitee_id: int, version: int, now: datetime) -> Invitee:
    """Take somebody off the list and return who it was.

    Raises as ``change``; NotPossible("was_there") for whoever was marked as present.
    """
    found = get(tx, actor, invitee_id)
    _growing(tx, actor, found.meeting_id)
    was_there = select(presence.c.id).where(presence.c.invitee_id == invitee_id).limit(1)
    if tx.execute(was_there).first() is not None:
        raise NotPossible("was_there")
    _step(tx, found, version)
    tx.execute(delete(invitees).where(invitees.c.id == invitee_id))
    audit.record(tx, actor, now, "meetings.remove_invitee", "meeting", found.meeting_id)
    return found


def _growing(tx: Connection, actor: Actor, meeting_id: int) -> RowMapping:
    """The meeting, locked, whose list may change still; else NotPossible("list_closed")."""
    meeting = convened(tx, actor, meeting_id, lock=True)
    if meeting["state"] not in (DRAFT, *CALLED):
        raise NotPossible("list_closed")
    return meeting


def _add(tx: Connection, meeting_id: int, capacity: str, name: str, **values: object) -> int:
    if capacity not in CAPACITIES:
        raise ValueError(f"no such capacity: {capacity}")
    many = select(func.count()).where(invitees.c.meeting_id == meeting_id)
    if int(tx.execute(many).scalar_one()) >= MOST:
        raise NotPossible("list_full")
    statement = insert(invitees).values(
        meeting_id=meeting_id, capacity=capacity, name=name, **values
    )
    return int(tx.execute(statement.returning(invitees.c.id)).scalar_one())


def _step(tx: Connection, found: Invitee, version: int, **values: object) -> None:
    changed = tx.execute(
        update(invitees)
        .where(invitees.c.id == found.id, invitees.c.version == version)
        .values(version=invitees.c.version + 1, **values)
    )
    if changed.rowcount != 1:
        raise AlreadyChanged
