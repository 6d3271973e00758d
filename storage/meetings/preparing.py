"""Who may change a meeting, and in which of its states; two who do it come one after another."""

from typing import Any, NoReturn

from sqlalchemy import Connection, RowMapping, Table, select, update

from storage import audit
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.meetings.bodies import BUREAU
from storage.meetings.rows import row_of
from storage.rules.access import Action, Actor, may, scope
from storage.rules.meeting_states import DRAFT


def prepares(actor: Actor, branch_id: int, body: str) -> bool:
    """Whether ``actor`` prepares the meetings of the body: the Bureau's only for the region."""
    everywhere = scope(actor, Action.PREPARE_MEETINGS) is None
    return may(actor, Action.PREPARE_MEETINGS, branch_id) and (body != BUREAU or everywhere)


def demand(actor: Actor, branch_id: int, body: str) -> None:
    """Raise NotAllowed unless ``actor`` prepares the meetings of the body."""
    if not prepares(actor, branch_id, body):
        raise NotAllowed(Action.PREPARE_MEETINGS, branch_id)


def prepared(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    states: tuple[str, ...] | None = None,
    *,
    hold: bool = True,
    speaks: bool = False,
) -> RowMapping:
    """The meeting as ``actor`` prepares it, held until the end of the transaction with ``hold``.

    ``speaks``: the actor speaks at it, and that is enough once it is announced. Raises NotFound (a
    foreign draft looks like none), NotAllowed, and NotPossible (wrong_state) when it is in none of
    ``states``.
    """
    row = row_of(tx, meeting_id, lock=hold)
    may_change = prepares(actor, row["branch_id"], row["body"])
    if not may_change and not (speaks and row["state"] != DRAFT):
        if row["state"] == DRAFT:
            raise NotFound("meeting")
        raise NotAllowed(Action.PREPARE_MEETINGS, row["branch_id"])
    if states is not None and row["state"] not in states:
        raise NotPossible("wrong_state")
    return row


def step(
    tx: Connection, table: Table, subject: str, row_id: int, version: int, **values: Any
) -> None:
    """Change the row as it was seen in ``version``.

    Raises NotFound when it is gone, and AlreadyChanged with whoever changed it according to the
    audit of ``subject``.
    """
    seen = (table.c.id == row_id, table.c.version == version)
    statement = update(table).where(*seen).values(version=table.c.version + 1, **values)
    if tx.execute(statement).rowcount != 1:
        _missed(tx, table, subject, row_id)


def _missed(tx: Connection, table: Table, subject: str, row_id: int) -> NoReturn:
    if tx.execute(select(table.c.id).where(table.c.id == row_id)).first() is None:
        raise NotFound(subject)
    raise audit.overtaken(tx, subject, row_id)
