"""Broadcasts and one row per recipient."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

broadcasts = Table(
    "broadcasts",
    metadata,
    identity(),
    reference("author_id", "people.id", index=True),
    reference("branch_id", "branches.id", nullable=True),  # None: the whole region
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),  # draft, running, finished, cancelled
    Column("recipients", Integer),  # as confirmed by the author
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    version(),
)

deliveries = Table(
    "deliveries",
    metadata,
    identity(),
    Column("broadcast_id", BigId, ForeignKey("broadcasts.id"), nullable=False),
    reference("person_id", "people.id", index=True),
    Column("state", Text, nullable=False),  # waiting, sent, failed, uncertain
    Column("reason", Text),
    Column("message_id", BigInteger),
    Column("sent_at", UtcDateTime),
    Column("read_at", UtcDateTime),  # «Таныстым» was tapped
    UniqueConstraint("broadcast_id", "person_id"),
    # Asked after every copy: does any still wait?
    Index("ix_deliveries_broadcast_id_state", "broadcast_id", "state"),
)
