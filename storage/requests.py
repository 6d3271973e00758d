"""Voters' requests: the one door to them; registering stands here itself."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from storage import audit, branches, outbox, request_numbers, working_days
from storage.errors import NotAllowed, NotPossible
from storage.request_changes import (
    add,
    attach,
    change_state,
    comment,
    complete,
    open_contact,
    open_text,
    set_contact,
)
from storage.request_reading import (
    Counts,
    HistoryLine,
    VoterRequest,
    by_token,
    counts,
    files,
    for_notice,
    get,
    history,
    last_comment,
    latest_open,
    listing,
)
from storage.request_rows import (
    SUBJECT,
    Contact,
    RequestFile,
    contact_row,
    folded,
    keep_files,
    remember,
)
from storage.rules.access import Action, Actor, may, scope
from storage.rules.categories import Category
from storage.rules.request_states import RequestState
from storage.tables import voter_requests

__all__ = [
    "Contact",
    "Counts",
    "HistoryLine",
    "RequestDraft",
    "RequestFile",
    "VoterRequest",
    "add",
    "attach",
    "by_token",
    "change_state",
    "comment",
    "complete",
    "counts",
    "files",
    "for_notice",
    "get",
    "history",
    "last_comment",
    "latest_open",
    "listing",
    "log_branches",
    "open_contact",
    "open_text",
    "register",
    "set_contact",
]

_INSERT = insert(voter_requests).returning(voter_requests.c.id)

WORKING_DAYS = 15  # domain.md 1.1: the main term, which the branch takes over for its own stage


@dataclass(frozen=True)
class RequestDraft:
    """What is known of a request when it is registered. ``token`` makes a second tap harmless."""

    text: str
    category: Category
    branch_id: int | None = None  # None: the only branch in which the actor logs requests
    place: str | None = None
    contact: Contact | None = None
    files: tuple[RequestFile, ...] = ()
    token: str | None = None


def log_branches(tx: Connection, actor: Actor) -> list[branches.Branch]:
    """The branches in which ``actor`` may log requests; one of them needs no question."""
    reach = scope(actor, Action.LOG_REQUESTS)
    return [branch for branch in branches.every(tx) if reach is None or branch.id in reach]


def register(
    tx: Connection, actor: Actor, draft: RequestDraft, now: datetime, zone: ZoneInfo
) -> VoterRequest:
    """Register a draft: number, deadline of 15 working days, history, audit and the receipt.

    The number's year and the deadline's first day are those of ``zone``. A draft whose token was
    registered already gives that request again. Raises NotAllowed, NotPossible("no_text"),
    NotPossible("no_consent"), NotPossible("branch_unclear").
    """
    known = by_token(tx, actor, draft.token) if draft.token else None
    if known is not None:
        return known
    if not draft.text and not draft.files:
        raise NotPossible("no_text")
    branch = branches.get(tx, _branch_of(actor, draft.branch_id))
    day = now.astimezone(zone).date()
    counter = request_numbers.take(tx, branch.id, day.year)
    number = request_numbers.written(branch.code, day.year, counter)
    row = {
        "number": number,
        "branch_id": branch.id,
        "year": day.year,
        "counter": counter,
        "text": draft.text,
        "category": draft.category.value,
        "place": draft.place,
        "state": RequestState.REGISTERED.value,
        "deputy_id": actor.person_id,
        "registered_at": now,
        "due_on": working_days.load(tx).add(day, WORKING_DAYS),
        "folded": folded(number, draft.text, draft.place),
        "draft_token": draft.token,
        **(contact_row(draft.contact) if draft.contact else {}),
    }
    request_id = int(tx.execute(_INSERT, row).scalar_one())
    remember(tx, actor, request_id, now, "registered", to_state=RequestState.REGISTERED)
    keep_files(tx, request_id, draft.files, now)
    audit.record(tx, actor, now, "register_request", SUBJECT, request_id, branch=branch.code)
    outbox.put(
        tx,
        f"request_receipt:{request_id}",
        "request_receipt",
        actor.person_id,
        {"request_id": request_id},
        now,
    )
    registered = for_notice(tx, request_id, actor.person_id)
    assert registered is not None, "it has just been written"  # noqa: S101
    return registered


def _branch_of(actor: Actor, branch_id: int | None) -> int:
    reach = scope(actor, Action.LOG_REQUESTS)
    if branch_id is None:
        if reach is None or len(reach) > 1:
            raise NotPossible("branch_unclear")
        branch_id = next(iter(reach), None)
    if branch_id is None or not may(actor, Action.LOG_REQUESTS, branch_id):
        raise NotAllowed(Action.LOG_REQUESTS, branch_id)
    return branch_id
