"""A request with two matters: the second one gets a number and a life of its own."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import audit, branches, outbox, working_days
from storage.errors import NotPossible
from storage.requests import categories as kept_categories
from storage.requests import reminding, transitions
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.registering import enter
from storage.requests.rows import SUBJECT, remember
from storage.requests.versions import check_version, write
from storage.rules import categories
from storage.rules.access import Actor
from storage.rules.categories import Category

TEXT_LIMIT = 4096  # characters


def split(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    text: str,
    now: datetime,
    zone: ZoneInfo,
) -> VoterRequest:
    """Register the matter ``text`` of a request as one of its own; return that.

    It has the same deputy, place, form and channel; the contact stays with the first one, for the
    voter agreed to its being kept there. The deadline counts from the day of the first one. Raises
    NotFound, AlreadyChanged, NotPossible: merged, state (it has an outcome), no_text, too_long.
    """
    request = get(tx, actor, request_id)
    transitions.demand_part(actor, request)
    check_version(tx, request, version)
    _check(request, text)
    write(tx, request, {})
    subject = categories.propose(text) or Category.OTHER
    category = kept_categories.open_one(tx, subject)
    calendar = working_days.load(tx)
    received = request.registered_at.astimezone(zone).date()
    values = {
        "text": text,
        "category": category.code,
        "place": request.place,
        "settlement_id": request.settlement_id,
        "deputy_id": request.deputy_id,
        "due_on": calendar.add(received, category.target_days),
        "kind": request.kind,
        "channel": request.channel,
        "split_from": request.id,
    }
    branch = branches.get(tx, request.branch_id)
    made = enter(tx, actor, branch, now.astimezone(zone).year, values, now)
    new_id = int(made["id"])
    reminding.first(tx, new_id, request.deputy_id, made["due_on"], now, zone, calendar)
    remember(tx, actor, request.id, now, "split", text=made["number"])
    remember(tx, actor, new_id, now, "split_from", text=request.number)
    audit.record(tx, actor, now, "split_request", SUBJECT, request.id, into=new_id)
    receipt = {"request_id": new_id}
    key = f"request_receipt:{new_id}"
    outbox.put(tx, key, "request_receipt", request.deputy_id, receipt, now)
    return get(tx, actor, new_id)


def _check(request: VoterRequest, text: str) -> None:
    if request.merged_into is not None:
        raise NotPossible("merged")
    if request.settled:
        raise NotPossible("state")
    if not any(letter.isalnum() for letter in text):
        raise NotPossible("no_text")
    if len(text) > TEXT_LIMIT:
        raise NotPossible("too_long")
