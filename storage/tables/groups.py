"""Groups and channels of branches, and what their members tap under a broadcast there."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    true,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference

# Nothing is broadcast to a group before a secretary has confirmed whose it is. Its title, and
# whether the bot is in it, stand in ``chats``.
branch_groups = Table(
    "branch_groups",
    metadata,
    identity(),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # group, supergroup, channel
    # Of which branch (None: of the whole region); before the confirmation only proposed.
    reference("branch_id", "branches.id", nullable=True),
    reference("proposed_by", "people.id"),
    Column("proposed_at", UtcDateTime, nullable=False),
    reference("confirmed_by", "people.id", nullable=True),
    Column("confirmed_at", UtcDateTime),
    Column("language", Text),  # kk, ru: which version of a broadcast it gets
    Column("writes", Boolean, nullable=False, server_default=true()),  # as Telegram last said
    Column("pins", Boolean, nullable=False, server_default=false()),
)

# A member who has no copy of their own has confirmed, or answered, under the group's.
group_presses = Table(
    "group_presses",
    metadata,
    Column("broadcast_id", BigId, ForeignKey("broadcasts.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("group_id", BigId, ForeignKey("branch_groups.id"), nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("answer", Integer),
    PrimaryKeyConstraint("broadcast_id", "person_id"),
)
