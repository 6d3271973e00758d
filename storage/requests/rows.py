"""What every change of a voter's request writes: history lines, files, contact, search words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from storage.errors import NotPossible
from storage.privacy import index, words
from storage.privacy.rows import REQUEST_ATTACHMENT, REQUEST_HISTORY, VOTER_REQUEST
from storage.rules.access import Actor
from storage.rules.request_states import RequestState
from storage.tables import request_attachments, request_history, request_words, voter_requests

SUBJECT = "voter_request"  # in the audit
# In the history: nobody reads there who the voter is.
CLOSED_BY_VOTER, NOT_SOLVED = "closed_by_voter", "not_solved"
OF_THE_VOTER = frozenset({CLOSED_BY_VOTER, NOT_SOLVED})


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

    phone: str | None  # E.164
    name: str | None
    consent_version: str | None
    consent_at: datetime | None
    address: str | None = None
    iin: str | None = None
    consent_hash: str = ""  # SHA-256 of the wording that was shown
    consent_language: str = "kk"
    consent_channel: str = "oral"  # oral, paper, bot
    about: str | None = None  # whose matter it is, when the voter asks for somebody else


_HISTORY = insert(request_history)


# What says who the voter is; empty again when nobody needs to know any more.
CONTACT_COLUMNS = (
    "contact_phone",
    "contact_name",
    "contact_address",
    "contact_iin",
    "phone_hash",
    "iin_hash",
    "consent_version",
    "consent_at",
)


def contact_row(contact: Contact) -> dict[str, Any]:
    """The columns of a contact, not sealed yet.

    Raises NotPossible("no_consent") without the consent to it.
    """
    if contact.consent_version is None or contact.consent_at is None:
        raise NotPossible("no_consent")
    return {
        "contact_phone": contact.phone,
        "contact_name": contact.name,
        "contact_address": contact.address,
        "contact_iin": contact.iin,
        "phone_hash": index.hashed("phone", contact.phone) if contact.phone else None,
        "iin_hash": index.hashed("iin", contact.iin) if contact.iin else None,
        "consent_version": contact.consent_version,
        "consent_at": contact.consent_at,
    }


def contact_of(row: Mapping[str, Any]) -> Contact:
    """The contact in the columns of a row that is opened already."""
    return Contact(
        row["contact_phone"],
        row["contact_name"],
        row["consent_version"],
        row["consent_at"],
        row["contact_address"],
        row["contact_iin"],
    )


def kept_contact(tx: Connection, request_id: int) -> dict[str, Any]:
    """The columns of a request's contact, opened; all None where nothing is kept."""
    names = ("number", *CONTACT_COLUMNS)
    query = select(*(voter_requests.c[name] for name in names))
    row = tx.execute(query.where(voter_requests.c.id == request_id)).mappings().one()
    return VOTER_REQUEST.unseal(row)


def name_of(tx: Connection, request_id: int) -> str | None:
    """The voter's name, for the words by which the request is found."""
    name: str | None = kept_contact(tx, request_id)["contact_name"]
    return name


def remember(
    tx: Connection,
    actor: Actor,
    request_id: int,
    now: datetime,
    kind: str,
    from_state: RequestState | None = None,
    to_state: RequestState | None = None,
    text: str | None = None,
    *,
    public: bool = False,
) -> None:
    """Add a line to the history; its text is sealed. ``public``: the voter may read it."""
    row = {
        "request_id": request_id,
        "at": now,
        "person_id": actor.person_id,
        "kind": kind,
        "from_state": from_state and from_state.value,
        "to_state": to_state and to_state.value,
        "text": text,
        "public": public,
    }
    tx.execute(_HISTORY, REQUEST_HISTORY.seal(row))


def keep_files(
    tx: Connection, request_id: int, files: Sequence[RequestFile], now: datetime
) -> None:
    """Keep where Telegram holds the files of a request."""
    if files:
        tx.execute(
            insert(request_attachments),
            [
                REQUEST_ATTACHMENT.seal(
                    {
                        "request_id": request_id,
                        "kind": file.kind,
                        "file_id": file.file_id,
                        "name": file.name,
                        "size": file.size,
                        "added_at": now,
                    }
                )
                for file in files
            ],
        )


def index_words(
    tx: Connection,
    request_id: int,
    text: str,
    place: str | None,
    name: str | None,
    *,
    fresh: bool = False,
) -> None:
    """Write anew by which words a request is found: of its text and place, and of the name.

    ``fresh``: it was found by none before.
    """
    numbers = words.hashes(f"{text} {place or ''}") | words.hashes(name or "", words.NAME)
    write = words.add if fresh else words.write
    write(tx, request_words, "request_id", request_id, numbers)
