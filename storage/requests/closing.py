"""Closing in two steps: an outcome is reported with a proof, and somebody else accepts it.

Until then it waits. A secretary accepts it or returns it with a word; the voter's own answer closes
it, too. ``reported_at`` is when the work on it ended, ``closed_at`` when that was accepted. What
the voter agreed to be kept is kept until it is closed, and no longer.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from storage import outbox
from storage.errors import NotAllowed, NotPossible
from storage.requests import consents, judging, merging, stepping, transitions
from storage.requests.queries import request_query
from storage.requests.reading import get
from storage.requests.record import VoterRequest, from_row
from storage.requests.rows import (
    CLOSED_BY_VOTER,
    CONTACT_COLUMNS,
    RequestFile,
    index_words,
    keep_files,
)
from storage.requests.versions import check_version
from storage.rules.access import Action, Actor, may
from storage.rules.request_states import OUTCOMES, RequestState
from storage.tables import voter_requests

REPORTED, RETURNED = "request_reported", "request_report_returned"  # of the outbox
BY_VOTER = "request_closed_by_voter"


def report(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    outcome: RequestState,
    proof: str,
    files: Sequence[RequestFile],
    now: datetime,
    today: date,
) -> VoterRequest:
    """Say that a request has ``outcome``: ``proof`` in words, ``files``, or both.

    Those who may accept it are told. Raises NotFound, AlreadyChanged, NotPossible: state, who,
    no_proof.
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    if outcome not in OUTCOMES:
        raise NotPossible("state")
    transitions.demand(tx, actor, request, outcome)
    if not proof and not files:
        raise NotPossible("no_proof")
    keep_files(tx, request_id, files, now)
    stepping.move(
        tx, actor, request, outcome, now, said=proof or None,
        reported_at=now, reported_by=actor.person_id, closed_at=None,
    )  # fmt: skip
    stepping.tell_deputy(tx, actor, request, outcome, now)
    done = get(tx, actor, request_id)
    _ask(tx, done, now, today)
    return done


def accept(
    tx: Connection, actor: Actor, request_id: int, version: int, now: datetime, today: date
) -> VoterRequest:
    """Accept the outcome that was reported: the request is closed.

    Raises NotFound, AlreadyChanged, NotPossible: state (none is reported), who, own (somebody else
    has to look at it).
    """
    request = agree(tx, actor, request_id, version, now, today)
    stepping.tell_deputy(tx, actor, request, RequestState.CLOSED, now)
    return get(tx, actor, request_id)


def agree(
    tx: Connection, actor: Actor, request_id: int, version: int, now: datetime, today: date
) -> VoterRequest:
    """As ``accept``, but its deputy is not told. Returns the request as it was before."""
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    transitions.demand(tx, actor, request, RequestState.CLOSED)
    if not is_free(tx, actor, request, today):
        raise NotPossible("own")
    _close(tx, actor, request, now)
    return request


def give_back(
    tx: Connection, actor: Actor, request_id: int, version: int, word: str, now: datetime
) -> VoterRequest:
    """Return the report with a ``word``: it is worked on again.

    Raises NotFound, AlreadyChanged, NotAllowed, NotPossible: state, who.
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    if not may(actor, Action.ACCEPT_REQUESTS, request.branch_id):
        raise NotAllowed(Action.ACCEPT_REQUESTS, request.branch_id)
    if request.state not in OUTCOMES:
        raise NotPossible("state")
    again = RequestState.IN_PROGRESS
    transitions.demand(tx, actor, request, again)
    stepping.move(tx, actor, request, again, now, said=word)
    stepping.tell_deputy(tx, actor, request, again, now, RETURNED)
    return get(tx, actor, request_id)


def by_voter(tx: Connection, actor: Actor, request_id: int, now: datetime) -> bool:
    """The voter agrees with the outcome: close the request; say whether it was closed by that.

    Whoever works on requests is no voter here, though the link may be in their hands.
    """
    if may(actor, Action.WORK_ON_REQUESTS):
        return False
    only = voter_requests.c.id == request_id
    # Somebody may be returning it at this moment: then there is nothing to agree with.
    tx.execute(select(voter_requests.c.id).where(only).with_for_update())
    request = from_row(tx.execute(request_query().where(only)).mappings().one())
    if request.state not in OUTCOMES:
        return False
    _close(tx, actor, request, now, CLOSED_BY_VOTER)
    told = request.deputy_id
    outbox.put(
        tx, f"{BY_VOTER}:{request_id}:{request.version + 1}", BY_VOTER, told,
        {"request_id": request_id}, now, priority=outbox.Priority.NOTICE,
    )  # fmt: skip
    return True


def is_free(tx: Connection, actor: Actor, request: VoterRequest, today: date) -> bool:
    """Whether ``actor`` may judge the report: it is another's, or nobody else could judge it."""
    return judging.is_free(tx, actor, request, _concerned(request), today)


def may_accept(tx: Connection, actor: Actor, request: VoterRequest, today: date) -> bool:
    """Whether ``actor`` may close ``request`` now by accepting its outcome."""
    closing = RequestState.CLOSED in transitions.open_to(tx, actor, request)
    return closing and is_free(tx, actor, request, today)


def _concerned(request: VoterRequest) -> tuple[int, int | None]:
    return (request.deputy_id, request.reported_by)


def _ask(tx: Connection, request: VoterRequest, now: datetime, today: date) -> None:
    """Tell those who may accept it that a report waits for them."""
    messages = [
        outbox.Message(
            f"{REPORTED}:{request.id}:{request.version}:{person_id}",
            REPORTED,
            person_id,
            {"request_id": request.id, "version": request.version},
        )
        for person_id in judging.whom_to_ask(tx, request, _concerned(request), today)
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def _close(
    tx: Connection, actor: Actor, request: VoterRequest, now: datetime, kind: str = "state"
) -> None:
    closed_at = request.closed_at or now
    values: dict[str, Any] = {"closed_at": closed_at, **dict.fromkeys(CONTACT_COLUMNS)}
    stepping.move(tx, actor, request, RequestState.CLOSED, now, kind=kind, **values)
    index_words(tx, request.id, request.text, request.place, None)
    consents.forget_about(tx, request.id)
    merging.close_with(tx, actor, request.id, now)
