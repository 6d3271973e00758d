"""The tasks themselves: begun, listed with their days, closed with a proof, reminded of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, insert, select, true, update

from storage import audit, outbox, people
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.privacy import index
from storage.privacy.rows import DATA_TASK
from storage.requests.reading import get as get_request
from storage.rules import iin, phones
from storage.rules.access import Action, Actor, may, scope
from storage.tables import branches, data_tasks, voter_requests

SUBJECT = "data_task"
DUE = timedelta(days=15)  # calendar days: domain.md 1.3, deletion on request
RUNGS = (5, 1, 0)  # days before the due day; afterwards each day
TOLD = "data_task_due"  # in the outbox
MOST = 50  # open ones that are listed


class Kind(StrEnum):
    """What was asked for."""

    EXPORT = "export"
    ERASE = "erase"


@dataclass(frozen=True)
class DataTask:
    """What somebody asked to be done with the own data; never who, in clear."""

    id: int
    kind: Kind
    subject: str | None  # phone (E.164) or IIN; None: known by the request only, or done
    branch_id: int | None
    branch_kk: str | None
    branch_ru: str | None
    request_id: int | None
    request_number: str | None
    asked_at: datetime
    due_on: date
    done_at: datetime | None
    proof: Mapping[str, int]
    version: int


def begin_for(
    tx: Connection, actor: Actor, kind: Kind, given: str, now: datetime, zone: ZoneInfo
) -> DataTask:
    """A task for whoever has the phone or IIN ``given``, in each branch of ``actor``; the first.

    Begun twice, it is the same. Raises NotAllowed, NotPossible("no_number").
    """
    reach = _reach(actor)
    number = phones.normalise(given)
    digits = "".join(given.split())
    if number is None and not iin.valid(digits):
        raise NotPossible("no_number")
    what = "phone" if number else "iin"
    known = number or digits
    subject_hash = index.hashed(what, known)
    branch_ids: list[int | None] = [None] if reach is None else [*sorted(reach)]
    begun = [
        _begin(tx, actor, kind, known, subject_hash, branch_id, None, now, zone)
        for branch_id in branch_ids
    ]
    return begun[0]


def begin_of(
    tx: Connection, actor: Actor, kind: Kind, request_id: int, now: datetime, zone: ZoneInfo
) -> DataTask:
    """A task for the voter of a request, wherever ``actor`` may look. Raises NotFound, NotAllowed.

    Begun twice, it is the same.
    """
    request = get_request(tx, actor, request_id)
    if not may(actor, Action.ANSWER_FOR_DATA, request.branch_id):
        raise NotAllowed(Action.ANSWER_FOR_DATA, request.branch_id)
    branch_id = None if _reach(actor) is None else request.branch_id
    known = index.hashed("request", request.number)
    return _begin(tx, actor, kind, None, known, branch_id, request_id, now, zone)


def _begin(
    tx: Connection,
    actor: Actor,
    kind: Kind,
    subject: str | None,
    subject_hash: str,
    branch_id: int | None,
    request_id: int | None,
    now: datetime,
    zone: ZoneInfo,
) -> DataTask:
    known = tx.execute(
        select(data_tasks.c.id).where(
            data_tasks.c.kind == kind,
            data_tasks.c.subject_hash == subject_hash,
            data_tasks.c.branch_id.is_not_distinct_from(branch_id),
            data_tasks.c.done_at.is_(None),
        )
    ).scalar()
    if known is not None:
        return get(tx, actor, known)
    row = {
        "kind": kind.value,
        "subject": subject,
        "subject_hash": subject_hash,
        "branch_id": branch_id,
        "request_id": request_id,
        "asked_by": actor.person_id,
        "asked_at": now,
        "due_on": now.astimezone(zone).date() + DUE,
    }
    adding = insert(data_tasks).values(DATA_TASK.seal(row)).returning(data_tasks.c.id)
    task_id = int(tx.execute(adding).scalar_one())
    audit.record(tx, actor, now, "begin_data_task", SUBJECT, task_id, kind=kind.value)
    return get(tx, actor, task_id)


def get(tx: Connection, actor: Actor, task_id: int) -> DataTask:
    """One task. Raises NotFound, also for one of another branch, and NotAllowed."""
    query = _query().where(data_tasks.c.id == task_id, _visible(actor))
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return _task(row)


def open_ones(tx: Connection, actor: Actor) -> list[DataTask]:
    """What is to be done, the most urgent first. Raises NotAllowed."""
    query = (
        _query()
        .where(_visible(actor), data_tasks.c.done_at.is_(None))
        .order_by(data_tasks.c.due_on, data_tasks.c.id)
        .limit(MOST)
    )
    return [_task(row) for row in tx.execute(query).mappings()]


def drop(tx: Connection, actor: Actor, task_id: int, version: int, now: datetime) -> DataTask:
    """Nobody asked for it after all; that it was begun stays. Raises NotFound, AlreadyChanged."""
    return close(tx, actor, get(tx, actor, task_id), version, {"dropped": 1}, now)


def close(
    tx: Connection,
    actor: Actor,
    task: DataTask,
    version: int,
    proof: Mapping[str, int],
    now: datetime,
) -> DataTask:
    """It is done; of whom it was is known by the hash only. Raises AlreadyChanged."""
    same = (
        data_tasks.c.id == task.id,
        data_tasks.c.version == version,
        data_tasks.c.done_at.is_(None),
    )
    values = {"done_at": now, "proof": json.dumps(proof), "subject": None, "version": version + 1}
    if tx.execute(update(data_tasks).where(*same).values(values)).rowcount != 1:
        raise audit.overtaken(tx, SUBJECT, task.id)
    audit.record(
        tx, actor, now, "end_data_task", SUBJECT, task.id, kind=task.kind.value, proof=dict(proof)
    )
    return get(tx, actor, task.id)


def check(tx: Connection, task: DataTask, version: int) -> None:
    """Raise AlreadyChanged when the task is not as it was shown."""
    if task.version != version or task.done_at is not None:
        raise audit.overtaken(tx, SUBJECT, task.id)


def remind(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Remind the secretaries of what is due soon, or late; return of how many tasks."""
    today = now.astimezone(zone).date()
    rows = tx.execute(
        select(data_tasks.c.id, data_tasks.c.branch_id, data_tasks.c.due_on).where(
            data_tasks.c.done_at.is_(None), data_tasks.c.due_on <= today + timedelta(days=RUNGS[0])
        )
    ).all()
    messages = [
        outbox.Message(
            f"{TOLD}:{row.id}:{_rung(row.due_on, today)}:{person.id}",
            TOLD,
            person.id,
            {"task_id": row.id},
        )
        for row in rows
        for person in people.secretaries(tx, row.branch_id, today)
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.REMINDER)
    return len(rows)


