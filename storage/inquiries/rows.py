"""What every change of an inquiry writes: its row, a history line, the audit; texts are sealed."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn

from sqlalchemy import Connection, insert, select, update

from storage import audit
from storage.errors import AlreadyChanged
from storage.privacy import words
from storage.privacy.rows import INQUIRY_HISTORY
from storage.rules.access import Actor
from storage.tables import inquiries, inquiry_history, inquiry_words, people

SUBJECT = "inquiry"  # in the audit, and of its reminders
SUBJECT_LIMIT = 300  # characters
BASIS_LIMIT = 500
TEXT_LIMIT = 4096  # Telegram's own limit of one message
NUMBER_LIMIT = 50  # of an outgoing or incoming number
WORD_LIMIT = 500  # of a reason


class InquiryState(StrEnum):
    """One word a state, as the glossary names it (domain.md 3.5)."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OPEN = (InquiryState.DRAFT, InquiryState.SENT, InquiryState.ANSWERED)


def index_words(tx: Connection, inquiry_id: int, subject: str) -> None:
    """Write anew by which words an inquiry is found: never those of its text."""
    words.write(tx, inquiry_words, "inquiry_id", inquiry_id, words.hashes(subject))


def step(
    tx: Connection,
    inquiry_id: int,
    version: int,
    states: tuple[InquiryState, ...],
    **values: Any,
) -> None:
    """Change the row as it was seen in ``version`` and one of ``states``. Raises AlreadyChanged."""
    seen = (
        inquiries.c.id == inquiry_id,
        inquiries.c.version == version,
        inquiries.c.state.in_(states),
    )
    changed = update(inquiries).where(*seen).values(version=version + 1, **values)
    if tx.execute(changed).rowcount != 1:
        overtaken(tx, inquiry_id)


def overtaken(tx: Connection, inquiry_id: int) -> NoReturn:
    """Raise AlreadyChanged with whoever changed the inquiry last."""
    last = tx.execute(
        select(people.c.name, inquiry_history.c.at)
        .join(people, people.c.id == inquiry_history.c.person_id)
        .where(inquiry_history.c.inquiry_id == inquiry_id)
        .order_by(inquiry_history.c.id.desc())
        .limit(1)
    ).first()
    raise AlreadyChanged(*last) if last else AlreadyChanged()


def remember(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    now: datetime,
    kind: str,
    text: str | None = None,
    **details: Any,
) -> None:
    """Add a line to the history and one to the audit; ``text`` is sealed, ``details`` are codes."""
    row = {
        "inquiry_id": inquiry_id,
        "at": now,
        "person_id": actor.person_id,
        "kind": kind,
        "text": text,
    }
    tx.execute(insert(inquiry_history), INQUIRY_HISTORY.seal(row))
    audit.record(tx, actor, now, f"inquiry.{kind}", SUBJECT, inquiry_id, **details)
