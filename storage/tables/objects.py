"""Objects under party control, the visits to them, and what happened."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

controlled_objects = Table(
    "controlled_objects",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("proposal_id", BigId, ForeignKey("proposals.id", ondelete="SET NULL")),  # taken by it
    Column("direction_kk", Text),
    Column("direction_ru", Text),
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("place", Text),
    Column("contractor", Text),
    Column("cost", BigInteger),  # tenge
    Column("starts_on", Date),
    Column("plan_on", Date),  # to be finished by
    Column("fact_on", Date),  # finished on
    Column("percent", Integer),  # ready
    reference("curator_id", "people.id", nullable=True, index=True),
    Column("state", Text, nullable=False),  # controlled, removed
    Column("taken_at", UtcDateTime, nullable=False),
    version(),
)

object_visits = Table(
    "object_visits",
    metadata,
    identity(),
    Column(
        "object_id",
        BigId,
        ForeignKey("controlled_objects.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("visited_on", Date, nullable=False),
    Column("people", Text),  # who was there
    Column("findings", Text, nullable=False),
    Column("percent", Integer),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("recommendation", Text),
    Column("due_on", Date),  # the recommendation is to be followed by then
    Column("follow_up", Text),
    Column("followed_on", Date),
    reference("person_id", "people.id"),
    Column("at", UtcDateTime, nullable=False),
    version(),
)

# Telegram keeps the pictures.
object_photos = Table(
    "object_photos",
    metadata,
    identity(),
    Column("visit_id", BigId, ForeignKey("object_visits.id", ondelete="CASCADE"), nullable=False),
    Column("file_id", Text, nullable=False),
    Index("ix_object_photos_visit_id", "visit_id"),
)

object_history = Table(
    "object_history",
    metadata,
    identity(),
    Column(
        "object_id",
        BigId,
        ForeignKey("controlled_objects.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id"),
    Column("kind", Text, nullable=False),  # taken, visit, follow_up, removed, or a column's name
    Column("text", Text),
)
