"""What belongs to voters' requests beside them: categories, settlements, consents, watchers."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
    true,
)

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

# What a request may be about; a category that is used is closed, never deleted.
request_categories = Table(
    "request_categories",
    metadata,
    Column("code", Text, primary_key=True),
    Column("icon", Text, nullable=False),
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("target_days", Integer, nullable=False),  # working days
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    version(),
)

settlements = Table(
    "settlements",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    version(),
)

# Who had a request before its present deputy, and until when.
request_past_deputies = Table(
    "request_past_deputies",
    metadata,
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("until", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("request_id", "person_id"),
)

# What a voter agreed to, how and when; withdrawn, it stays as the proof of what was.
request_consents = Table(
    "request_consents",
    metadata,
    identity(),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("text_hash", Text, nullable=False),  # SHA-256 of the wording shown
    Column("language", Text, nullable=False),
    Column("channel", Text, nullable=False),  # oral, paper, bot
    reference("taken_by", "people.id"),
    Column("at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
)

request_watchers = Table(
    "request_watchers",
    metadata,
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    PrimaryKeyConstraint("request_id", "person_id"),
)

# Who follows a request by its code: voters, known to the bot by nothing else.
request_followers = Table(
    "request_followers",
    metadata,
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("since", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("request_id", "person_id"),
)

# Codes that opened nothing: they are counted, so that nobody finds one by trying.
code_tries = Table(
    "code_tries",
    metadata,
    identity(),
    reference("person_id", "people.id", index=True),
    Column("at", UtcDateTime, nullable=False, index=True),
)

# Keyed hashes of the words that find a request: nobody reads them back.
request_words = Table(
    "request_words",
    metadata,
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("word", BigInteger, nullable=False),
    PrimaryKeyConstraint("word", "request_id"),
    sqlite_with_rowid=False,
)

# Keyed numbers of the words and files a request was made from: the same message is known again.
request_sources = Table(
    "request_sources",
    metadata,
    Column("source", BigInteger, nullable=False),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    PrimaryKeyConstraint("source", "request_id"),
    sqlite_with_rowid=False,
)

# Asked-for extensions of a deadline, each approved or refused once.
request_extensions = Table(
    "request_extensions",
    metadata,
    identity(),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("clock", Text, nullable=False),  # own, legal
    reference("asked_by", "people.id"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("from_due", Date, nullable=False),
    Column("to_due", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),  # asked, approved, refused
    reference("decided_by", "people.id", nullable=True),
    Column("decided_at", UtcDateTime),
    version(),
)

# Times in which a clock stands: the voter was asked for something.
request_pauses = Table(
    "request_pauses",
    metadata,
    identity(),
    Column("request_id", BigId, ForeignKey("voter_requests.id"), nullable=False, index=True),
    Column("from_day", Date, nullable=False),
    Column("to_day", Date),  # the first day on which it runs again; None while it stands
    Column("reason", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    reference("started_by", "people.id"),
    Index(
        "ix_request_pauses_standing",
        "request_id",
        sqlite_where=text("to_day IS NULL"),
        postgresql_where=text("to_day IS NULL"),
    ),
)

# Which step from one state to another is open to whom; the regional secretary switches them.
request_transitions = Table(
    "request_transitions",
    metadata,
    Column("from_state", Text, nullable=False),
    Column("to_state", Text, nullable=False),
    Column("who", Text, nullable=False),  # deputy, secretary, regional
    Column("allowed", Boolean, nullable=False),
    version(),
    PrimaryKeyConstraint("from_state", "to_state", "who"),
)

# Akimats, departments, and whoever else requests and inquiries go to.
bodies = Table(
    "bodies",
    metadata,
    identity(),
    Column("level", Text, nullable=False),  # district, city, oblast
    reference("branch_id", "branches.id", nullable=True),  # None: of the whole oblast
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("head_kk", Text),  # whom a letter addresses
    Column("head_ru", Text),
    Column("active", Boolean, nullable=False, server_default=true()),
    reference("proposed_by", "people.id", nullable=True),  # until a secretary has taken it in
    version(),
)

# Texts that the branch edits itself: the privacy text, the wording of consent, letters.
contents = Table(
    "contents",
    metadata,
    identity(),
    Column("key", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    reference("set_by", "people.id", nullable=True),
    Column("set_at", UtcDateTime, nullable=False),
    UniqueConstraint("key", "language", "version"),
)

# What a voter asked to be done with the own data; the law gives 15 days.
data_tasks = Table(
    "data_tasks",
    metadata,
    identity(),
    Column("kind", Text, nullable=False),  # export, erase
    Column("subject_hash", Text, nullable=False),  # keyed hash of the phone, IIN or request number
    Column("subject", Text),  # the phone or IIN, sealed; empty again when it is done
    reference("branch_id", "branches.id", nullable=True),  # None: in every branch
    reference("request_id", "voter_requests.id", nullable=True),  # whose voter asked
    reference("asked_by", "people.id"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("done_at", UtcDateTime),
    Column("proof", Text),  # counts of what was erased, JSON
    version(),
)
