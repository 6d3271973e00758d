"""Meetings with their agenda, what was proposed, and the lines that search reads."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

meetings = Table(
    "meetings",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("body", Text, nullable=False),  # bureau, political_council, faction, …
    Column("kind", Text, nullable=False),  # regular, extraordinary, visiting
    Column("state", Text, nullable=False),  # draft, announced, held, cancelled
    Column("title_kk", Text, nullable=False),
    Column("title_ru", Text, nullable=False),
    Column("starts_at", UtcDateTime, index=True),  # None when the source gives no date
    Column("period_kk", Text),  # what is known of the time when there is no date
    Column("period_ru", Text),
    Column("place_kk", Text),
    Column("place_ru", Text),
    Column("chair_kk", Text),
    Column("chair_ru", Text),
    Column("summary_kk", Text),
    Column("summary_ru", Text),
    Column("decision_kk", Text),
    Column("decision_ru", Text),
    Column("source_kk", Text),  # whom the facts are attributed to
    Column("source_ru", Text),
    version(),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # report, control, information, election
    Column("title_kk", Text, nullable=False),
    Column("title_ru", Text, nullable=False),
    Column("speaker_kk", Text),
    Column("speaker_ru", Text),
    Column("speaker_position_kk", Text),
    Column("speaker_position_ru", Text),
    Column("heard_kk", Text),  # what was reported, the figures
    Column("heard_ru", Text),
    UniqueConstraint("meeting_id", "number"),
)

proposals = Table(
    "proposals",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("author_kk", Text),  # None when the source names nobody
    Column("author_ru", Text),
    Column("text_kk", Text, nullable=False),
    Column("text_ru", Text, nullable=False),
    Index("ix_proposals_item_id", "item_id"),
)

# One line a searchable text; ``folded`` is what ``storage.rules.folding.fold`` makes of it.
search_lines = Table(
    "search_lines",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE")),
    Column("kind", Text, nullable=False),  # title, item, heard, proposal, decision, summary
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("ix_search_lines_meeting_id", "meeting_id"),
)

# Who announced a meeting, when and to how many. A draft that is confirmed twice is announced once.
meeting_announcements = Table(
    "meeting_announcements",
    metadata,
    identity(),
    Column("draft", Text, nullable=False, unique=True),  # token of the draft it was made of
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE")),
    reference("person_id", "people.id", index=True),
    Column("recipients", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