def _rung(due_on: date, today: date) -> int:
    """The rung of the ladder on which a task stands: each is told once."""
    left = (due_on - today).days
    return left if left < 0 else min(rung for rung in RUNGS if rung >= left)


def _reach(actor: Actor) -> frozenset[int] | None:
    reach = scope(actor, Action.ANSWER_FOR_DATA)
    if reach is not None and not reach:
        raise NotAllowed(Action.ANSWER_FOR_DATA)
    return reach


def _visible(actor: Actor) -> ColumnElement[bool]:
    reach = _reach(actor)
    return true() if reach is None else data_tasks.c.branch_id.in_(sorted(reach))


def _query() -> Any:
    return (
        select(
            data_tasks,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            voter_requests.c.number.label("request_number"),
        )
        .outerjoin(branches, branches.c.id == data_tasks.c.branch_id)
        .outerjoin(voter_requests, voter_requests.c.id == data_tasks.c.request_id)
    )


def _task(row: Any) -> DataTask:
    opened = DATA_TASK.unseal(row)
    left_out = ("kind", "proof", "subject_hash", "asked_by")
    return DataTask(
        **{name: opened[name] for name in opened if name not in left_out},
        kind=Kind(opened["kind"]),
        proof=json.loads(opened["proof"] or "{}"),
    )
