"""What happens to a voter's request after its registration."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from storage import audit, outbox
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.request_reading import VoterRequest, get
from storage.request_rows import (
    CONTACT_COLUMNS,
    SUBJECT,
    Contact,
    RequestFile,
    contact_row,
    folded,
    keep_files,
    remember,
)
from storage.rules.access import Actor
from storage.rules.categories import Category
from storage.rules.request_states import SETTLED, RequestState, may_follow
from storage.tables import people, request_history, voter_requests


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

    Raises NotFound, AlreadyChanged for another version, NotPossible("state") for a state that
    does not follow.
    """
    request = get(tx, actor, request_id)
    _check_version(tx, request, version)
    if not may_follow(request.state, to_state):
        raise NotPossible("state")
    settled = to_state in SETTLED
    closed_at = (request.closed_at or now) if settled else None
    values: dict[str, Any] = {"state": to_state.value, "closed_at": closed_at}
    if to_state is RequestState.CLOSED:
        # The voter agreed that name and phone are kept until then, and no longer.
        values |= dict.fromkeys(CONTACT_COLUMNS)
    _update(tx, request, values)
    remember(tx, actor, request_id, now, "state", request.state, to_state, comment)
    audit.record(
        tx, actor, now, "change_request_state", SUBJECT, request_id,
        from_state=request.state.value, to_state=to_state.value,
    )  # fmt: skip
    if actor.person_id != request.deputy_id:
        outbox.put(
            tx,
            f"request_changed:{request_id}:{version + 1}",
            "request_changed",
            request.deputy_id,
            {"request_id": request_id, "by": actor.person_id, "to_state": to_state.value},
            now,
            priority=outbox.Priority.NOTICE,
        )
    return get(tx, actor, request_id)


def comment(
    tx: Connection, actor: Actor, request_id: int, text: str, now: datetime
) -> VoterRequest:
    """Add a comment to the history. Raises NotFound."""
    request = get(tx, actor, request_id)
    remember(tx, actor, request_id, now, "comment", text=text)
    audit.record(tx, actor, now, "comment_request", SUBJECT, request_id)
    return request


def attach(
    tx: Connection, actor: Actor, request_id: int, files: Sequence[RequestFile], now: datetime
) -> VoterRequest:
    """Add files to a request. Raises NotFound."""
    get(tx, actor, request_id)
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
    """Add words (as a comment, where there are any) and files. Raises NotFound."""
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
    category: Category | None = None,
    place: str | None = None,
) -> VoterRequest:
    """Correct the category or the place (None: as it was). Raises NotFound, AlreadyChanged."""
    request = get(tx, actor, request_id)
    _check_version(tx, request, version)
    place = place if place is not None else request.place
    _update(
        tx,
        request,
        {
            "category": (category or request.category),
            "place": place,
            "folded": folded(request.number, request.text, place),
        },
    )
    remember(tx, actor, request_id, now, "completed")
    what = "category" if category else "place"
    audit.record(tx, actor, now, "complete_request", SUBJECT, request_id, field=what)
    return get(tx, actor, request_id)


def set_contact(
    tx: Connection, actor: Actor, request_id: int, version: int, contact: Contact, now: datetime
) -> VoterRequest:
    """Keep whom to answer, with the consent. Raises NotFound, AlreadyChanged, NotPossible."""
    request = get(tx, actor, request_id)
    _check_version(tx, request, version)
    _update(tx, request, contact_row(contact))
    remember(tx, actor, request_id, now, "completed")
    audit.record(
        tx, actor, now, "set_request_contact", SUBJECT, request_id, consent=contact.consent_version
    )
    return get(tx, actor, request_id)


def open_contact(tx: Connection, actor: Actor, request_id: int, now: datetime) -> Contact:
    """The contact in full; that it was opened is recorded. Raises NotFound."""
    get(tx, actor, request_id)
    row = tx.execute(
        select(
            voter_requests.c.contact_phone,
            voter_requests.c.contact_name,
            voter_requests.c.consent_version,
            voter_requests.c.consent_at,
        ).where(voter_requests.c.id == request_id)
    ).one()
    if row.contact_phone is None:
        raise NotFound("contact")
    audit.record(tx, actor, now, "open_contact", SUBJECT, request_id)
    return Contact(*row)


def open_text(tx: Connection, actor: Actor, request_id: int, now: datetime) -> VoterRequest:
    """The request to be shown with its whole text, which may hold personal data: recorded."""
    request = get(tx, actor, request_id)
    audit.record(tx, actor, now, "open_request_text", SUBJECT, request_id)
    return request


def _update(tx: Connection, request: VoterRequest, values: dict[str, Any]) -> None:
    changed = tx.execute(
        update(voter_requests)
        .where(voter_requests.c.id == request.id, voter_requests.c.version == request.version)
        .values(version=request.version + 1, **values)
    )
    if changed.rowcount == 0:
        raise _overtaken(tx, request.id)


def _check_version(tx: Connection, request: VoterRequest, version: int) -> None:
    if request.version != version:
        raise _overtaken(tx, request.id)


def _overtaken(tx: Connection, request_id: int) -> AlreadyChanged:
    last = tx.execute(
        select(people.c.name, request_history.c.at)
        .join(people, people.c.id == request_history.c.person_id)
        .where(
            request_history.c.request_id == request_id,
            request_history.c.kind.in_(("state", "completed")),
        )
        .order_by(request_history.c.id.desc())
        .limit(1)
    ).first()
    return AlreadyChanged(last.name, last.at) if last else AlreadyChanged()
