"""The own clock of a request stands while the voter is asked for something.

The deadline moves by the working days it stood, the first day counted and the day on which it runs
again not; one that was late already when it began to stand stays late. The law's clock at a body is
not the branch's to stop. Nobody is reminded meanwhile.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from storage import audit, outbox, working_days
from storage.errors import NotPossible
from storage.privacy.rows import REQUEST_PAUSE
from storage.requests import reminding, transitions
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import SUBJECT, remember
from storage.requests.versions import check_version, write
from storage.rules.access import Actor
from storage.rules.gate import COUNTRY
from storage.rules.pauses import moved
from storage.tables import request_pauses

PAUSED, RESUMED = "paused", "resumed"  # in the history
CLOCK = "request_clock"  # of the outbox: something about a clock, named by ``what``


def start(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> VoterRequest:
    """Let the own clock stand from today on. Its reason is sealed.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible: answered, paused (already).
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    demand_part(actor, request)
    if request.answered:
        raise NotPossible("answered")
    if request.paused_since is not None:
        raise NotPossible("paused")
    write(tx, request, {"first_due_on": request.first_due_on or request.due_on})
    row = {
        "request_id": request_id,
        "from_day": now.astimezone(zone).date(),
        "reason": reason,
        "started_at": now,
        "started_by": actor.person_id,
    }
    tx.execute(insert(request_pauses).values(REQUEST_PAUSE.seal(row)))
    reminding.void(tx, request_id)
    remember(tx, actor, request_id, now, PAUSED, text=reason)
    audit.record(tx, actor, now, "pause_request", SUBJECT, request_id)
    tell(tx, actor, request, PAUSED, now)
    return get(tx, actor, request_id)


def end(
    tx: Connection, actor: Actor, request_id: int, version: int, now: datetime, zone: ZoneInfo
) -> VoterRequest:
    """Let it run again from today on; the deadline is moved and reminded of anew.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("not_paused").
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    demand_part(actor, request)
    if request.paused_since is None:
        raise NotPossible("not_paused")
    write(tx, request, ended(tx, actor, request, now, zone))
    reminding.plan(tx, request_id, now, zone)
    audit.record(tx, actor, now, "resume_request", SUBJECT, request_id)
    tell(tx, actor, request, RESUMED, now)
    return get(tx, actor, request_id)


def ended(
    tx: Connection,
    actor: Actor,
    request: VoterRequest,
    now: datetime,
    zone: ZoneInfo = COUNTRY,
) -> dict[str, Any]:
    """End the pause of ``request``; what that changes in its row. Nothing when there is none."""
    if request.paused_since is None:
        return {}
    today = now.astimezone(zone).date()
    standing = (request_pauses.c.request_id == request.id, request_pauses.c.to_day.is_(None))
    days = list(tx.execute(select(request_pauses.c.from_day).where(*standing)).scalars())
    tx.execute(update(request_pauses).where(*standing).values(to_day=today))
    calendar, due_on = working_days.load(tx), request.due_on
    start = request.registered_at.astimezone(zone).date()
    for from_day in days:
        due_on = moved(start, due_on, from_day, today, calendar)
    remember(tx, actor, request.id, now, RESUMED)
    return {"due_on": due_on}


def demand_part(actor: Actor, request: VoterRequest) -> None:
    """Let only those touch its clocks who work on ``request``.

    Raises NotAllowed, NotPossible("merged"): the clocks of the main one count.
    """
    transitions.demand_part(actor, request)
    if request.merged_into is not None:
        raise NotPossible("merged")


def tell(
    tx: Connection,
    actor: Actor,
    request: VoterRequest,
    what: str,
    now: datetime,
    *others: int,
) -> None:
    """Tell the deputy of ``request`` (as it was) and ``others`` of ``what``, but not the actor."""
    told = {request.deputy_id, *others} - {actor.person_id}
    messages = [
        outbox.Message(
            f"{CLOCK}:{request.id}:{request.version + 1}:{person_id}",
            CLOCK,
            person_id,
            {"request_id": request.id, "what": what, "by": actor.person_id},
        )
        for person_id in sorted(told)
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
