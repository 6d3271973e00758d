"""Instructions while the final document is being made: given on a clause, filled in, dropped."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, func, insert, select

from storage import audit, branches
from storage.errors import NotFound, NotPossible
from storage.meetings import clauses, proposals
from storage.meetings.preparing import step
from storage.meetings.wording import reworded
from storage.people import around
from storage.rules.access import Actor
from storage.tables import clauses as clauses_table
from storage.tables import instruction_executors, instructions, meetings, memberships
from storage.tables import proposals as proposals_table
from storage.upsert import insert_new

DRAFTED, UNDER_CONTROL, REMOVED = "drafted", "under_control", "removed"
SUBJECT = "instruction"
NAME_LIMIT = 200  # characters of an executor by name, or of an object
CO_EXECUTORS = 10


@dataclass(frozen=True)
class Executor:
    """Who carries it out: a registered person, or somebody known by name and position only."""

    person_id: int | None = None
    name: str | None = None


NOBODY_YET = Executor()


def of_proposal(
    tx: Connection,
    actor: Actor,
    proposal_id: int,
    version: int,
    executor: Executor,
    now: datetime,
) -> int:
    """Turn a proposal into an instruction in its own words; return the instruction's id.

    It is taken into the final document first, where it was not. Raises NotFound, NotAllowed,
    AlreadyChanged, and NotPossible (approved, not_begun, too_long).
    """
    proposal = proposals.get(tx, actor, proposal_id)
    if proposal.clause_id is None:
        clause_id = proposals.accept(tx, actor, proposal_id, version, now)
    else:
        clauses.require_open(tx, actor, proposal.meeting_id)
        # A second tap finds another version: one proposal makes one instruction a look.
        step(tx, proposals_table, proposals.SUBJECT, proposal_id, version)
        clause_id = proposal.clause_id
    return _give(tx, actor, clause_id, executor, now)


def of_clause(
    tx: Connection, actor: Actor, clause_id: int, version: int, executor: Executor, now: datetime
) -> int:
    """Give an instruction on a clause, in its words; return its id. Raises as ``of_proposal``."""
    clause = clauses.get(tx, actor, clause_id)
    clauses.require_open(tx, actor, clause.meeting_id)
    step(tx, clauses_table, clauses.SUBJECT, clause_id, version)
    return _give(tx, actor, clause_id, executor, now)


def set_executor(
    tx: Connection, actor: Actor, instruction_id: int, version: int, to: Executor, now: datetime
) -> None:
    """Say who carries it out; a co-executor who becomes the executor is no co-executor any more.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (approved, too_long).
    """
    values = _executor(tx, _find(tx, instruction_id)["meeting_id"], to, now)
    _change(tx, actor, instruction_id, version, now, "set_executor", **values)
    _leave_out(tx, instruction_id, to.person_id)


def set_deadline(
    tx: Connection,
    actor: Actor,
    instruction_id: int,
    version: int,
    deadline: date,
    now: datetime,
    today: date,
) -> None:
    """Set the last day. Raises as ``set_executor`` does, and NotPossible (in_the_past)."""
    if deadline < today:
        raise NotPossible("in_the_past")
    _change(tx, actor, instruction_id, version, now, "set_deadline", deadline=deadline)


def set_object(
    tx: Connection, actor: Actor, instruction_id: int, version: int, name: str, now: datetime
) -> None:
    """Say what it is about: a school, a road. Raises as ``set_executor`` does."""
    if len(name) > NAME_LIMIT:
        raise NotPossible("too_long")
    _change(tx, actor, instruction_id, version, now, "set_object", object=name)


def set_branch(
    tx: Connection, actor: Actor, instruction_id: int, version: int, branch_id: int, now: datetime
) -> None:
    """Say which branch it is about. Raises as ``set_executor`` does."""
    branches.get(tx, branch_id)
    _change(tx, actor, instruction_id, version, now, "set_branch", branch_id=branch_id)


def reword(
    tx: Connection, actor: Actor, instruction_id: int, version: int, text: str, now: datetime
) -> None:
    """Change what is to be done. Raises as ``set_executor`` does."""
    row = _find(tx, instruction_id)
    values = reworded(actor, row, "text", text)
    _change(tx, actor, instruction_id, version, now, "reword_instruction", **values)


def toggle_co_executor(
    tx: Connection, actor: Actor, instruction_id: int, version: int, person_id: int, now: datetime
) -> bool:
    """Add a co-executor, or leave out one who is; return whether the person is one now.

    Raises as ``set_executor`` does, and NotPossible (is_executor, too_many).
    """
    row = _change(tx, actor, instruction_id, version, now, "set_co_executor")
    if _leave_out(tx, instruction_id, person_id):
        return False
    if row["executor_id"] == person_id:
        raise NotPossible("is_executor")
    _around(tx, row["meeting_id"], person_id, now)
    own = instruction_executors.c.instruction_id == instruction_id
    if tx.execute(select(func.count()).where(own)).scalar_one() >= CO_EXECUTORS:
        raise NotPossible("too_many")
    pair = {"instruction_id": instruction_id, "person_id": person_id}
    insert_new(tx, instruction_executors, [pair])
    return True


def remove(tx: Connection, actor: Actor, instruction_id: int, version: int, now: datetime) -> int:
    """Drop an instruction; its clause stays. Returns the meeting's id. Raises as the others do."""
    row = _change(tx, actor, instruction_id, version, now, "remove_instruction")
    tx.execute(delete(instructions).where(instructions.c.id == instruction_id))
    return int(row["meeting_id"])


