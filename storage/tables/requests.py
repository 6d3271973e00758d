"""Voters' requests with their history and attachments, and the counters of their numbers."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

# What a range of an index has in common: nothing, or one of these.
_BY: tuple[tuple[str, ...], ...] = (
    (),
    ("branch_id",),
    ("deputy_id",),
    ("category",),
    ("branch_id", "category"),
    ("settlement_id",),
)
# Columns behind the order: what is not to be shown is passed over without reading the row. The
# conditions of the parts are among them: SQLite reads the row for a column that it is asked for.
_LOOKED_AT = (
    "state", "branch_id", "category", "settlement_id", "registered_at", "due_on", "closed_at",
    "merged_into",
)  # fmt: skip


def _part(name: str, closed_at: str, by: tuple[str, ...], at: str) -> Index:
    """An index over those requests whose moment of closing is so, "IS NULL" or not, unmerged."""
    condition = text(f"closed_at {closed_at} AND merged_into IS NULL")
    name = "_".join(("ix_voter_requests", name, *by)) if by else f"ix_voter_requests_{name}_{at}"
    columns = dict.fromkeys((*by, at, "id", *_LOOKED_AT))
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


voter_requests = Table(
    "voter_requests",
    metadata,
    identity(),
    Column("number", Text, nullable=False, unique=True),
    reference("branch_id", "branches.id"),
    Column("year", Integer, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("text", Text, nullable=False),  # sealed, as all that is said of the voter
    Column("category", Text, nullable=False),
    Column("place", Text),
    Column("contact_name", Text),
    Column("contact_phone", Text),  # E.164
    Column("consent_version", Text),  # which wording the voter agreed to
    Column("consent_at", UtcDateTime),
    Column("state", Text, nullable=False),
    reference("deputy_id", "people.id"),  # who answers for it
    Column("registered_at", UtcDateTime, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("kind", Text, nullable=False, server_default="application"),  # the law's six: domain.md
    Column("channel", Text, nullable=False, server_default="reception"),
    reference("settlement_id", "settlements.id", nullable=True, index=True),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("contact_address", Text),
    Column("contact_iin", Text),
    Column("phone_hash", Text, index=True),  # keyed: finds, and tells nothing
    Column("iin_hash", Text, index=True),
    Column("code_hash", Text, unique=True),  # of the code by which the voter follows it
    Column("code_generation", Integer, nullable=False, server_default="0"),  # a new code, one more
    Column("external_id", Text),  # of the list it was imported from
    reference("body_id", "bodies.id", nullable=True, index=True),  # where it was sent
    Column("body_number", Text),  # under which the body registered it
    Column("body_registered_on", Date),
    Column("legal_due_on", Date),  # the law's clock, which starts with that day
    Column("merged_into", BigId, ForeignKey("voter_requests.id"), index=True),
    Column("merged_from", BigId, ForeignKey("people.id")),  # whose it was, to undo the merging
    Column("split_from", BigId, ForeignKey("voter_requests.id"), index=True),
    # Somebody says that it is done, and somebody else accepts that: then it is closed.
    Column("reported_at", UtcDateTime),
    Column("reported_by", BigId, ForeignKey("people.id")),
    # As they were before the first pause or extension; None while nothing has moved them.
    Column("first_due_on", Date),
    Column("first_legal_due_on", Date),
    # Who had it, until the deputy to whom it was handed takes it.
    Column("handed_from", BigId, ForeignKey("people.id")),
    Column("rating", Integer),  # by the voter, 1 to 5
    Column("rated_at", UtcDateTime),
    Column("asked_at", UtcDateTime),  # whether it was really solved
    Column("really_solved", Boolean),
    Column("anonymised_at", UtcDateTime),
    Column("draft_token", Text, unique=True),  # one draft makes one request, however often tapped
    version(),
    UniqueConstraint("branch_id", "year", "counter"),
    UniqueConstraint("branch_id", "external_id"),
    CheckConstraint(
        "(contact_name IS NULL AND contact_phone IS NULL)"
        " OR (consent_version IS NOT NULL AND consent_at IS NOT NULL)",
        name="no_contact_without_consent",
    ),
    # A list takes the first rows of such a range (storage/requests/strands.py): what is open by its
    # deadline, what is closed by when it was, what came in a time by when it came.
    *(_part("open", "IS NULL", by, "due_on") for by in (*_BY, ("state",))),
    *(_part("done", "IS NOT NULL", by, "closed_at") for by in _BY),
    _part("came", "IS NULL", (), "registered_at"),
    _part("came", "IS NULL", ("branch_id",), "registered_at"),
    Index(
        "ix_voter_requests_branch_id_registered_at",
        *dict.fromkeys(("branch_id", "registered_at", "id", *_LOOKED_AT)),
    ),
    Index("ix_voter_requests_registered_at", *dict.fromkeys(("registered_at", "id", *_LOOKED_AT))),
)

request_history = Table(
    "request_history",
    metadata,
    identity(),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id"),
    Column("kind", Text, nullable=False),  # registered, state, comment, …
    Column("from_state", Text),
    Column("to_state", Text),
    Column("text", Text),
    Column("public", Boolean, nullable=False, server_default=false()),  # the voter may read it
)

request_attachments = Table(
    "request_attachments",
    metadata,
    identity(),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # photo, document, voice, video, location
    Column("file_id", Text, nullable=False),  # of a location: "latitude,longitude"
    Column("name", Text),
    Column("size", Integer),  # bytes
    Column("added_at", UtcDateTime, nullable=False),
)

request_counters = Table(
    "request_counters",
    metadata,
    Column("branch_id", BigId, ForeignKey("branches.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("branch_id", "year"),
)
