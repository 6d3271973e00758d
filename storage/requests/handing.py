"""Handing a request over to another deputy, who takes it or gives it back with a reason."""

from datetime import date, datetime

from sqlalchemy import Connection

from storage import audit, outbox
from storage.errors import NotAllowed, NotPossible
from storage.requests import deputies, reminding
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import SUBJECT, remember
from storage.requests.versions import check_version, write
from storage.rules.access import Action, Actor, may

HANDED, TAKEN, GIVEN_BACK = "request_handed", "request_taken", "request_given_back"  # of the outbox
MOVED_ON = "request_moved_on"  # to whom had it
WORD = "handed_word"  # in the history


def hand_over(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    to_id: int,
    now: datetime,
    today: date,
    word: str | None = None,
) -> str:
    """Give a request to the deputy ``to_id``, who is asked to take it; return that one's name.

    Its deputy may, and who reassigns in its branch; ``word`` is kept in the history. The former
    deputy is told when somebody else did it. Raises NotFound, AlreadyChanged, NotAllowed,
    NotPossible: merged, state (it has an outcome), no_deputy (``to_id`` is none who may get it).
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    name = give(tx, actor, request, to_id, now, today, word)
    _tell(tx, HANDED, request, to_id, actor, now)
    _tell(tx, MOVED_ON, request, request.deputy_id, actor, now)
    return name


def give(
    tx: Connection,
    actor: Actor,
    request: VoterRequest,
    to_id: int,
    now: datetime,
    today: date,
    word: str | None = None,
    *,
    ask: bool = True,
) -> str:
    """As ``hand_over``, of a request as it was read; nobody is told.

    Without ``ask`` it is the new deputy's at once.
    """
    demand(actor, request)
    if request.settled:
        raise NotPossible("state")
    found = {one.id: one.name for one in deputies.candidates(tx, [request], today)}
    name = found.get(to_id)
    if name is None:
        raise NotPossible("no_deputy")
    before = request.deputy_id
    # Whoever has no mandate any more gets nothing back: then it is the new deputy's at once.
    asked = ask and deputies.in_office(tx, before, request.branch_id, today)
    write(tx, request, {"deputy_id": to_id, "handed_from": before if asked else None})
    deputies.note_past(tx, request.id, before, to_id, now)
    reminding.plan(tx, request.id, now)
    remember(tx, actor, request.id, now, "handed", text=name)
    if word:
        remember(tx, actor, request.id, now, WORD, text=word)
    _record(tx, actor, now, "hand_over_request", request, to_id)
    return name


def demand(actor: Actor, request: VoterRequest) -> None:
    """Let ``actor`` hand ``request`` over: the own one, or one of a branch. Raises NotAllowed."""
    own = request.deputy_id == actor.person_id
    if not own and not may(actor, Action.REASSIGN_REQUESTS, request.branch_id):
        raise NotAllowed(Action.REASSIGN_REQUESTS, request.branch_id)


def take(tx: Connection, actor: Actor, request_id: int, version: int, now: datetime) -> None:
    """The deputy who was given a request takes it. Raises as ``give_back`` but for no_deputy."""
    request, giver = _offered(tx, actor, request_id, version)
    write(tx, request, {"handed_from": None})
    remember(tx, actor, request_id, now, "taken")
    _record(tx, actor, now, "take_request", request, request.deputy_id)
    _tell(tx, TAKEN, request, giver, actor, now)


def give_back(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    reason: str,
    now: datetime,
    today: date,
) -> None:
    """The deputy who was given a request returns it to the one who had it.

    Raises NotFound, AlreadyChanged, NotAllowed for anybody else, NotPossible: taken (already),
    no_deputy (the mandate of the one who had it has ended).
    """
    request, giver = _offered(tx, actor, request_id, version)
    if not deputies.in_office(tx, giver, request.branch_id, today):
        raise NotPossible("no_deputy")
    write(tx, request, {"deputy_id": giver, "handed_from": None})
    deputies.note_past(tx, request_id, request.deputy_id, giver, now)
    reminding.plan(tx, request_id, now)
    remember(tx, actor, request_id, now, "given_back", text=reason)
    _record(tx, actor, now, "give_request_back", request, giver)
    _tell(tx, GIVEN_BACK, request, giver, actor, now)


def _offered(
    tx: Connection, actor: Actor, request_id: int, version: int
) -> tuple[VoterRequest, int]:
    request = get(tx, actor, request_id)
    if request.deputy_id != actor.person_id:
        raise NotAllowed(Action.WORK_ON_REQUESTS, request.branch_id)
    check_version(tx, request, version)
    if request.handed_from is None:
        raise NotPossible("taken")
    return request, request.handed_from


def _record(
    tx: Connection, actor: Actor, now: datetime, action: str, request: VoterRequest, to_id: int
) -> None:
    audit.record(
        tx, actor, now, action, SUBJECT, request.id, from_person=request.deputy_id, to_person=to_id
    )


def _tell(
    tx: Connection, kind: str, request: VoterRequest, to_id: int, actor: Actor, now: datetime
) -> None:
    if to_id == actor.person_id:
        return
    params = {"request_id": request.id, "number": request.number, "by": actor.person_id}
    key = f"{kind}:{request.id}:{request.version + 1}"
    outbox.put(tx, key, kind, to_id, params, now, priority=outbox.Priority.NOTICE)
