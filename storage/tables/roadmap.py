"""Roadmap items with their history."""

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

roadmap_items = Table(
    "roadmap_items",
    metadata,
    identity(),
    Column("number", Text, nullable=False, unique=True),
    reference("branch_id", "branches.id", index=True),
    Column("direction_kk", Text, nullable=False),
    Column("direction_ru", Text, nullable=False),
    Column("title_kk", Text, nullable=False),
    Column("title_ru", Text, nullable=False),
    Column("completion_kk", Text),  # form of completion
    Column("completion_ru", Text),
    reference("executor_id", "people.id"),
    Column("deadline", Date, nullable=False),
    Column("state", Text, nullable=False),  # planned, in_progress, at_risk, done
    Column("reported_at", UtcDateTime),
    version(),
    Index("ix_roadmap_items_executor_id_deadline", "executor_id", "deadline"),
)

roadmap_history = Table(
    "roadmap_history",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("roadmap_items.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id"),
    Column("kind", Text, nullable=False),  # state, comment, deadline
    Column("from_state", Text),
    Column("to_state", Text),
    Column("from_deadline", Date),
    Column("to_deadline", Date),
    Column("text", Text),
)
