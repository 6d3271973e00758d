"""Meetings with their agenda, what was proposed, and the lines that search reads."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

meetings = Table(
    "meetings",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("body", Text, nullable=False),  # bureau, political_council, faction, …
    Column("kind", Text, nullable=False),  # regular, extraordinary, visiting
    # draft, announced, rescheduled, in_progress, held, signed, archived, cancelled
    Column("state", Text, nullable=False),
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
    Column("format", Text, nullable=False, server_default="in_person"),  # or online, hybrid
    Column("link", Text),  # where one joins online
    Column("latitude", Float),
    Column("longitude", Float),
    Column("reason", Text),  # why it was rescheduled or cancelled
    Column("was_at", UtcDateTime),  # when it was to start before it was rescheduled
    Column("told", JSON),  # what its first notice or the last one about a change said
    reference("series_id", "meeting_series.id", nullable=True),
    Column("reminders", JSON),  # minutes before the start; None: as usual
    reference("chair_id", "people.id", nullable=True),
    reference("secretary_id", "people.id", nullable=True),
    Column("began_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("item_id", BigId),  # of the agenda: what is under discussion
    Column("document_at", UtcDateTime),  # when the final document was approved
    reference("document_by", "people.id", nullable=True),
    Column("minutes_number", Text),
    Column("signed_at", UtcDateTime),
    Column("published_at", UtcDateTime),  # the summary
    Column("summary_draft", JSON),  # texts of it that are not published yet, by column
    version(),
)

# Meetings that repeat: the next ones are made as drafts from the latest.
meeting_series = Table(
    "meeting_series",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("body", Text, nullable=False),
    Column("every", Text, nullable=False),  # week, fortnight, month, quarter
    Column("ended_at", UtcDateTime),
    version(),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # report, control, information, election
    Column("title_kk", Text),  # one of the two may be missing and is shown in the other then
    Column("title_ru", Text),
    reference("speaker_id", "people.id", nullable=True),  # None: known by name and position only
    Column("speaker_kk", Text),
    Column("speaker_ru", Text),
    Column("speaker_position_kk", Text),
    Column("speaker_position_ru", Text),
    Column("heard_kk", Text),  # what was reported, the figures
    Column("heard_ru", Text),
    Column("minutes", Integer),  # the time planned for it
    Column("visibility", Text, nullable=False, server_default="members"),  # invited, bureau
    Column("draft_decision_kk", Text),
    Column("draft_decision_ru", Text),
    Column("decision_kk", Text),
    Column("decision_ru", Text),
    Column("state", Text, nullable=False, server_default="planned"),  # open, done, carried, dropped
    Column("carried_from", BigId, ForeignKey("agenda_items.id", ondelete="SET NULL")),
    Column("instruction_id", BigId),  # of a former meeting, still under control: asked about again
    version(),
    UniqueConstraint("meeting_id", "number"),
)

co_speakers = Table(
    "co_speakers",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    reference("person_id", "people.id", nullable=True),
    Column("name", Text, nullable=False),
    Column("post", Text),
    Index("ix_co_speakers_item_id", "item_id"),
)

# Papers of a meeting or of one item: Telegram keeps each by its file id, small ones stay on disk.
materials = Table(
    "materials",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE")),
    Column("kind", Text, nullable=False),  # document, photo, video, audio, voice
    Column("file_id", Text, nullable=False),
    Column("file_unique_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger),  # bytes
    Column("path", Text),  # under the data folder; None: only at Telegram
    reference("added_by", "people.id"),
    Column("added_at", UtcDateTime, nullable=False),
    Index("ix_materials_meeting_id", "meeting_id"),
)

# What members propose to speak of at a next meeting of a body.
topics = Table(
    "topics",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("body", Text, nullable=False),
    Column("text", Text, nullable=False),
    reference("person_id", "people.id"),
    Column("at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False),  # waiting, accepted, declined
    Column("word", Text),  # what the secretary said to it
    reference("decided_by", "people.id", nullable=True),
    Column("decided_at", UtcDateTime),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="SET NULL")),
    version(),
)

proposals = Table(
    "proposals",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("author_kk", Text),  # None when the source names nobody
    Column("author_ru", Text),
    Column("text_kk", Text),  # one of the two may be missing
    Column("text_ru", Text),
    Column("kind", Text, nullable=False, server_default="proposal"),  # remark
    reference("person_id", "people.id", nullable=True),  # who sent it from the phone
    Column("at", UtcDateTime),
    Column("state", Text, nullable=False, server_default="accepted"),  # sent, declined
    version(),
    Index("ix_proposals_item_id", "item_id"),
)

# The final document, clause by clause.
clauses = Table(
    "clauses",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="SET NULL")),
    Column("proposal_id", BigId, ForeignKey("proposals.id", ondelete="SET NULL")),
    Column("text_kk", Text),
    Column("text_ru", Text),
    version(),
    UniqueConstraint("meeting_id", "number"),
)

# What the Bureau told somebody to do; under control once the final document is approved.
instructions = Table(
    "instructions",
    metadata,
    identity(),
    reference("meeting_id", "meetings.id", index=True),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="SET NULL")),
    Column("clause_id", BigId, ForeignKey("clauses.id", ondelete="SET NULL")),
    reference("branch_id", "branches.id", nullable=True, index=True),
    Column("number", Integer, nullable=False),  # within its meeting
    Column("text_kk", Text),
    Column("text_ru", Text),
    Column("object", Text),
    reference("executor_id", "people.id", nullable=True, index=True),
    Column("executor", Text),  # by name and position, when not registered
    Column("deadline", Date),
    Column("state", Text, nullable=False),  # drafted, under_control, removed
    Column("created_at", UtcDateTime, nullable=False),
    version(),
    UniqueConstraint("meeting_id", "number"),
)

instruction_executors = Table(
    "instruction_executors",
    metadata,
    identity(),
    Column(
        "instruction_id", BigId, ForeignKey("instructions.id", ondelete="CASCADE"), nullable=False
    ),
    reference("person_id", "people.id"),
    UniqueConstraint("instruction_id", "person_id"),
)

# Figures that were reported on an item.
figures = Table(
    "figures",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("label_kk", Text),
    Column("label_ru", Text),
    Column("value", Text, nullable=False),  # as it was said: «2,3»
    Column("unit", Text),
    Column("period", Text),
    Index("ix_figures_item_id", "item_id"),
)

# What the bot read in a text and nobody has decided on yet, each beside its sentence.
findings = Table(
    "findings",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # fact, item, person, figure, proposal, instruction
    Column("content", JSON, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("state", Text, nullable=False),  # found, accepted, mended, dropped, past
    reference("decided_by", "people.id", nullable=True),
    version(),
    Index("ix_findings_meeting_id", "meeting_id"),
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
