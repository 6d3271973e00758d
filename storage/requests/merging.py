"""Requests about one matter: the later ones are merged into the main one, and parted again.

What was merged keeps its number, words, files and contact; its voter sees how the main one stands.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, literal, select, update

from storage import audit, outbox
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.requests import consents, deputies, following, reminding, transitions
from storage.requests.queries import request_query
from storage.requests.reading import get, visible
from storage.requests.record import VoterRequest, from_row
from storage.requests.rows import CONTACT_COLUMNS, SUBJECT, index_words, remember
from storage.requests.versions import check_version, write
from storage.rules.access import Action, Actor, may
from storage.rules.request_states import RequestState
from storage.tables import request_watchers, voter_requests

MERGED, PARTED = "request_merged", "request_parted"  # of the outbox


def numbered(tx: Connection, actor: Actor, request: VoterRequest, typed: str) -> VoterRequest:
    """The request that ``typed`` names: its number, or the counter alone, in the same branch.

    Raises NotFound.
    """
    c = voter_requests.c
    said = typed.strip().removeprefix("№").strip()
    named = c.number == said.upper()
    if said.isdecimal() and len(said) < 10:  # a counter fits the column
        named = (c.counter == int(said)) & (c.branch_id == request.branch_id)
    query = request_query().where(named, visible(actor)).order_by(c.year.desc()).limit(1)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound("voter_request")
    return from_row(row)


def pair(
    tx: Connection, actor: Actor, request_id: int, into_id: int
) -> tuple[VoterRequest, VoterRequest]:
    """The two that would be merged. Raises as ``merge``, but for AlreadyChanged."""
    request, main = get(tx, actor, request_id), get(tx, actor, into_id)
    for one in (request, main):
        transitions.demand_part(actor, one)
    if request.id == main.id:
        raise NotPossible("itself")
    if request.branch_id != main.branch_id:
        raise NotPossible("branch")
    if request.merged_into is not None or main.merged_into is not None:
        raise NotPossible("merged")
    if request.settled or main.settled:
        raise NotPossible("state")
    return request, main


def merge(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    into_id: int,
    into_version: int,
    now: datetime,
) -> VoterRequest:
    """Let a request go on with the main one ``into_id``, with all that was merged into it before.

    Its deputy and its followers are told. Returns the main one. Raises NotFound, AlreadyChanged,
    NotPossible: itself, branch, merged (one of them is already), state (one has an outcome).
    """
    request, main = pair(tx, actor, request_id, into_id)
    check_version(tx, request, version)
    check_version(tx, main, into_version)
    values = {
        "merged_into": main.id,
        "merged_from": request.deputy_id,
        "deputy_id": main.deputy_id,
        "handed_from": None,
    }
    # Always the lower id first: two who merge the same two crosswise do not wait for each other.
    for one, changed in sorted(((request, values), (main, {})), key=lambda pair: pair[0].id):
        write(tx, one, changed)
    moved = voter_requests.c.merged_into == request.id
    tx.execute(update(voter_requests).where(moved).values(merged_into=main.id))
    reminding.void(tx, request.id)
    _watch(tx, request.id, main.id)
    deputies.note_past(tx, request.id, request.deputy_id, main.deputy_id, now)
    remember(tx, actor, request.id, now, "merged", text=main.number)
    remember(tx, actor, main.id, now, "merged_here", text=request.number)
    audit.record(tx, actor, now, "merge_request", SUBJECT, request.id, into=main.id)
    following.tell(tx, request.id, f"merged:{version + 1}", now)
    concerned = {request.deputy_id, main.deputy_id} - {actor.person_id}
    _tell(tx, MERGED, actor, request, main, sorted(concerned), now)
    return get(tx, actor, main.id)


def part(
    tx: Connection, actor: Actor, request_id: int, version: int, now: datetime, today: date
) -> VoterRequest:
    """Undo a merging: the request goes on by itself, with its former deputy if there is a mandate.

    Raises NotFound, AlreadyChanged, NotAllowed for who arranges no requests there, NotPossible:
    apart (it is merged into none), state (the main one is closed, contacts are erased).
    """
    request = get(tx, actor, request_id)
    check_version(tx, request, version)
    if not may(actor, Action.ARRANGE_REQUESTS, request.branch_id):
        raise NotAllowed(Action.ARRANGE_REQUESTS, request.branch_id)
    if request.merged_into is None:
        raise NotPossible("apart")
    main = get(tx, actor, request.merged_into)
    if main.state is RequestState.CLOSED:
        raise NotPossible("state")
    back = _deputy(tx, request, today)
    values: dict[str, Any] = {"merged_into": None, "merged_from": None, "deputy_id": back}
    if request.settled:  # it was closed with the main one, which was taken up again
        values |= {"state": RequestState.IN_PROGRESS.value, "closed_at": None}
    write(tx, replace(request, merged_into=None), values)
    reminding.plan(tx, request.id, now)
    deputies.note_past(tx, request.id, request.deputy_id, back, now)
    remember(tx, actor, request.id, now, "parted", text=main.number)
    remember(tx, actor, main.id, now, "parted_from", text=request.number)
    audit.record(tx, actor, now, "part_request", SUBJECT, request.id, main=main.id)
    following.tell(tx, request.id, f"parted:{version + 1}", now)
    _tell(tx, PARTED, actor, request, main, sorted({back} - {actor.person_id}), now)
    return get(tx, actor, request.id)


def close_with(tx: Connection, actor: Actor, main_id: int, now: datetime) -> None:
    """The main request is closed for good: so are those merged into it, their contacts erased."""
    closed = RequestState.CLOSED.value
    query = request_query().where(
        voter_requests.c.merged_into == main_id, voter_requests.c.state != closed
    )
    for one in [from_row(row) for row in tx.execute(query).mappings()]:
        tx.execute(
            update(voter_requests)
            .where(voter_requests.c.id == one.id)
            .values(
                state=closed,
                closed_at=now,
                version=one.version + 1,
                **dict.fromkeys(CONTACT_COLUMNS),
            )
        )
        index_words(tx, one.id, one.text, one.place, None)
        consents.forget_about(tx, one.id)
        remember(tx, actor, one.id, now, "state", one.state, RequestState.CLOSED)


def _deputy(tx: Connection, request: VoterRequest, today: date) -> int:
    """Whose it was before, or who has the main one where that mandate has ended."""
    c = voter_requests.c
    before = tx.execute(select(c.merged_from).where(c.id == request.id)).scalar_one()
    back = before is not None and deputies.in_office(tx, before, request.branch_id, today)
    return int(before) if back else request.deputy_id


def _watch(tx: Connection, request_id: int, main_id: int) -> None:
    """Who watches a request watches what it goes on with."""
    c = request_watchers.c
    there = select(c.person_id).where(c.request_id == main_id)
    also = select(literal(main_id), c.person_id).where(
        c.request_id == request_id, c.person_id.not_in(there)
    )
    tx.execute(insert(request_watchers).from_select(["request_id", "person_id"], also))


def _tell(
    tx: Connection,
    kind: str,
    actor: Actor,
    request: VoterRequest,
    main: VoterRequest,
    to: list[int],
    now: datetime,
) -> None:
    params = {
        "request_id": main.id if kind == MERGED else request.id,
        "number": request.number,
        "main": main.number,
        "by": actor.person_id,
    }
    messages = [
        outbox.Message(f"{kind}:{request.id}:{request.version + 1}:{one}", kind, one, params)
        for one in to
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
