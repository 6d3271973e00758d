"""A request goes to the competent body, which may send it on; the law's clock starts there."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import audit, branches, working_days
from storage.errors import NotFound, NotPossible
from storage.inquiries import bodies, proposing
from storage.inquiries.bodies import Body
from storage.requests import stepping, transitions
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import SUBJECT, remember
from storage.requests.versions import check_version, write
from storage.rules import legal_clock
from storage.rules.access import Actor
from storage.rules.request_states import RequestState

NUMBER_LIMIT = 60  # characters of the body's number
SENT_ON, NOTED = "sent_on", "body_noted"  # in the history


def send(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    body_id: int,
    number: str | None,
    registered_on: date | None,
    now: datetime,
    zone: ZoneInfo,
) -> VoterRequest:
    """Send a request to a body of the directory; one that is with a body was sent on by it.

    ``number`` and ``registered_on`` are the body's and may be noted later: from that day its term
    by law runs. Raises NotFound, AlreadyChanged, NotPossible: state, who, body (closed, or of
    another place), number (too long), in_future, too_early (before the branch had it).
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    body = _body(tx, request, body_id)
    values = {
        "body_id": body_id,
        **_registered(tx, request, number, registered_on, now, zone),
        "first_legal_due_on": None,
    }
    said = body.name_kk + (f", № {number}" if number else "")
    if request.state is RequestState.SENT_TO_BODY:
        transitions.demand_part(actor, request)
        write(tx, request, values)
        remember(tx, actor, request_id, now, SENT_ON, text=said)
        audit.record(tx, actor, now, "send_request_on", SUBJECT, request_id, body=body_id)
    else:
        transitions.demand(tx, actor, request, RequestState.SENT_TO_BODY)
        stepping.move(tx, actor, request, RequestState.SENT_TO_BODY, now, said=said, **values)
        stepping.tell_deputy(tx, actor, request, RequestState.SENT_TO_BODY, now)
    return get(tx, actor, request_id)


def send_unlisted(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    name: str,
    number: str | None,
    registered_on: date | None,
    now: datetime,
    zone: ZoneInfo,
) -> VoterRequest:
    """As ``send``, to a body by its ``name``: one that the directory lacks is proposed for it.

    Raises as ``send``, and NotPossible: no_name, too_long.
    """
    request = get(tx, actor, request_id)
    today = now.astimezone(zone).date()
    body = proposing.propose(tx, actor, request.branch_id, name, now, today)
    given = (body.id, number, registered_on, now, zone)
    return send(tx, actor, request_id, version, *given)


def note(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    number: str | None,
    registered_on: date | None,
    now: datetime,
    zone: ZoneInfo,
) -> VoterRequest:
    """Note under which number and on which day the body registered it; None leaves it as it was.

    Raises as ``send``, and NotPossible("state") for what is with no body.
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    transitions.demand_part(actor, request)
    if request.state is not RequestState.SENT_TO_BODY:
        raise NotPossible("state")
    day = registered_on or request.body_registered_on
    values = _registered(tx, request, number or request.body_number, day, now, zone)
    if day == request.body_registered_on:
        values.pop("legal_due_on")  # an extension may have moved it
    write(tx, request, values)
    remember(tx, actor, request_id, now, NOTED, text=number or request.body_number)
    audit.record(tx, actor, now, "note_body_registration", SUBJECT, request_id)
    return get(tx, actor, request_id)


def _registered(
    tx: Connection,
    request: VoterRequest,
    number: str | None,
    registered_on: date | None,
    now: datetime,
    zone: ZoneInfo,
) -> dict[str, Any]:
    if number is not None and len(number) > NUMBER_LIMIT:
        raise NotPossible("number")
    due_on = None
    if registered_on is not None:
        if registered_on > now.astimezone(zone).date():
            raise NotPossible("in_future")
        if registered_on < request.registered_at.astimezone(zone).date():
            raise NotPossible("too_early")
        due_on = legal_clock.due_on(registered_on, working_days.load(tx))
    return {"body_number": number, "body_registered_on": registered_on, "legal_due_on": due_on}


def _body(tx: Connection, request: VoterRequest, body_id: int) -> Body:
    try:
        body = bodies.get(tx, body_id)
    except NotFound:
        raise NotPossible("body") from None
    regional = branches.get(tx, request.branch_id).kind == bodies.REGION
    if not body.active or not (regional or body.branch_id in (None, request.branch_id)):
        raise NotPossible("body")
    return body
