"""The final document, clause by clause, until it is approved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from storage import audit
from storage.errors import NotFound, NotPossible
from storage.meetings.preparing import prepared, step
from storage.meetings.wording import reworded, said
from storage.rules.access import Actor
from storage.rules.meeting_states import ARCHIVED, IN_PROGRESS, OVER
from storage.tables import agenda_items, clauses, instructions, proposals

SUBJECT = "clause"
MOST = 200  # clauses of a document


@dataclass(frozen=True)
class Clause:
    """A clause; ``instructions`` were given on it so far."""

    id: int
    meeting_id: int
    number: int
    item_id: int | None
    item_number: int | None
    visibility: str | None  # of its item
    proposal_id: int | None
    text_kk: str | None
    text_ru: str | None
    version: int
    instructions: int


def listed(tx: Connection, actor: Actor, meeting_id: int) -> tuple[Clause, ...]:
    """The clauses in their order, for whoever prepares the meeting. Raises NotFound, NotAllowed."""
    prepared(tx, actor, meeting_id, hold=False)
    return of_meeting(tx, meeting_id)


def of_meeting(tx: Connection, meeting_id: int) -> tuple[Clause, ...]:
    """The clauses in their order, whoever asks."""
    query = _clauses().where(clauses.c.meeting_id == meeting_id).order_by(clauses.c.number)
    return tuple(Clause(**row) for row in tx.execute(query).mappings())


def get(tx: Connection, actor: Actor, clause_id: int) -> Clause:
    """One clause, for whoever prepares its meeting. Raises NotFound, NotAllowed."""
    row = tx.execute(_clauses().where(clauses.c.id == clause_id)).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    prepared(tx, actor, row["meeting_id"], hold=False)
    return Clause(**row)


def add(
    tx: Connection, actor: Actor, meeting_id: int, item_id: int | None, text: str, now: datetime
) -> int:
    """Add a clause in the actor's own words, at the end; return its id.

    Raises NotFound, NotAllowed, and NotPossible (approved, not_begun, too_long, too_many).
    """
    require_open(tx, actor, meeting_id)
    clause_id = append(tx, meeting_id, item_id=item_id, **said(actor, "text", text))
    audit.record(tx, actor, now, "add_clause", SUBJECT, clause_id)
    return clause_id


def add_decisions(tx: Connection, actor: Actor, meeting_id: int, now: datetime) -> int:
    """Add the decision of every item that has one and no clause of it yet; return how many.

    Raises as ``add`` does.
    """
    require_open(tx, actor, meeting_id)
    found = tx.execute(_undocumented(meeting_id)).mappings().all()
    for item in found:
        clause_id = append(
            tx,
            meeting_id,
            item_id=item["id"],
            text_kk=item["decision_kk"],
            text_ru=item["decision_ru"],
        )
        audit.record(tx, actor, now, "add_clause", SUBJECT, clause_id, item=item["id"])
    return len(found)


def undocumented(tx: Connection, meeting_id: int) -> int:
    """How many items have a decision that is in no clause yet."""
    query = select(func.count()).select_from(_undocumented(meeting_id).subquery())
    return int(tx.execute(query).scalar_one())


def reword(
    tx: Connection, actor: Actor, clause_id: int, version: int, text: str, now: datetime
) -> None:
    """Change the words of a clause. Raises as ``add`` does, and AlreadyChanged."""
    clause = _open(tx, actor, clause_id)
    step(tx, clauses, SUBJECT, clause_id, version, **reworded(actor, vars(clause), "text", text))
    audit.record(tx, actor, now, "reword_clause", SUBJECT, clause_id)


def move(
    tx: Connection, actor: Actor, clause_id: int, version: int, by: int, now: datetime
) -> None:
    """Move a clause one place up (``by`` -1) or down (1); at the edge it stays.

    Raises as ``reword`` does.
    """
    clause = _open(tx, actor, clause_id)
    step(tx, clauses, SUBJECT, clause_id, version)
    order = [other.id for other in of_meeting(tx, clause.meeting_id)]
    here = order.index(clause_id)
    there = here + (1 if by > 0 else -1)
    if not 0 <= there < len(order):
        return
    other = order[there]
    # No two clauses have one number, not even between two statements.
    _number(tx, clause_id, -1)
    _number(tx, other, here + 1)
    _number(tx, clause_id, there + 1)
    audit.record(tx, actor, now, "move_clause", SUBJECT, clause_id, by=by)


def remove(tx: Connection, actor: Actor, clause_id: int, version: int, now: datetime) -> int:
    """Delete a clause with the instructions on it; its proposal waits to be decided again.

    Returns the id of its meeting. Raises as ``reword`` does.
    """
    clause = _open(tx, actor, clause_id)
    step(tx, clauses, SUBJECT, clause_id, version)
    tx.execute(delete(instructions).where(instructions.c.clause_id == clause_id))
    tx.execute(
        update(proposals)
        .where(proposals.c.id == clause.proposal_id)
        .values(state="sent", version=proposals.c.version + 1)
    )
    tx.execute(delete(clauses).where(clauses.c.id == clause_id))
    for number, other in enumerate(of_meeting(tx, clause.meeting_id), start=1):
        if other.number != number:
            _number(tx, other.id, number)
    audit.record(tx, actor, now, "remove_clause", SUBJECT, clause_id, meeting=clause.meeting_id)
    return clause.meeting_id


def append(tx: Connection, meeting_id: int, **values: Any) -> int:
    """Put a clause at the end of a document that is locked; return its id.

    Raises NotPossible (too_many).
    """
    last = select(func.coalesce(func.max(clauses.c.number), 0))
    number = int(tx.execute(last.where(clauses.c.meeting_id == meeting_id)).scalar_one()) + 1
    if number > MOST:
        raise NotPossible("too_many")
    statement = insert(clauses).values(meeting_id=meeting_id, number=number, **values)
    return int(tx.execute(statement.returning(clauses.c.id)).scalar_one())


def require_open(tx: Connection, actor: Actor, meeting_id: int) -> RowMapping:
    """Lock the meeting for whoever prepares it, while its final document may change.

    Raises NotFound, NotAllowed, and NotPossible (approved, archived, not_begun).
    """
    meeting = prepared(tx, actor, meeting_id)
    if meeting["document_at"] is not None:
        raise NotPossible("approved")
    if meeting["state"] == ARCHIVED:
        raise NotPossible("archived")
    if meeting["state"] not in (IN_PROGRESS, *OVER):
        raise NotPossible("not_begun")
    return meeting


def _open(tx: Connection, actor: Actor, clause_id: int) -> Clause:
    require_open(tx, actor, get(tx, actor, clause_id).meeting_id)
    return get(tx, actor, clause_id)


def _number(tx: Connection, clause_id: int, number: int) -> None:
    tx.execute(update(clauses).where(clauses.c.id == clause_id).values(number=number))


def _undocumented(meeting_id: int) -> Select[Any]:
    decided: ColumnElement[bool] = or_(
        agenda_items.c.decision_kk.is_not(None), agenda_items.c.decision_ru.is_not(None)
    )
    # A clause of the item without a proposal holds its decision.
    documented = select(clauses.c.item_id).where(
        and_(
            clauses.c.meeting_id == meeting_id,
            clauses.c.proposal_id.is_(None),
            clauses.c.item_id.is_not(None),
        )
    )
    return (
        select(agenda_items.c.id, agenda_items.c.decision_kk, agenda_items.c.decision_ru)
        .where(
            agenda_items.c.meeting_id == meeting_id,
            decided,
            agenda_items.c.state != "dropped",
            agenda_items.c.id.not_in(documented),
        )
        .order_by(agenda_items.c.number)
    )


def _clauses() -> Select[Any]:
    given = select(func.count()).where(instructions.c.clause_id == clauses.c.id).scalar_subquery()
    return select(
        *(clauses.c[name] for name in ("id", "meeting_id", "number", "item_id", "proposal_id")),
        clauses.c.text_kk,
        clauses.c.text_ru,
        clauses.c.version,
        agenda_items.c.number.label("item_number"),
        agenda_items.c.visibility,
        given.label("instructions"),
    ).select_from(clauses.outerjoin(agenda_items, agenda_items.c.id == clauses.c.item_id))
