"""Extensions as they are read: which clock, from which day to which, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from storage.errors import NotFound
from storage.privacy.rows import REQUEST_EXTENSION
from storage.requests.record import VoterRequest
from storage.rules.request_states import RequestState
from storage.tables import people, request_extensions

OWN, LEGAL = "own", "legal"
CLOCKS = (OWN, LEGAL)
ASKED, APPROVED, REFUSED = "asked", "approved", "refused"


@dataclass(frozen=True)
class Extension:
    """One that was asked for."""

    id: int
    request_id: int
    clock: str
    asked_by: int
    asked_name: str
    asked_at: datetime
    from_due: date
    to_due: date
    reason: str
    state: str
    version: int


def due_of(request: VoterRequest, clock: str) -> date | None:
    """The day that ``clock`` runs to; None when it does not run."""
    if clock == OWN:
        return None if request.answered else request.due_on
    with_body = clock == LEGAL and request.state is RequestState.SENT_TO_BODY
    return request.legal_due_on if with_body else None


def waiting(tx: Connection, request_id: int, clock: str | None = None) -> Extension | None:
    """The extension of a request that waits for a decision (the older one of two clocks)."""
    table = request_extensions.c
    query = _query().where(table.request_id == request_id, table.state == ASKED)
    if clock is not None:
        query = query.where(table.clock == clock)
    row = tx.execute(query.order_by(table.id).limit(1)).mappings().first()
    return None if row is None else _read(row)


def get(tx: Connection, extension_id: int) -> Extension:
    """One of them, of whoever. Raises NotFound."""
    row = tx.execute(_query().where(request_extensions.c.id == extension_id)).mappings().first()
    if row is None:
        raise NotFound("request_extension")
    return _read(row)


def for_notice(tx: Connection, extension_id: int) -> Extension | None:
    """The extension that a notice asks to decide on; None when it is decided."""
    one = get(tx, extension_id)
    return one if one.state == ASKED else None


def _query() -> Select[Any]:
    return select(request_extensions, people.c.name.label("asked_name")).join(
        people, people.c.id == request_extensions.c.asked_by
    )


def _read(row: RowMapping) -> Extension:
    opened = REQUEST_EXTENSION.unseal(row)
    return Extension(**{name: opened[name] for name in Extension.__annotations__})
