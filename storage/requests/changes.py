"""What is added to a voter's request, or put right in it, after its registration."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage import audit
from storage.errors import NotFound, NotPossible
from storage.requests import categories, consents, settlements, transitions
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import (
    SUBJECT,
    Contact,
    RequestFile,
    contact_of,
    contact_row,
    index_words,
    keep_files,
    kept_contact,
    name_of,
    remember,
)
from storage.requests.versions import check_version, write
from storage.rules.access import Actor


def comment(
    tx: Connection, actor: Actor, request_id: int, text: str, now: datetime
) -> VoterRequest:
    """Add a comment to the history. Raises NotFound."""
    request = _worked_on(tx, actor, request_id)
    remember(tx, actor, request_id, now, "comment", text=text)
    audit.record(tx, actor, now, "comment_request", SUBJECT, request_id)
    return request


def attach(
    tx: Connection, actor: Actor, request_id: int, files: Sequence[RequestFile], now: datetime
) -> VoterRequest:
    """Add files to a request. Raises NotFound, NotPossible("closed")."""
    _changed(tx, actor, request_id)
    keep_files(tx, request_id, files, now)
    remember(tx, actor, request_id, now, "attachment")
    audit.record(tx, actor, now, "attach_to_request", SUBJECT, request_id, files=len(files))
    return get(tx, actor, request_id)


def add(
    tx: Connection,
    actor: Actor,
    request_id: int,
    text: str,
    files: Sequence[RequestFile],
    now: datetime,
) -> VoterRequest:
    """Add words (as a comment, where there are any) and files. Raises as ``attach``."""
    if text:
        comment(tx, actor, request_id, text, now)
    if files:
        attach(tx, actor, request_id, files, now)
    return get(tx, actor, request_id)


def complete(
    tx: Connection,
    actor: Actor,
    request_id: int,
    version: int,
    now: datetime,
    *,
    category: str | None = None,
    place: str | None = None,
    settlement_id: int | None = None,
) -> VoterRequest:
    """Correct the category or the place (None: as it was). Raises NotFound, AlreadyChanged.

    ``settlement_id`` is one that was picked with the ``place``; without it the place is asked.
    NotPossible: closed (the request), category (one that is closed).
    """
    request = _changed(tx, actor, request_id)
    check_version(tx, request, version)
    if category is not None and not categories.get(tx, category).active:
        raise NotPossible("category")
    values: dict[str, Any] = {"category": category or request.category}
    if place is None:
        place = request.place
    else:
        found = settlements.chosen(tx, request.branch_id, settlement_id, place)
        values |= {"place": place, "settlement_id": found.id if found else None}
    write(tx, request, values)
    index_words(tx, request_id, request.text, place, name_of(tx, request_id))
    remember(tx, actor, request_id, now, "completed")
    what = "category" if category else "place"
    audit.record(tx, actor, now, "complete_request", SUBJECT, request_id, field=what)
    return get(tx, actor, request_id)


def set_contact(
    tx: Connection, actor: Actor, request_id: int, version: int, contact: Contact, now: datetime
) -> VoterRequest:
    """Keep whom to answer, with the consent. Raises NotFound, AlreadyChanged, NotPossible."""
    request = _changed(tx, actor, request_id)
    check_version(tx, request, version)
    write(tx, request, contact_row(contact))
    consents.keep(tx, actor, request_id, contact, now)
    index_words(tx, request_id, request.text, request.place, contact.name)
    remember(tx, actor, request_id, now, "completed")
    audit.record(
        tx, actor, now, "set_request_contact", SUBJECT, request_id, consent=contact.consent_version
    )
    return get(tx, actor, request_id)


def open_contact(tx: Connection, actor: Actor, request_id: int, now: datetime) -> Contact:
    """The contact in full; that it was opened is recorded. Raises NotFound."""
    get(tx, actor, request_id)
    row = kept_contact(tx, request_id)
    if row["consent_version"] is None:
        raise NotFound("contact")
    audit.record(tx, actor, now, "open_contact", SUBJECT, request_id)
    return replace(contact_of(row), about=consents.about(tx, request_id))


def open_text(tx: Connection, actor: Actor, request_id: int, now: datetime) -> VoterRequest:
    """The request to be shown with its whole text, which may hold personal data: recorded."""
    request = get(tx, actor, request_id)
    audit.record(tx, actor, now, "open_request_text", SUBJECT, request_id)
    return request


def _changed(tx: Connection, actor: Actor, request_id: int) -> VoterRequest:
    """As ``_worked_on``, for what a closed request has no more: it is read, and written about."""
    request = _worked_on(tx, actor, request_id)
    if request.done:
        raise NotPossible("closed")
    return request


def _worked_on(tx: Connection, actor: Actor, request_id: int) -> VoterRequest:
    request = get(tx, actor, request_id)
    transitions.demand_part(actor, request)
    return request
