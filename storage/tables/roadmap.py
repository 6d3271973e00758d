"""Items under control with who carries them, their history, evidence and asked extensions."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

# One card a thing under control, wherever it comes from: a roadmap, a meeting, a plan of reports.
control_items = Table(
    "control_items",
    metadata,
    identity(),
    # roadmap, instruction, recommendation, reporting
    Column("kind", Text, nullable=False, server_default="roadmap"),
    Column("series", Text, nullable=False, server_default=""),  # within which numbers are unique
    Column("number", Text, nullable=False),
    reference("branch_id", "branches.id", index=True),  # the territory: whose secretaries see it
    Column("direction_kk", Text),
    Column("direction_ru", Text),
    Column("title_kk", Text),  # one of the two may be missing
    Column("title_ru", Text),
    Column("object", Text),
    Column("completion_kk", Text),  # form of completion
    Column("completion_ru", Text),
    Column("deadline", Date, nullable=False),
    # How the deadline is said: a date; a quarter, which ends on it; or each year on that day.
    Column("term", Text, nullable=False, server_default="date"),  # quarter, yearly
    Column("body", Text),  # the responsible body
    reference("executor_id", "people.id", nullable=True),
    Column("executor_name", Text),  # by name and position, when not registered
    Column("co_executor_names", Text),  # as above, of those beside
    Column("curator_names", Text),
    Column("indicator", Text),  # of the programme, that the item serves
    Column("funding", Text),
    Column("programme", Text),  # where a roadmap item comes from
    reference("meeting_id", "meetings.id", nullable=True, index=True),  # where an instruction does
    Column("instruction_id", BigId, ForeignKey("instructions.id"), unique=True),
    Column("parent_id", BigId, ForeignKey("control_items.id"), index=True),
    # planned, in_progress, at_risk, partly, done, not_done, extended, removed
    Column("state", Text, nullable=False),
    Column("reported_at", UtcDateTime),
    reference("reported_by", "people.id", nullable=True),
    Column("accepted_at", UtcDateTime),  # the controller took the report for true
    Column("extensions", Integer, nullable=False, server_default="0"),
    version(),
    UniqueConstraint("series", "number"),
    Index("ix_control_items_executor_id_deadline", "executor_id", "deadline"),
    Index("ix_control_items_state_deadline", "state", "deadline"),
)

control_people = Table(
    "control_people",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("control_items.id"), nullable=False),
    reference("person_id", "people.id", index=True),
    Column("part", Text, nullable=False),  # co_executor, curator
    UniqueConstraint("item_id", "person_id"),
)

control_history = Table(
    "control_history",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("control_items.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id"),
    # state, comment, deadline, executor, people, parent, accepted, returned, removed, carried,
    # extension_asked, extension_refused, territory, kind
    Column("kind", Text, nullable=False),
    Column("from_state", Text),
    Column("to_state", Text),
    Column("from_deadline", Date),
    Column("to_deadline", Date),
    Column("text", Text),
    reference("meeting_id", "meetings.id", nullable=True),  # by whose decision
    Column("clause", Integer),  # of that meeting's final document
)

# What proves a report: kept at Telegram by its file id, or a link.
control_evidence = Table(
    "control_evidence",
    metadata,
    identity(),
    Column("entry_id", BigId, ForeignKey("control_history.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # photo, document, video, audio, voice, link
    Column("file_id", Text),
    Column("file_unique_id", Text),
    Column("name", Text, nullable=False),  # of a link: its address
)

control_extensions = Table(
    "control_extensions",
    metadata,
    identity(),
    Column("item_id", BigId, ForeignKey("control_items.id"), nullable=False, index=True),
    reference("asked_by", "people.id"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("from_deadline", Date, nullable=False),
    Column("to_deadline", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),  # asked, approved, refused, void
    reference("decided_by", "people.id", nullable=True),
    Column("decided_at", UtcDateTime),
    Column("word", Text),  # what was said to it
)
