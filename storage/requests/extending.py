"""Extensions of a term: asked for with a reason and a day, approved or refused once, counted.

The own term may be extended any number of times, each is shown; from the fifth on the secretary of
the region decides. The body's term may be extended by two months at most (the law, see
``storage.rules.legal_clock``): what the body decided is noted and checked here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from storage import audit, outbox, people, working_days
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.privacy.rows import REQUEST_EXTENSION
from storage.requests import following, judging, reminding, transitions
from storage.requests.pausing import demand_part, tell
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import SUBJECT, remember
from storage.requests.versions import check_version, write
from storage.rules import extensions
from storage.rules.access import Actor
from storage.rules.request_states import Part, RequestState
from storage.tables import people as person_table
from storage.tables import request_extensions

OWN, LEGAL = "own", "legal"
CLOCKS = (OWN, LEGAL)
ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
ASKED_KIND = "request_extension_asked"  # of the outbox


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


def ask(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    clock: str,
    to_due: date,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> VoterRequest:
    """Ask for a later day; those who decide are told. The reason is sealed.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible: clock (it does not run), asked (one
    waits already), earlier, past, day_off, far, law.
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    demand_part(actor, request)
    due_on = due_of(request, clock)
    if due_on is None:
        raise NotPossible("clock")
    if waiting(tx, request_id, clock) is not None:
        raise NotPossible("asked")
    calendar = working_days.load(tx)
    first = request.first_legal_due_on or due_on
    latest = extensions.latest(now.astimezone(zone).date(), first, calendar, legal=clock == LEGAL)
    why = extensions.fault(due_on, to_due, now.astimezone(zone).date(), latest, calendar)
    if why is not None:
        raise NotPossible("law" if why == "far" and clock == LEGAL else why)
    write(tx, request, {})
    row = {
        "request_id": request_id,
        "clock": clock,
        "asked_by": actor.person_id,
        "asked_at": now,
        "from_due": due_on,
        "to_due": to_due,
        "reason": reason,
        "state": ASKED,
    }
    tx.execute(insert(request_extensions).values(REQUEST_EXTENSION.seal(row)))
    remember(tx, actor, request_id, now, "extension_asked", text=f"{to_due:%d.%m.%Y}: {reason}")
    audit.record(tx, actor, now, "ask_extension", SUBJECT, request_id, clock=clock)
    _ask_judges(tx, actor, request, clock, now, zone)
    return get(tx, actor, request_id)


def decide(
    tx: Connection,
    actor: Actor,
    extension_id: int,
    version: int,
    now: datetime,
    zone: ZoneInfo,
    *,
    approved: bool,
) -> VoterRequest:
    """Approve an extension or refuse it, once.

    Raises NotFound, AlreadyChanged (it is decided, with by whom), NotPossible: who, own (somebody
    else has to decide), regional (the fifth and more), earlier (the term has moved beyond it).
    """
    one = _one(tx, extension_id)
    request = get(tx, actor, one.request_id)
    _check(tx, one, version)
    _demand_judge(tx, actor, request, one, now.astimezone(zone).date())
    values: dict[str, Any] = {}
    if approved:
        values = _moved(request, one)
    decided = update(request_extensions).where(
        request_extensions.c.id == extension_id, request_extensions.c.version == version
    )
    state = APPROVED if approved else REFUSED
    changed = decided.values(
        state=state, decided_by=actor.person_id, decided_at=now, version=version + 1
    )
    if tx.execute(changed).rowcount == 0:
        raise AlreadyChanged
    write(tx, request, values)
    kind = f"extension_{state}"
    remember(tx, actor, request.id, now, kind, text=f"{one.to_due:%d.%m.%Y}")
    audit.record(tx, actor, now, "decide_extension", SUBJECT, request.id, state=state)
    tell(tx, actor, request, kind, now, one.asked_by)
    if approved:
        reminding.plan(tx, request.id, now, zone)
        following.tell(tx, request.id, f"extended:{extension_id}", now)
    return get(tx, actor, request.id)


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


def may_decide(
    tx: Connection, actor: Actor, request: VoterRequest, one: Extension, today: date
) -> bool:
    """Whether ``actor`` may decide on it."""
    try:
        _demand_judge(tx, actor, request, one, today)
    except NotPossible:
        return False
    return True


def _demand_judge(
    tx: Connection, actor: Actor, request: VoterRequest, one: Extension, today: date
) -> None:
    parts = transitions.parts_of(actor, request)
    if Part.SECRETARY not in parts:
        raise NotPossible("who")
    if not judging.is_free(tx, actor, request, (request.deputy_id, one.asked_by), today):
        raise NotPossible("own")
    many = request.extended >= extensions.BY_BRANCH and one.clock == OWN
    if many and Part.REGIONAL not in parts:
        raise NotPossible("regional")


def _moved(request: VoterRequest, one: Extension) -> dict[str, Any]:
    due_on = due_of(request, one.clock)
    if due_on is None:
        raise NotPossible("clock")
    if one.to_due <= due_on:
        raise NotPossible("earlier")
    if one.clock == OWN:
        return {"due_on": one.to_due, "first_due_on": request.first_due_on or due_on}
    first = request.first_legal_due_on or due_on
    return {"legal_due_on": one.to_due, "first_legal_due_on": first}


def _ask_judges(
    tx: Connection, actor: Actor, request: VoterRequest, clock: str, now: datetime, zone: ZoneInfo
) -> None:
    today, concerned = now.astimezone(zone).date(), (request.deputy_id, actor.person_id)
    asked = judging.whom_to_ask(tx, request, concerned, today)
    if clock == OWN and request.extended >= extensions.BY_BRANCH:
        asked = judging.region(tx, concerned, today)
    one = waiting(tx, request.id, clock)
    messages = [
        outbox.Message(
            f"{ASKED_KIND}:{one.id}:{person_id}", ASKED_KIND, person_id, {"extension_id": one.id}
        )
        for person_id in asked
        if one is not None
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def _check(tx: Connection, one: Extension, version: int) -> None:
    if one.state != ASKED or one.version != version:
        table = request_extensions.c
        row = tx.execute(select(table.decided_by, table.decided_at).where(table.id == one.id)).one()
        if row.decided_by is None:
            raise AlreadyChanged
        raise AlreadyChanged(people.get(tx, row.decided_by).name, row.decided_at)


def _one(tx: Connection, extension_id: int) -> Extension:
    row = tx.execute(_query().where(request_extensions.c.id == extension_id)).mappings().first()
    if row is None:
        raise NotFound("request_extension")
    return _read(row)


def for_notice(tx: Connection, extension_id: int) -> Extension | None:
    """The extension that a notice asks to decide on; None when it is decided."""
    one = _one(tx, extension_id)
    return one if one.state == ASKED else None


def _query() -> Select[Any]:
    return select(request_extensions, person_table.c.name.label("asked_name")).join(
        person_table, person_table.c.id == request_extensions.c.asked_by
    )


def _read(row: RowMapping) -> Extension:
    opened = REQUEST_EXTENSION.unseal(row)
    return Extension(**{name: opened[name] for name in Extension.__annotations__})
