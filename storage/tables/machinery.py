"""What the running program leans on: inbox, outbox, reminders, conversation state, audit."""

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
    true,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

# An update is kept here before Telegram is told that it arrived.
inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, nullable=False),  # updates of one lane are handled in order
    Column("body", Text),  # raw JSON; blanked when done, for it holds personal data
    Column("state", Text, nullable=False),  # new, done, quarantined
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("received_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Index("ix_inbox_state_update_id", "state", "update_id"),
)

# Who works on a lane: the updates of one chat are one process's at a time.
lanes = Table(
    "lanes",
    metadata,
    Column("lane", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", Text),
    Column("until", UtcDateTime),
)

# What only one of several processes may do at a time: ticking, sending, fetching.
leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# Groups and channels that the bot was added to.
chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("reachable", Boolean, nullable=False, server_default=true()),
    Column("unreachable_reason", Text),
    Column("seen_at", UtcDateTime, nullable=False),
)

# A message that must arrive: rendered when it is sent, in the recipient's language of that moment.
# It goes to a person's private chat, or (``chat_id``) to a group.
outbox = Table(
    "outbox",
    metadata,
    identity(),
    Column("key", Text, nullable=False, unique=True),  # the same message is never queued twice
    Column("kind", Text, nullable=False),
    reference("person_id", "people.id", nullable=True, index=True),
    Column("chat_id", BigInteger),
    # Messages of one stream (a broadcast) take turns with those of the others.
    Column("stream", BigInteger, nullable=False, server_default="0"),
    Column("params", JSON, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False),  # waiting, sending, sent, failed, uncertain
    Column("reason", Text),
    Column("message_id", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index(
        "ix_outbox_state_priority_stream_not_before", "state", "priority", "stream", "not_before"
    ),
    CheckConstraint("(person_id IS NULL) <> (chat_id IS NULL)", name="one_recipient"),
)

# One row a rung of the ladder, person and deadline: each rung at most once, by the database.
reminders = Table(
    "reminders",
    metadata,
    identity(),
    Column("subject", Text, nullable=False),  # roadmap_item, meeting, …
    Column("subject_id", BigId, nullable=False),
    reference("person_id", "people.id"),
    Column("rung", Text, nullable=False),  # "-3": three days before; "0": the day; "+7": overdue
    Column("deadline", Date, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False),  # planned, queued, void, expired
    UniqueConstraint("subject", "subject_id", "person_id", "rung", "deadline"),
    Index("ix_reminders_state_due_at", "state", "due_at"),
)

# When a person wants reminders; who has no row has the usual.
reminder_settings = Table(
    "reminder_settings",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("hour", Integer, nullable=False),  # of the day, not before nine
    Column("early", Boolean, nullable=False),  # those of two weeks before and earlier
    Column("digests", Boolean, nullable=False),  # Monday's, and the card of a secretary's morning
    version(),
)

# On which days before a deadline each kind of item is reminded of, where that was changed.
reminder_ladders = Table(
    "reminder_ladders",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("days", JSON, nullable=False),  # [30, 14, …, 0]
    reference("set_by", "people.id"),
    Column("set_at", UtcDateTime, nullable=False),
    version(),
)

# Where a person stands in a text-entry wizard, with the draft.
conversations = Table(
    "conversations",
    metadata,
    Column("chat_id", BigInteger, nullable=False),
    Column("telegram_id", BigInteger, nullable=False),
    Column("state", Text),
    Column("data", JSON, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("chat_id", "telegram_id"),
)

# Who did what, without the personal data itself; rows are never changed.
audit = Table(
    "audit",
    metadata,
    identity(),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id", nullable=True, index=True),
    Column("action", Text, nullable=False),
    Column("subject", Text),
    Column("subject_id", BigId),
    Column("outcome", Text, nullable=False),  # done, refused
    Column("details", JSON, nullable=False),
)

# How often somebody was refused of late: whoever tries numbers has to wait.
refused_tries = Table(
    "refused_tries",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("since", UtcDateTime, nullable=False),
    Column("many", Integer, nullable=False),
)

# Days that the government moved, and holidays known only from the moon: beats the library.
calendar_overrides = Table(
    "calendar_overrides",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_working", Boolean, nullable=False),
    Column("note", Text),
    reference("set_by", "people.id", nullable=True),
    Column("set_at", UtcDateTime),
    version(),
)

# Single values the program remembers between runs.
facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
