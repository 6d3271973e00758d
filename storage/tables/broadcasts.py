"""Broadcasts and one row per recipient."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
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
    false,
    text,
    true,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

broadcasts = Table(
    "broadcasts",
    metadata,
    identity(),
    reference("author_id", "people.id", index=True),
    # None: the whole region, or what the audience says
    reference("branch_id", "branches.id", nullable=True),
    Column("audience", JSON),  # branches, roles, …; None: everybody of the branch
    Column("text", Text, nullable=False),  # its words, in the language it was written in
    Column("state", Text, nullable=False),  # draft, awaiting, scheduled, running, …; template
    Column("announcement", Text, nullable=False, server_default="news"),  # see rules/announcements
    reference("approved_by", "people.id", nullable=True),
    Column("confirms", Boolean, nullable=False, server_default=true()),  # has «Таныстым»
    Column("asks", Text),  # yes_no: a question with these two answers
    reference("meeting_id", "meetings.id", nullable=True),  # whose invitation it lets answer
    Column("takes_replies", Boolean, nullable=False, server_default=true()),
    Column("silent", Boolean, nullable=False, server_default=false()),  # comes without a sound
    Column("pins", Boolean, nullable=False, server_default=false()),  # pinned in groups
    Column("send_at", UtcDateTime),  # None: as soon as it is confirmed
    Column("office_hours", Boolean, nullable=False, server_default=false()),  # only then it goes
    Column("repeats", Text),  # week, month; only while one of the series waits
    Column("repeats_from", UtcDateTime),  # the first one's moment
    Column("repeats_until", Date),  # the last day
    Column("faults", Integer, nullable=False, server_default="0"),  # in a row
    Column("paused_reason", Text),  # of a pause by itself
    Column("edition", Integer, nullable=False, server_default="0"),  # how often it was worded anew
    Column("board_message_id", BigInteger),  # the author's message that keeps up by itself
    Column("board_at", UtcDateTime),  # when that one was last due; None: nothing keeps up
    Column("links", JSON, nullable=False, server_default="[]"),  # [label, address], a button each
    Column("recipients", Integer),  # as confirmed by the author
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    version(),
)

# What stands beside the words of a broadcast, and all of its version in the other language.
broadcast_contents = Table(
    "broadcast_contents",
    metadata,
    Column("broadcast_id", BigId, ForeignKey("broadcasts.id"), nullable=False),
    Column("language", Text, nullable=False),  # "": as it was written; kk, ru: for its readers
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # words, option, or the kind of a file
    Column("value", Text, nullable=False),  # HTML, a poll's option, a file's id, a point's degrees
    PrimaryKeyConstraint("broadcast_id", "language", "position"),
)

deliveries = Table(
    "deliveries",
    metadata,
    identity(),
    Column("broadcast_id", BigId, ForeignKey("broadcasts.id"), nullable=False),
    reference("person_id", "people.id", nullable=True, index=True),
    reference("group_id", "branch_groups.id", nullable=True),  # in place of a person
    Column("state", Text, nullable=False),  # waiting, sent, failed, uncertain
    Column("reason", Text),
    Column("message_id", BigInteger),  # the message with the buttons
    Column("parts", JSON),  # ids of what was sent before it: an album, a point on the map
    Column("sent_at", UtcDateTime),
    Column("read_at", UtcDateTime),  # «Таныстым» was tapped, or an answer
    Column("answer", Integer),  # to the question: the number of the option, from 0
    Column("nudged_at", UtcDateTime),
    Column("recalled_at", UtcDateTime),  # its messages were deleted
    Column("edition", Integer),  # the newest one that concerns it
    Column("edit_state", Text),  # of that edition: wire, waiting, edited, failed
    Column("edit_reason", Text),
    Column("pinned", Boolean),  # in a group, where that was wanted
    UniqueConstraint("broadcast_id", "person_id"),
    CheckConstraint("(person_id IS NULL) <> (group_id IS NULL)", name="one_recipient"),
    # Asked after every copy: does any still wait? And all that a report counts: it reads no row.
    Index(
        "ix_deliveries_counted",
        *("broadcast_id", "state", "reason", "group_id", "read_at", "recalled_at"),
    ),
    # The groups of a broadcast, each once.
    Index(
        "ix_deliveries_groups",
        "broadcast_id",
        "group_id",
        unique=True,
        sqlite_where=text("group_id IS NOT NULL"),
        postgresql_where=text("group_id IS NOT NULL"),
    ),
    # Asked after every edit.
    Index(
        "ix_deliveries_edited",
        "broadcast_id",
        "edit_state",
        sqlite_where=text("edit_state IS NOT NULL"),
        postgresql_where=text("edit_state IS NOT NULL"),
    ),
)

# What a recipient and whoever answers for a broadcast write to one another.
broadcast_replies = Table(
    "broadcast_replies",
    metadata,
    identity(),
    Column("broadcast_id", BigId, ForeignKey("broadcasts.id"), nullable=False),
    reference("person_id", "people.id"),  # the recipient, whose thread it is
    reference("author_id", "people.id"),
    reference("to_id", "people.id"),
    Column("text", Text, nullable=False),  # HTML, sealed; "" where a file says it all
    Column("kind", Text),  # of its file: photo, voice, …
    Column("file_id", Text),  # sealed
    Column("sent_at", UtcDateTime, nullable=False),
    Column("message_id", BigInteger),  # of its notice in the chat of ``to_id``
    Index(None, "broadcast_id", "person_id"),
    Index(None, "to_id", "message_id"),
)

# Other words for a broadcast that has gone out.
broadcast_edits = Table(
    "broadcast_edits",
    metadata,
    identity(),
    Column("broadcast_id", BigId, ForeignKey("broadcasts.id"), nullable=False, index=True),
    Column("language", Text, nullable=False),  # as in broadcast_contents
    Column("text", Text, nullable=False),  # HTML
    Column("replaced", Text, nullable=False),  # what stood there before
    Column("state", Text, nullable=False),  # draft, awaiting, applied, dropped
    Column("created_at", UtcDateTime, nullable=False),
    reference("decided_by", "people.id", nullable=True),  # the second person
)

# Whom a branch writes to again and again: conditions under a name, see storage/selections.
audience_lists = Table(
    "audience_lists",
    metadata,
    identity(),
    reference("branch_id", "branches.id", nullable=True),  # whose; None: of the whole region
    Column("name", Text, nullable=False),
    Column("audience", JSON, nullable=False),  # never changes
    reference("created_by", "people.id"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("deleted_at", UtcDateTime),  # drafts that use it keep it
    version(),
    Index(None, "branch_id"),
)

# A person who reads announcements of a kind no more has a row here.
refusals = Table(
    "refusals",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("announcement", Text, nullable=False),
    PrimaryKeyConstraint("person_id", "announcement"),
)

# A person who reads announcements once a day has a row here.
digest_wishes = Table(
    "digest_wishes",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("hour", Integer, nullable=False),  # of the day, where the people are
)

# Which deliveries wait for the message that gathers those of a day.
digest_entries = Table(
    "digest_entries",
    metadata,
    Column("broadcast_id", BigId, ForeignKey("broadcasts.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("broadcast_id", "person_id"),
    Index("ix_digest_entries_due_at_person_id", "due_at", "person_id"),
)
