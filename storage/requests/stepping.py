"""A request goes from one state to the next, and all that goes with a step."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from storage import audit, outbox
from storage.errors import NotPossible
from storage.requests import following, pausing, reminding, transitions, watching
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import SUBJECT, remember
from storage.requests.versions import check_version, write
from storage.rules.access import Actor
from storage.rules.request_states import ANSWERED, SETTLED, RequestState
from storage.tables import voter_requests

CHANGED = "request_changed"  # of the outbox
# What a request that is taken up again has no more: its outcome, and what voters said of it.
_SAID_BY_VOTERS = ("rating", "rated_at", "asked_at", "really_solved")
_OF_AN_OUTCOME = ("closed_at", "reported_at", "reported_by", *_SAID_BY_VOTERS)


def change_state(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    to_state: RequestState,
    now: datetime,
    comment: str | None = None,
) -> VoterRequest:
    """Move a request to ``to_state``; its deputy learns of it when somebody else did it.

    Raises NotFound, AlreadyChanged for another version, NotPossible: state (it does not follow),
    who (the step is open to others only), report (an outcome is reported with a proof, and closed
    by who accepts it: see ``storage.requests.closing``), body (it is sent to one that is named:
    see ``storage.requests.sending``).
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    transitions.demand(tx, actor, request, to_state)
    if to_state in SETTLED:
        raise NotPossible("report")
    if to_state is RequestState.SENT_TO_BODY:
        raise NotPossible("body")
    move(tx, actor, request, to_state, now, said=comment)
    tell_deputy(tx, actor, request, to_state, now)
    return get(tx, actor, request_id)


def move(
    tx: Connection,
    actor: Actor,
    request: VoterRequest,
    to_state: RequestState,
    now: datetime,
    *,
    said: str | None = None,
    kind: str = "state",
    **values: Any,
) -> None:
    """Take the step, whoever may: state and ``values``, history, reminders, news for the voter.

    Raises AlreadyChanged.
    """
    reopened = to_state not in SETTLED and request.settled
    if reopened:
        values = {**dict.fromkeys(_OF_AN_OUTCOME), **values}
    if to_state in ANSWERED:
        values = {**pausing.ended(tx, actor, request, now), **values}
    write(tx, request, {"state": to_state.value, **values})
    if reopened:
        merged = voter_requests.c.merged_into == request.id
        gone = dict.fromkeys(_SAID_BY_VOTERS)
        tx.execute(update(voter_requests).where(merged).values(gone))
    _remind(tx, request.state, to_state, request.id, now)
    remember(tx, actor, request.id, now, kind, request.state, to_state, said)
    audit.record(
        tx, actor, now, "change_request_state", SUBJECT, request.id,
        from_state=request.state.value, to_state=to_state.value,
    )  # fmt: skip
    following.tell(tx, request.id, str(request.version + 1), now, but_for=actor.person_id)
    watching.tell(tx, actor, request.id, str(request.version + 1), now)


def tell_deputy(
    tx: Connection,
    actor: Actor,
    request: VoterRequest,
    to_state: RequestState,
    now: datetime,
    kind: str = CHANGED,
) -> None:
    """Queue the news of a step for the deputy of ``request`` (as it was), unless it is the own."""
    if actor.person_id != request.deputy_id:
        outbox.put(
            tx,
            f"{kind}:{request.id}:{request.version + 1}",
            kind,
            request.deputy_id,
            {"request_id": request.id, "by": actor.person_id, "to_state": to_state.value},
            now,
            priority=outbox.Priority.NOTICE,
        )


def _remind(
    tx: Connection, before: RequestState, after: RequestState, request_id: int, now: datetime
) -> None:
    """An answer ends the reminders; what is taken up again is reminded of again."""
    if after in ANSWERED:
        reminding.void(tx, request_id)
    elif before in ANSWERED:
        reminding.plan(tx, request_id, now)