def _give(tx: Connection, actor: Actor, clause_id: int, executor: Executor, now: datetime) -> int:
    clause = clauses.get(tx, actor, clause_id)
    last = select(func.coalesce(func.max(instructions.c.number), 0)).where(
        instructions.c.meeting_id == clause.meeting_id
    )
    values = {
        "meeting_id": clause.meeting_id,
        "item_id": clause.item_id,
        "clause_id": clause_id,
        "number": int(tx.execute(last).scalar_one()) + 1,
        "text_kk": clause.text_kk,
        "text_ru": clause.text_ru,
        "state": DRAFTED,
        "created_at": now,
        **_executor(tx, clause.meeting_id, executor, now),
    }
    statement = insert(instructions).values(values).returning(instructions.c.id)
    instruction_id = int(tx.execute(statement).scalar_one())
    audit.record(tx, actor, now, "give_instruction", SUBJECT, instruction_id, clause=clause_id)
    return instruction_id


def _executor(tx: Connection, meeting_id: int, executor: Executor, now: datetime) -> dict[str, Any]:
    if executor.name is not None and len(executor.name) > NAME_LIMIT:
        raise NotPossible("too_long")
    if executor.person_id is not None:
        _around(tx, meeting_id, executor.person_id, now)
        return {"executor_id": executor.person_id, "executor": None}
    return {"executor_id": None, "executor": executor.name}


def _around(tx: Connection, meeting_id: int, person_id: int, now: datetime) -> None:
    """Raise NotFound for somebody whom the body of the meeting cannot instruct."""
    branch = select(meetings.c.branch_id).where(meetings.c.id == meeting_id)
    reach = around(int(tx.execute(branch).scalar_one()), now.date())
    if tx.execute(reach.where(memberships.c.person_id == person_id)).first() is None:
        raise NotFound("person")


def _find(tx: Connection, instruction_id: int) -> RowMapping:
    query = select(instructions).where(instructions.c.id == instruction_id)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return row


def _change(
    tx: Connection,
    actor: Actor,
    instruction_id: int,
    version: int,
    now: datetime,
    action: str,
    **values: Any,
) -> RowMapping:
    """Change a drafted instruction as it was seen in ``version``; return it as it was."""
    row = _find(tx, instruction_id)
    clauses.require_open(tx, actor, row["meeting_id"])
    if _find(tx, instruction_id)["state"] != DRAFTED:
        raise NotPossible("approved")
    step(tx, instructions, SUBJECT, instruction_id, version, **values)
    audit.record(tx, actor, now, action, SUBJECT, instruction_id)
    return row


def _leave_out(tx: Connection, instruction_id: int, person_id: int | None) -> bool:
    named = and_(
        instruction_executors.c.instruction_id == instruction_id,
        instruction_executors.c.person_id == person_id,
    )
    return tx.execute(delete(instruction_executors).where(named)).rowcount > 0
