"""What every change of a voter's request writes: history lines, files, contact, search words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from storage.errors import NotPossible
from storage.rules.access import Actor
from storage.rules.folding import fold
from storage.rules.request_states import RequestState
from storage.tables import request_attachments, request_history

SUBJECT = "voter_request"  # in the audit


@dataclass(frozen=True)
class RequestFile:
    """A file that came with a request; only Telegram's id is kept, never the content."""

    kind: str  # photo, document, voice, video, location
    file_id: str  # of a location: "latitude,longitude"
    name: str | None = None
    size: int | None = None  # bytes


@dataclass(frozen=True)
class Contact:
    """Whom to answer; kept only with the wording that was agreed to and the moment of it."""

    phone: str  # E.164
    name: str | None
    consent_version: str | None
    consent_at: datetime | None


_HISTORY = insert(request_history)


CONTACT_COLUMNS = ("contact_phone", "contact_name", "consent_version", "consent_at")


def contact_row(contact: Contact) -> dict[str, Any]:
    """The columns of a contact. Raises NotPossible("no_consent") without the consent to it."""
    if contact.consent_version is None or contact.consent_at is None:
        raise NotPossible("no_consent")
    return {
        "contact_phone": contact.phone,
        "contact_name": contact.name,
        "consent_version": contact.consent_version,
        "consent_at": contact.consent_at,
    }


def remember(
    tx: Connection,
    actor: Actor,
    request_id: int,
    now: datetime,
    kind: str,
    from_state: RequestState | None = None,
    to_state: RequestState | None = None,
    text: str | None = None,
) -> None:
    """Add a line to the history."""
    tx.execute(
        _HISTORY,
        {
            "request_id": request_id,
            "at": now,
            "person_id": actor.person_id,
            "kind": kind,
            "from_state": from_state and from_state.value,
            "to_state": to_state and to_state.value,
            "text": text,
        },
    )


def keep_files(
    tx: Connection, request_id: int, files: Sequence[RequestFile], now: datetime
) -> None:
    """Keep where Telegram holds the files of a request."""
    if files:
        tx.execute(
            insert(request_attachments),
            [
                {
                    "request_id": request_id,
                    "kind": file.kind,
                    "file_id": file.file_id,
                    "name": file.name,
                    "size": file.size,
                    "added_at": now,
                }
                for file in files
            ],
        )


def folded(number: str, text: str, place: str | None) -> str:
    """What the search reads of a request."""
    return fold(f"{number} {text} {place or ''}")
