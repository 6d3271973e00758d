"""Who is called to a meeting, who answered, who was there, and how they voted."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

# The elected members of a body, and what it needs to decide.
body_members = Table(
    "body_members",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("body", Text, nullable=False),
    reference("person_id", "people.id"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),  # the last day; None while it lasts
    UniqueConstraint("branch_id", "body", "person_id", "starts_on"),
)

body_rules = Table(
    "body_rules",
    metadata,
    identity(),
    reference("branch_id", "branches.id"),
    Column("body", Text, nullable=False),
    Column("elected", Integer),  # how many members were elected; None: as many as are kept
    # The share of them that must be there: more than it when strict, else at least it.
    Column("numerator", Integer, nullable=False, server_default="1"),
    Column("denominator", Integer, nullable=False, server_default="2"),
    Column("strict", Boolean, nullable=False),
    Column("deputies", Boolean, nullable=False, server_default=false()),  # one may send a deputy
    version(),
    UniqueConstraint("branch_id", "body"),
)

invitees = Table(
    "invitees",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    reference("person_id", "people.id", nullable=True, index=True),  # None: by name only
    Column("name", Text, nullable=False),
    Column("post", Text),
    Column("capacity", Text, nullable=False),  # member, invited, observer
    Column("answer", Text),  # will, cannot, deputy; None: has not answered
    Column("reason", Text),  # why not
    Column("stand_in", Text),  # whom a member sends
    Column("answered_at", UtcDateTime),
    Column("told_at", UtcDateTime),
    Column("nudged_at", UtcDateTime),
    version(),
    UniqueConstraint("meeting_id", "person_id"),
)

# Somebody was there from one moment to another; who left and came back has two rows.
presence = Table(
    "presence",
    metadata,
    identity(),
    Column("invitee_id", BigId, ForeignKey("invitees.id", ondelete="CASCADE"), nullable=False),
    Column("came_at", UtcDateTime, nullable=False),
    Column(
        "came_on", BigId, ForeignKey("agenda_items.id", ondelete="SET NULL")
    ),  # the item then under discussion
    Column("left_at", UtcDateTime),
    Column("left_on", BigId, ForeignKey("agenda_items.id", ondelete="SET NULL")),
    Index("ix_presence_invitee_id", "invitee_id"),
)

ballots = Table(
    "ballots",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE"), nullable=False),
    Column("question", Text),
    Column("opened_at", UtcDateTime, nullable=False),
    reference("opened_by", "people.id"),
    # Members there when it was opened; once it is closed, at that moment.
    Column("present", Integer, nullable=False),
    Column("needed", Integer, nullable=False),  # of them for a quorum
    Column("closed_at", UtcDateTime),
    reference("closed_by", "people.id", nullable=True),
    Column("outcome", Text),  # adopted, rejected, no_quorum
    version(),
    Index("ix_ballots_item_id", "item_id"),
)

votes = Table(
    "votes",
    metadata,
    identity(),
    Column("ballot_id", BigId, ForeignKey("ballots.id", ondelete="CASCADE"), nullable=False),
    Column("invitee_id", BigId, ForeignKey("invitees.id"), nullable=False),
    Column("choice", Text, nullable=False),  # for, against, abstained
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("ballot_id", "invitee_id"),
)

# One row a rung of a meeting's reminders; who is reminded is seen when it is due.
meeting_reminders = Table(
    "meeting_reminders",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),  # coming: to whoever is called; papers: to speakers
    Column("minutes", Integer, nullable=False),  # before the start
    Column("starts_at", UtcDateTime, nullable=False),  # of the meeting, when it was planned
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False),  # planned, said, void, expired
    UniqueConstraint("meeting_id", "kind", "minutes", "starts_at"),
    Index("ix_meeting_reminders_state_due_at", "state", "due_at"),
)
