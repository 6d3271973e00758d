"""Deputy inquiries: to which body, from which requests, with whom, what came of it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
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

inquiries = Table(
    "inquiries",
    metadata,
    identity(),
    Column("number", Text, nullable=False, unique=True),  # ours
    reference("branch_id", "branches.id"),
    Column("year", Integer, nullable=False),
    Column("counter", Integer, nullable=False),
    reference("author_id", "people.id"),
    reference("body_id", "bodies.id", index=True),
    Column("level", Text, nullable=False),  # district, city, oblast
    Column("basis", Text),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),  # draft, sent, answered, closed, withdrawn
    Column("outgoing_number", Text),
    Column("outgoing_on", Date),
    Column("due_on", Date),
    Column("announced_on", Date),  # at a session; None: not announced
    Column("satisfied", Boolean),
    reference("repeats_id", "inquiries.id", nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("draft_token", Text, unique=True),
    Column("folded", Text, nullable=False),  # the number, as it is searched
    version(),
    UniqueConstraint("branch_id", "year", "counter"),
    Index("ix_inquiries_author_id_state_due_on", "author_id", "state", "due_on"),
    Index("ix_inquiries_branch_id_state_due_on", "branch_id", "state", "due_on"),
)

# Keyed hashes of the words of a subject, by which an inquiry is found: nobody reads them back.
inquiry_words = Table(
    "inquiry_words",
    metadata,
    Column("inquiry_id", BigId, ForeignKey("inquiries.id"), nullable=False, index=True),
    Column("word", BigInteger, nullable=False),
    PrimaryKeyConstraint("word", "inquiry_id"),
    sqlite_with_rowid=False,
)

inquiry_requests = Table(
    "inquiry_requests",
    metadata,
    Column("inquiry_id", BigId, ForeignKey("inquiries.id"), nullable=False),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    PrimaryKeyConstraint("inquiry_id", "request_id"),
)

# Where a meeting spoke of an inquiry and decided on it.
inquiry_items = Table(
    "inquiry_items",
    metadata,
    Column("inquiry_id", BigId, ForeignKey("inquiries.id"), nullable=False),
    Column(
        "item_id",
        BigId,
        ForeignKey("agenda_items.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    PrimaryKeyConstraint("inquiry_id", "item_id"),
)

inquiry_signers = Table(
    "inquiry_signers",
    metadata,
    Column("inquiry_id", BigId, ForeignKey("inquiries.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("signed_at", UtcDateTime),  # None: asked, has not agreed yet
    Column("refused_at", UtcDateTime),
    PrimaryKeyConstraint("inquiry_id", "person_id"),
)

inquiry_answers = Table(
    "inquiry_answers",
    metadata,
    identity(),
    Column("inquiry_id", BigId, ForeignKey("inquiries.id"), nullable=False, index=True),
    Column("number", Text),
    Column("answered_on", Date, nullable=False),
    Column("text", Text),
    Column("file_id", Text),
    Column("file_name", Text),
    reference("kept_by", "people.id"),
    Column("kept_at", UtcDateTime, nullable=False),
)

inquiry_history = Table(
    "inquiry_history",
    metadata,
    identity(),
    Column("inquiry_id", BigId, ForeignKey("inquiries.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id"),
    Column("kind", Text, nullable=False),  # made, changed, sent, answered, rated, announced
    Column("text", Text),
)

inquiry_counters = Table(
    "inquiry_counters",
    metadata,
    Column("branch_id", BigId, ForeignKey("branches.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("branch_id", "year"),
)
