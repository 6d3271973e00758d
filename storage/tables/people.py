"""People, branches, memberships, and the ways in."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    true,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

people = Table(
    "people",
    metadata,
    identity(),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("language", Text),  # None until chosen
    Column("phone", Text),  # E.164
    Column("reachable", Boolean, nullable=False, server_default=true()),
    Column("unreachable_reason", Text),
    Column("created_at", UtcDateTime, nullable=False),
    version(),
)

branches = Table(
    "branches",
    metadata,
    identity(),
    Column("code", Text, nullable=False, unique=True),  # stands in request numbers: САР-2026-0147
    Column("kind", Text, nullable=False),  # region, city, district
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

# One person may hold several roles, each in a branch or in the whole region (no branch).
memberships = Table(
    "memberships",
    metadata,
    identity(),
    reference("person_id", "people.id", index=True),
    Column("role", Text, nullable=False),
    reference("branch_id", "branches.id", nullable=True, index=True),
    Column("position_kk", Text),
    Column("position_ru", Text),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),  # the last day; None while it lasts
)

# Primary party organisations: kept by the secretaries of a branch, closed but never deleted.
primary_organisations = Table(
    "primary_organisations",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    version(),
)

# Everybody belongs to one at most.
primary_members = Table(
    "primary_members",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    reference("primary_id", "primary_organisations.id", index=True),
)

# The code itself is never kept, only its hash.
invites = Table(
    "invites",
    metadata,
    identity(),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    reference("branch_id", "branches.id", nullable=True),
    reference("primary_id", "primary_organisations.id", nullable=True),
    reference("created_by", "people.id", index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    reference("used_by", "people.id", nullable=True),
    Column("used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)

invite_attempts = Table(
    "invite_attempts",
    metadata,
    identity(),
    reference("person_id", "people.id", index=True),
    Column("at", UtcDateTime, nullable=False, index=True),
)

access_requests = Table(
    "access_requests",
    metadata,
    identity(),
    reference("person_id", "people.id", index=True),
    Column("name", Text, nullable=False),
    reference("branch_id", "branches.id", index=True),
    Column("state", Text, nullable=False),  # waiting, approved, refused
    Column("created_at", UtcDateTime, nullable=False),
    reference("decided_by", "people.id", nullable=True),
    Column("decided_at", UtcDateTime),
    version(),
)
