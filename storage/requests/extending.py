"""Extensions of a term: asked for with a reason and a day, approved or refused once, counted.

The own term may be extended any number of times, each is shown; from the fifth on the secretary of
the region decides. The body's term may be extended by two months at most (the law, see
``storage.rules.legal_clock``): what the body decided is noted and checked here.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from storage import audit, outbox, people, working_days
from storage.errors import AlreadyChanged, NotPossible
from storage.privacy.rows import REQUEST_EXTENSION
from storage.requests import asked_extensions, following, judging, reminding, transitions
from storage.requests.asked_extensions import (
    APPROVED,
    ASKED,
    LEGAL,
    OWN,
    REFUSED,
    Extension,
    due_of,
    waiting,
)
from storage.requests.pausing import demand_part, tell
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import SUBJECT, remember
from storage.requests.versions import check_version, write
from storage.rules import extensions
from storage.rules.access import Actor
from storage.rules.request_states import Part
from storage.tables import request_extensions

ASKED_KIND = "request_extension_asked"  # of the outbox


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
    one = asked_extensions.get(tx, extension_id)
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
