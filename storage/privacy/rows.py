"""Which columns are sealed, and what names their rows; rotation goes by this table.

A row is named by what is known of it before it is inserted and never changes after. Whoever seals
a new column adds it here, and seals and opens it through ``seal`` and ``unseal`` of its entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, Table

from storage.privacy import cells
from storage.tables import (
    broadcast_replies,
    conversations,
    data_tasks,
    facts,
    inbox,
    inquiries,
    inquiry_answers,
    inquiry_history,
    outbox,
    people,
    request_attachments,
    request_extensions,
    request_history,
    request_pauses,
    voter_requests,
)


@dataclass(frozen=True)
class Sealed:
    """The sealed columns of a table; ``named_by`` are the columns that name a row for ever."""

    table: Table
    columns: tuple[str, ...]
    named_by: tuple[str, ...]

    def seal(self, row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
        """``row``, which has the naming columns, with what it has of the others sealed.

        Raises NoKeys.
        """
        return self.seal_some(self.name(row), row)

    def seal_some(self, name: str, values: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
        """As ``seal``, for some ``values`` of the row with this ``name``: for an update."""
        return {
            column: cells.seal(self.cell(column), name, value) if column in self.columns else value
            for column, value in values.items()
        }

    def unseal(self, row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
        """The opposite of ``seal``, for a row that was read. Raises Unreadable."""
        name = self.name(row)
        return {
            column: cells.unseal(self.cell(column), name, value)
            if column in self.columns
            else value
            for column, value in row.items()
        }

    def cell(self, column: str) -> str:
        """The name of a cell, which is bound to what stands in it."""
        return f"{self.table.name}.{column}"

    def name(self, row: Mapping[str, Any] | RowMapping) -> str:
        """The stable id of a row, which is bound to what stands in it, too."""
        return ":".join(_written(row[column]) for column in self.named_by)


def _written(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


VOTER_REQUEST = Sealed(
    voter_requests,
    ("text", "place", "contact_name", "contact_phone", "contact_address", "contact_iin"),
    ("number",),
)
REQUEST_HISTORY = Sealed(request_history, ("text",), ("request_id", "at", "kind"))
REQUEST_PAUSE = Sealed(request_pauses, ("reason",), ("request_id", "started_at"))
REQUEST_EXTENSION = Sealed(request_extensions, ("reason",), ("request_id", "clock", "asked_at"))
# A file's id at Telegram opens it for whoever has the bot's token; of a location it is the point.
REQUEST_ATTACHMENT = Sealed(
    request_attachments, ("file_id", "name"), ("request_id", "kind", "added_at")
)
INQUIRY = Sealed(inquiries, ("subject", "basis", "text"), ("number",))
INQUIRY_ANSWER = Sealed(inquiry_answers, ("text",), ("inquiry_id", "kept_at"))
INQUIRY_HISTORY = Sealed(inquiry_history, ("text",), ("inquiry_id", "at", "kind"))
PERSON = Sealed(people, ("phone",), ("telegram_id",))
INBOX = Sealed(inbox, ("body",), ("update_id",))
CONVERSATION = Sealed(conversations, ("data",), ("chat_id", "telegram_id"))
OUTBOX = Sealed(outbox, ("params",), ("key",))  # of the kinds that are personal
BROADCAST_REPLY = Sealed(
    broadcast_replies, ("text", "file_id"), ("broadcast_id", "person_id", "sent_at")
)
DATA_TASK = Sealed(data_tasks, ("subject",), ("kind", "subject_hash", "asked_at"))
FACT = Sealed(facts, ("value",), ("name",))  # the one that proves the keys

EVERY = (
    FACT,
    INBOX,
    CONVERSATION,
    OUTBOX,
    PERSON,
    VOTER_REQUEST,
    REQUEST_HISTORY,
    REQUEST_ATTACHMENT,
    REQUEST_PAUSE,
    REQUEST_EXTENSION,
    INQUIRY,
    INQUIRY_ANSWER,
    INQUIRY_HISTORY,
    BROADCAST_REPLY,
    DATA_TASK,
)
