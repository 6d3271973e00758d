"""Who may take which step with a request: the table that the regional secretary edits."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage import audit
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.requests.record import VoterRequest
from storage.rules.access import Action, Actor, may
from storage.rules.request_states import Part, RequestState, following, may_follow, stuck
from storage.tables import request_transitions

Step = tuple[RequestState, RequestState]
Switches = dict[Part, tuple[bool, int]]  # whether it is open to that part, and the version


def parts_of(actor: Actor, request: VoterRequest) -> frozenset[Part]:
    """What ``actor`` is to ``request``."""
    held = {
        Part.DEPUTY: actor.person_id == request.deputy_id,
        Part.SECRETARY: may(actor, Action.ACCEPT_REQUESTS, request.branch_id),
        Part.REGIONAL: may(actor, Action.SET_REQUEST_STEPS, request.branch_id),
    }
    return frozenset(part for part, holds in held.items() if holds)


def demand_part(actor: Actor, request: VoterRequest) -> None:
    """Let only those change ``request`` who work on it: its deputy, and the secretaries above.

    A leader of a faction reads the requests of the branch and reassigns them. Raises NotAllowed.
    """
    if not parts_of(actor, request):
        raise NotAllowed(Action.WORK_ON_REQUESTS, request.branch_id)


def open_to(tx: Connection, actor: Actor, request: VoterRequest) -> tuple[RequestState, ...]:
    """The states to which ``actor`` may take ``request`` now, in the order of the rules."""
    table = request_transitions.c
    query = select(table.to_state).where(
        table.from_state == request.state.value,
        table.who.in_([part.value for part in parts_of(actor, request)]),
        table.allowed,
    )
    found = set(tx.execute(query).scalars())
    return tuple(state for state in following(request.state) if state.value in found)


def demand(tx: Connection, actor: Actor, request: VoterRequest, to_state: RequestState) -> None:
    """Let ``actor`` take ``request`` to ``to_state``.

    Raises NotPossible: state (it does not follow), who (it is open to others only).
    """
    if not may_follow(request.state, to_state):
        raise NotPossible("state")
    if to_state not in open_to(tx, actor, request):
        raise NotPossible("who")


def table_of(tx: Connection, actor: Actor, state: RequestState) -> dict[RequestState, Switches]:
    """The steps from ``state``, each with whom it is open to. Raises NotAllowed."""
    _demand_setter(actor)
    table = request_transitions.c
    query = select(table.to_state, table.who, table.allowed, table.version).where(
        table.from_state == state.value
    )
    found: dict[RequestState, Switches] = {after: {} for after in following(state)}
    for row in tx.execute(query):
        found[RequestState(row.to_state)][Part(row.who)] = (row.allowed, row.version)
    return {
        after: {part: switches[part] for part in Part if part in switches}
        for after, switches in found.items()
    }


def switch(
    tx: Connection,
    actor: Actor,
    step: Step,
    part: Part,
    version: int,
    now: datetime,
    *,
    allowed: bool,
) -> None:
    """Open ``step`` to ``part``, or close it.

    Raises NotAllowed, NotFound (no such switch), AlreadyChanged, NotPossible("stuck") when a
    request could not be closed any more.
    """
    _demand_setter(actor)
    before, after = step
    table = request_transitions.c
    of = (table.from_state == before.value, table.to_state == after.value, table.who == part.value)
    known = tx.execute(select(table.version).where(*of).with_for_update()).scalar_one_or_none()
    if known is None:
        raise NotFound("request_transition")
    if known != version:
        raise AlreadyChanged
    tx.execute(update(request_transitions).where(*of).values(allowed=allowed, version=version + 1))
    if not allowed and stuck(_open(tx)):
        raise NotPossible("stuck")
    audit.record(
        tx, actor, now, "switch_request_step",
        from_state=before.value, to_state=after.value, who=part.value, allowed=allowed,
    )  # fmt: skip


def _open(tx: Connection) -> set[Step]:
    table = request_transitions.c
    # Somebody may be closing the other way out at this moment: one of the two has to wait.
    query = select(table.from_state, table.to_state).where(table.allowed).with_for_update()
    return _steps((row.from_state, row.to_state) for row in tx.execute(query))


def _steps(rows: Iterable[tuple[str, str]]) -> set[Step]:
    return {(RequestState(before), RequestState(after)) for before, after in rows}


def _demand_setter(actor: Actor) -> None:
    if not may(actor, Action.SET_REQUEST_STEPS):
        raise NotAllowed(Action.SET_REQUEST_STEPS)
