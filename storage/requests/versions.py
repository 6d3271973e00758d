"""Changing a request only as it was shown: of two at once the second learns who was first."""

from typing import Any

from sqlalchemy import Connection, select, update

from storage.errors import AlreadyChanged, NotPossible
from storage.privacy.rows import VOTER_REQUEST
from storage.requests.record import VoterRequest
from storage.requests.rows import CLOSED_BY_VOTER
from storage.tables import people, request_history, voter_requests

# What a request that was merged has from the main one: it goes on with that.
_OF_THE_MAIN = frozenset({"state", "deputy_id", "handed_from", "due_on"})
# The lines of the history that say who has changed what a reader has before the eyes.
_CHANGES = (
    "state",
    "completed",
    "handed",
    "taken",
    "given_back",
    "merged",
    "merged_here",
    "parted",
    "split",
    "sent_on",
    "body_noted",
    "paused",
    "resumed",
    "extension_asked",
    "extension_approved",
    "extension_refused",
    CLOSED_BY_VOTER,
)


def write(tx: Connection, request: VoterRequest, values: dict[str, Any]) -> None:
    """Set ``values`` (not sealed yet) where the request is still as it was read.

    Those that were merged into it change the deputy with it. Raises AlreadyChanged with who was
    first, NotPossible("merged") for what only the main one can do.
    """
    if request.merged_into is not None and not _OF_THE_MAIN.isdisjoint(values):
        raise NotPossible("merged")
    changed = tx.execute(
        update(voter_requests)
        .where(voter_requests.c.id == request.id, voter_requests.c.version == request.version)
        .values(version=request.version + 1, **VOTER_REQUEST.seal_some(request.number, values))
    )
    if changed.rowcount == 0:
        raise _overtaken(tx, request.id)
    if "deputy_id" in values:
        tx.execute(
            update(voter_requests)
            .where(voter_requests.c.merged_into == request.id)
            .values(deputy_id=values["deputy_id"])
        )


def check_version(tx: Connection, request: VoterRequest, version: int) -> None:
    """Raise AlreadyChanged when ``version`` is not the one the request has now."""
    if request.version != version:
        raise _overtaken(tx, request.id)


def _overtaken(tx: Connection, request_id: int) -> AlreadyChanged:
    last = tx.execute(
        select(people.c.name, request_history.c.at, request_history.c.kind)
        .join(people, people.c.id == request_history.c.person_id)
        .where(
            request_history.c.request_id == request_id,
            request_history.c.kind.in_(_CHANGES),
        )
        .order_by(request_history.c.id.desc())
        .limit(1)
    ).first()
    named = last is not None and last.kind != CLOSED_BY_VOTER
    return AlreadyChanged(last.name, last.at) if last and named else AlreadyChanged()
