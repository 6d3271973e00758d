"""Registering a voter's request: its number, its deadline, and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, insert

from storage import audit, branches, outbox, working_days
from storage.errors import NotAllowed, NotPossible
from storage.privacy.rows import VOTER_REQUEST
from storage.requests import (
    categories,
    codes,
    consents,
    numbers,
    reminding,
    settlements,
    sources,
)
from storage.requests.reading import by_token
from storage.requests.record import VoterRequest, from_row
from storage.requests.rows import (
    SUBJECT,
    Contact,
    RequestFile,
    contact_row,
    index_words,
    keep_files,
    remember,
)
from storage.rules.access import Action, Actor, may, scope
from storage.rules.request_kinds import Channel, Kind
from storage.rules.request_states import RequestState
from storage.tables import voter_requests

_INSERT = insert(voter_requests).returning(*voter_requests.c)


@dataclass(frozen=True)
class RequestDraft:
    """What is known of a request when it is registered. ``token`` makes a second tap harmless."""

    text: str
    category: str  # the code of one
    branch_id: int | None = None  # None: the only branch in which the actor logs requests
    place: str | None = None
    contact: Contact | None = None
    files: tuple[RequestFile, ...] = ()
    token: str | None = None
    kind: Kind = Kind.APPLICATION
    channel: Channel = Channel.RECEPTION
    settlement_id: int | None = None  # picked; None: what ``place`` names, if it names one
    sources: tuple[int, ...] = ()  # what it was made from, see ``storage.requests.sources``


def log_branches(tx: Connection, actor: Actor) -> list[branches.Branch]:
    """The branches in which ``actor`` may log requests; one of them needs no question."""
    return branches.within(tx, actor, Action.LOG_REQUESTS)


def register(
    tx: Connection, actor: Actor, draft: RequestDraft, now: datetime, zone: ZoneInfo
) -> VoterRequest:
    """Register a draft: number, deadline by its category, history, audit and the receipt.

    The number's year and the deadline's first day are those of ``zone``. A draft whose token was
    registered already gives that request again; a category that was closed meanwhile gives way
    to an open one. Raises NotAllowed, NotFound("request_category"), NotPossible("no_text"),
    NotPossible("no_consent"), NotPossible("branch_unclear").
    """
    known = by_token(tx, actor, draft.token) if draft.token else None
    if known is not None:
        return known
    if not draft.text and not draft.files:
        raise NotPossible("no_text")
    branch = branches.get(tx, _branch_of(actor, draft.branch_id))
    category = categories.open_one(tx, draft.category)
    settlement = settlements.chosen(tx, branch.id, draft.settlement_id, draft.place)
    calendar = working_days.load(tx)
    day = now.astimezone(zone).date()
    values = {
        "text": draft.text,
        "category": category.code,
        "place": draft.place,
        "settlement_id": settlement.id if settlement else None,
        "deputy_id": actor.person_id,
        "due_on": calendar.add(day, category.target_days),
        "draft_token": draft.token,
        "kind": draft.kind.value,
        "channel": draft.channel.value,
        **(contact_row(draft.contact) if draft.contact else {}),
    }
    written = enter(tx, actor, branch, day.year, values, now)
    request_id = int(written["id"])
    keep_files(tx, request_id, draft.files, now)
    if draft.contact:
        consents.keep(tx, actor, request_id, draft.contact, now)
    sources.keep(tx, request_id, draft.sources)
    reminding.first(tx, request_id, actor.person_id, written["due_on"], now, zone, calendar)
    audit.record(tx, actor, now, "register_request", SUBJECT, request_id, branch=branch.code)
    outbox.put(
        tx,
        f"request_receipt:{request_id}",
        "request_receipt",
        actor.person_id,
        {"request_id": request_id},
        now,
    )
    return from_row(
        {
            **written,
            "category_kk": category.name_kk,
            "category_ru": category.name_ru,
            "settlement_kk": settlement.name_kk if settlement else None,
            "settlement_ru": settlement.name_ru if settlement else None,
            "branch_kk": branch.name_kk,
            "branch_ru": branch.name_ru,
            "deputy_name": actor.name,
            "attachments": len(draft.files),
        }
    )


def enter(
    tx: Connection,
    actor: Actor,
    branch: branches.Branch,
    year: int,
    values: Mapping[str, Any],
    now: datetime,
) -> RowMapping:
    """Write a new request with the next number of ``branch`` in the (local) ``year``.

    ``values`` are its other columns, not sealed yet. Returns the row as it is kept, sealed.
    """
    counter = numbers.take(tx, branch.id, year)
    number = numbers.written(branch.code, year, counter)
    row = {
        "number": number,
        "branch_id": branch.id,
        "year": year,
        "counter": counter,
        "state": RequestState.REGISTERED.value,
        "registered_at": now,
        "code_hash": codes.hashed(codes.of(number, 0)),
        **values,
    }
    written = tx.execute(_INSERT, VOTER_REQUEST.seal(row)).mappings().one()
    request_id = int(written["id"])
    name = values.get("contact_name")
    index_words(tx, request_id, values["text"], values["place"], name, fresh=True)
    remember(tx, actor, request_id, now, "registered", to_state=RequestState.REGISTERED)
    return written


def _branch_of(actor: Actor, branch_id: int | None) -> int:
    reach = scope(actor, Action.LOG_REQUESTS)
    if branch_id is None:
        if reach is None or len(reach) > 1:
            raise NotPossible("branch_unclear")
        branch_id = next(iter(reach), None)
    if branch_id is None or not may(actor, Action.LOG_REQUESTS, branch_id):
        raise NotAllowed(Action.LOG_REQUESTS, branch_id)
    return branch_id
