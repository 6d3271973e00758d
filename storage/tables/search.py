"""What search reads: documents, their lines, and the words of all of them."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.tables.base import BigId, identity, metadata

# One a meeting (what is said of the whole of it) and one an item of its agenda. ``words`` are the
# different words of its lines; beside them each engine keeps an index of its own, see
# ``storage.search_engines``.
search_docs = Table(
    "search_docs",
    metadata,
    identity(),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE")),
    Column("words", Text, nullable=False),
    Index("ix_search_docs_meeting_id", "meeting_id"),
    Index("ix_search_docs_item_id", "item_id"),
)

# One a text and language; ``folded`` is what ``storage.rules.spelling.words_of`` makes of it.
search_lines = Table(
    "search_lines",
    metadata,
    identity(),
    Column("doc_id", BigId, ForeignKey("search_docs.id", ondelete="CASCADE")),
    Column("meeting_id", BigId, ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("item_id", BigId, ForeignKey("agenda_items.id", ondelete="CASCADE")),
    Column("kind", Text, nullable=False),  # title, item, heard, proposal, decision, …
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("ix_search_lines_meeting_id", "meeting_id"),
    Index("ix_search_lines_doc_id", "doc_id"),
)

# Every word that was ever indexed, under each base it may be a form of, itself included. Words are
# compared byte by byte (the migration says so), whatever language a database was made for.
search_forms = Table(
    "search_forms",
    metadata,
    Column("base", Text, primary_key=True),
    Column("word", Text, primary_key=True),
)

# The bases that may be meant by a misspelt word, see ``storage.rules.misspelling``.
search_variants = Table(
    "search_variants",
    metadata,
    Column("variant", Text, primary_key=True),
    Column("base", Text, primary_key=True),
)
