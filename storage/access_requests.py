"""Guests who ask to be let in; the branch's secretary decides."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from storage import audit, outbox, people
from storage.errors import AlreadyChanged, NotAllowed, NotFound
from storage.outbox import Priority
from storage.renaming import rename
from storage.rules.access import Action, Actor, Role, may
from storage.tables import access_requests, branches
from storage.tables import people as people_table

WAITING, APPROVED, REFUSED = "waiting", "approved", "refused"


@dataclass(frozen=True)
class AccessRequest:
    """Somebody who wants to be let in as a member of a branch."""

    id: int
    person_id: int
    name: str
    branch_id: int
    branch_kk: str
    branch_ru: str
    state: str
    version: int
    decided_by: str | None
    decided_at: datetime | None


def ask(
    tx: Connection, actor: Actor, name: str, branch_id: int, now: datetime, today: date
) -> AccessRequest:
    """Ask for access; the branch's secretaries are told. A second asking renews the first.

    Raises NotFound for an unknown branch.
    """
    if tx.execute(select(branches.c.id).where(branches.c.id == branch_id)).first() is None:
        raise NotFound("branch")
    renewed = tx.execute(
        update(access_requests)
        .where(access_requests.c.person_id == actor.person_id, access_requests.c.state == WAITING)
        .values(name=name, branch_id=branch_id, version=access_requests.c.version + 1)
        .returning(access_requests.c.id)
    ).scalar_one_or_none()
    request_id = renewed or _insert(tx, actor, name, branch_id, now)
    request = get(tx, request_id)
    for secretary in people.secretaries(tx, branch_id, today):
        outbox.put(
            tx,
            f"access:{request_id}:{request.version}:{secretary.id}",
            "access_asked",
            secretary.id,
            {"request_id": request_id},
            now,
            priority=Priority.NOTICE,
        )
    audit.record(tx, actor, now, "ask_access", "access_request", request_id, branch_id=branch_id)
    return request


def decide(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    now: datetime,
    today: date,
    *,
    approve: bool,
) -> AccessRequest:
    """Let the guest in as a member, or refuse; the guest is told.

    Raises NotFound, NotAllowed outside the actor's branches, AlreadyChanged when it was decided.
    """
    request = get(tx, request_id)
    if not may(actor, Action.INVITE, request.branch_id):
        raise NotAllowed(Action.INVITE, request.branch_id)
    changed = tx.execute(
        update(access_requests)
        .where(
            access_requests.c.id == request_id,
            access_requests.c.version == version,
            access_requests.c.state == WAITING,
        )
        .values(
            state=APPROVED if approve else REFUSED,
            decided_by=actor.person_id,
            decided_at=now,
            version=version + 1,
        )
    )
    if changed.rowcount != 1:
        raise AlreadyChanged(request.decided_by, request.decided_at)
    if approve:
        rename(tx, request.person_id, request.name)
        people.join(tx, request.person_id, Role.MEMBER, request.branch_id, today)
        key = f"commands:access:{request_id}"
        outbox.put(tx, key, "commands", request.person_id, {}, now)
    key = f"access_decided:{request_id}"
    outbox.put(
        tx,
        key,
        "access_decided",
        request.person_id,
        {"request_id": request_id},
        now,
        priority=Priority.NOTICE,
    )
    action = "approve_access" if approve else "refuse_access"
    audit.record(tx, actor, now, action, "access_request", request_id)
    return get(tx, request_id)


def waiting_of(tx: Connection, actor: Actor) -> AccessRequest | None:
    """The request of ``actor`` that waits for an answer; None when there is none."""
    own = (access_requests.c.person_id == actor.person_id, access_requests.c.state == WAITING)
    row = tx.execute(_whole().where(*own).limit(1)).first()
    return None if row is None else _request(row)


def get(tx: Connection, request_id: int) -> AccessRequest:
    """One request for access. Raises NotFound."""
    row = tx.execute(_whole().where(access_requests.c.id == request_id)).first()
    if row is None:
        raise NotFound("access_request")
    return _request(row)


def _whole() -> Select[Any]:
    return (
        select(
            access_requests,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            people_table.c.name.label("decider"),
        )
        .join(branches, branches.c.id == access_requests.c.branch_id)
        .outerjoin(people_table, people_table.c.id == access_requests.c.decided_by)
    )


def _insert(tx: Connection, actor: Actor, name: str, branch_id: int, now: datetime) -> int:
    row = {"person_id": actor.person_id, "name": name, "branch_id": branch_id, "created_at": now}
    statement = insert(access_requests).values(state=WAITING, **row)
    return int(tx.execute(statement.returning(access_requests.c.id)).scalar_one())


def _request(row: Row) -> AccessRequest:  # type: ignore[type-arg]
    return AccessRequest(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        branch_id=row.branch_id,
        branch_kk=row.branch_kk,
        branch_ru=row.branch_ru,
        state=row.state,
        version=row.version,
        decided_by=row.decider,
        decided_at=row.decided_at,
    )
