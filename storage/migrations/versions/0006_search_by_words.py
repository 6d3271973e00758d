"""search by words"""

from itertools import groupby

import sqlalchemy as sa
from alembic import op
from storage.rules.bases import bases, cores
from storage.rules.misspelling import variants
from storage.rules.spelling import words_of
from storage.tables.base import BigId

revision = "0006"
down_revision = "0005"

# A range of words that begin alike is none by the rules of a language.
Word = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# FTS5 keeps no text of its own here; the triggers tell it what comes and goes, also by a cascade.
# ``ascii`` splits words at spaces only, ``none`` keeps no positions: nobody asks for phrases.
SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5("
    "words, content='search_docs', content_rowid='id', tokenize='ascii', detail='none')",
    "CREATE TRIGGER search_docs_come AFTER INSERT ON search_docs BEGIN"
    " INSERT INTO search_fts (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER search_docs_go AFTER DELETE ON search_docs BEGIN"
    " INSERT INTO search_fts (search_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
)
POSTGRES = (
    "CREATE INDEX ix_search_docs_words ON search_docs"
    " USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)",
)


def upgrade() -> None:
    op.create_table(
        "search_docs",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("meeting_id", BigId, nullable=False),
        sa.Column("item_id", BigId, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_search_docs_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_search_docs_meeting_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_docs")),
    )
    op.create_index("ix_search_docs_meeting_id", "search_docs", ["meeting_id"])
    op.create_index("ix_search_docs_item_id", "search_docs", ["item_id"])
    op.create_table(
        "search_forms",
        sa.Column("base", Word, nullable=False),
        sa.Column("word", Word, nullable=False),
        sa.PrimaryKeyConstraint("base", "word", name=op.f("pk_search_forms")),
    )
    op.create_table(
        "search_variants",
        sa.Column("variant", Word, nullable=False),
        sa.Column("base", Word, nullable=False),
        sa.PrimaryKeyConstraint("variant", "base", name=op.f("pk_search_variants")),
    )
    with op.batch_alter_table("search_lines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doc_id", BigId, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_search_lines_doc_id"), "search_docs", ["doc_id"], ["id"], ondelete="CASCADE")
        batch_op.create_index("ix_search_lines_doc_id", ["doc_id"])
    tx = op.get_bind()
    for statement in SQLITE if tx.dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
    _index_what_is_there(tx)


def _index_what_is_there(tx: sa.Connection) -> None:
    lines = sa.table("search_lines", *(sa.column(name) for name in ("id", "doc_id", "meeting_id", "item_id", "text", "folded")))
    docs = sa.table("search_docs", *(sa.column(name) for name in ("id", "meeting_id", "item_id", "words")))
    forms = sa.table("search_forms", sa.column("base"), sa.column("word"))
    near = sa.table("search_variants", sa.column("variant"), sa.column("base"))
    rows = tx.execute(sa.select(lines).order_by(lines.c.meeting_id, lines.c.item_id, lines.c.id)).mappings().all()
    all_words: set[str] = set()
    for (meeting_id, item_id), group in groupby(rows, lambda row: (row["meeting_id"], row["item_id"])):
        folded = {row["id"]: words_of(row["text"]) for row in group}
        words = {word for of_line in folded.values() for word in of_line}
        all_words |= words
        made = sa.insert(docs).values(meeting_id=meeting_id, item_id=item_id, words=" ".join(sorted(words)))
        doc_id = tx.execute(made.returning(docs.c.id)).scalar_one()
        for line_id, of_line in folded.items():
            tx.execute(sa.update(lines).where(lines.c.id == line_id).values(doc_id=doc_id, folded=" ".join(of_line)))
    pairs = sorted({(base, word) for word in all_words for base in bases(word)})
    if pairs:
        tx.execute(sa.insert(forms), [{"base": base, "word": word} for base, word in pairs])
    slips = sorted({(variant, base) for word in all_words for base in cores(word) for variant in variants(base)})
    if slips:
        tx.execute(sa.insert(near), [{"variant": variant, "base": base} for variant, base in slips])
