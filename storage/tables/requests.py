"""Voters' requests with their history and attachments, and the counters of their numbers."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

voter_requests = Table(
    "voter_requests",
    metadata,
    identity(),
    Column("number", Text, nullable=False, unique=True),
    reference("branch_id", "branches.id"),
    Column("year", Integer, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("place", Text),
    Column("contact_name", Text),
    Column("contact_phone", Text),  # E.164
    Column("consent_version", Text),  # which wording the voter agreed to
    Column("consent_at", UtcDateTime),
    Column("state", Text, nullable=False),
    reference("deputy_id", "people.id"),  # who answers for it
    Column("registered_at", UtcDateTime, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("folded", Text, nullable=False),
    Column("draft_token", Text, unique=True),  # one draft makes one request, however often tapped
    version(),
    UniqueConstraint("branch_id", "year", "counter"),
    CheckConstraint(
        "(contact_name IS NULL AND contact_phone IS NULL)"
        " OR (consent_version IS NOT NULL AND consent_at IS NOT NULL)",
        name="no_contact_without_consent",
    ),
    Index("ix_voter_requests_deputy_id_state_due_on", "deputy_id", "state", "due_on"),
    Index("ix_voter_requests_branch_id_state_due_on", "branch_id", "state", "due_on"),
)

request_history = Table(
    "request_history",
    metadata,
    identity(),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id"),
    Column("kind", Text, nullable=False),  # registered, state, comment, completed, attachment
    Column("from_state", Text),
    Column("to_state", Text),
    Column("text", Text),
)

request_attachments = Table(
    "request_attachments",
    metadata,
    identity(),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # photo, document, voice, video, location
    Column("file_id", Text, nullable=False),  # of a location: "latitude,longitude"
    Column("name", Text),
    Column("size", Integer),  # bytes
    Column("added_at", UtcDateTime, nullable=False),
)

request_counters = Table(
    "request_counters",
    metadata,
    Column("branch_id", BigId, ForeignKey("branches.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("branch_id", "year"),
)
