"""What a voter agreed to, and that the consent was taken back."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage import audit
from storage.errors import NotPossible
from storage.privacy.rows import REQUEST_HISTORY
from storage.requests import transitions
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.requests.rows import CONTACT_COLUMNS, SUBJECT, Contact, index_words, remember
from storage.requests.versions import check_version, write
from storage.rules.access import Actor
from storage.tables import request_consents, request_history

ABOUT = "about"  # the kind of that line of the history


def keep(tx: Connection, actor: Actor, request_id: int, contact: Contact, now: datetime) -> None:
    """Note the consent to keep ``contact``: its wording, language and channel, who took it.

    For whom the voter asks stands in the history; the consent is the voter's own.
    """
    row = {
        "request_id": request_id,
        "version": contact.consent_version,
        "text_hash": contact.consent_hash,
        "language": contact.consent_language,
        "channel": contact.consent_channel,
        "taken_by": actor.person_id,
        "at": contact.consent_at,
    }
    tx.execute(insert(request_consents), row)
    if contact.about:
        remember(tx, actor, request_id, now, ABOUT, text=contact.about)


def about(tx: Connection, request_id: int) -> str | None:
    """Whose matter a request is, when its voter asks for somebody else."""
    c = request_history.c
    query = (
        select(request_history)
        .where(c.request_id == request_id, c.kind == ABOUT)
        .order_by(c.id.desc())
        .limit(1)
    )
    row = tx.execute(query).mappings().first()
    return REQUEST_HISTORY.unseal(row)["text"] if row else None


def forget_about(tx: Connection, request_id: int) -> None:
    """Erase for whom the voter asked; that it was for somebody stays in the history."""
    lines = (request_history.c.request_id == request_id, request_history.c.kind == ABOUT)
    tx.execute(update(request_history).where(*lines).values(text=None))


def withdraw(
    tx: Connection, actor: Actor, request_id: int, version: int, now: datetime
) -> VoterRequest:
    """Erase whom to answer, and what finds the request by it; the request goes on anonymously.

    The consent stays as the proof of what was, with the moment of its end. Raises NotFound,
    AlreadyChanged, NotPossible("no_contact").
    """
    request = get(tx, actor, request_id)
    transitions.demand_part(actor, request)
    check_version(tx, request, version)
    if not request.has_contact:
        raise NotPossible("no_contact")
    write(tx, request, dict.fromkeys(CONTACT_COLUMNS))
    forget_about(tx, request_id)
    index_words(tx, request_id, request.text, request.place, None)
    tx.execute(
        update(request_consents)
        .where(
            request_consents.c.request_id == request_id, request_consents.c.withdrawn_at.is_(None)
        )
        .values(withdrawn_at=now)
    )
    remember(tx, actor, request_id, now, "consent_withdrawn")
    audit.record(tx, actor, now, "withdraw_consent", SUBJECT, request_id)
    return get(tx, actor, request_id)
