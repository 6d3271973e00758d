"""subjects of inquiries and their bases are sealed, and found by keyed hashes of their words"""

import sqlalchemy as sa
from alembic import op
from storage.privacy.cells import seal
from storage.privacy.words import hashes
from storage.rules.folding import fold
from storage.tables.base import BigId

revision = "0049"
down_revision = "0048"

AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "inquiry_words",
        sa.Column("inquiry_id", BigId, nullable=False),
        sa.Column("word", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_inquiry_words_inquiry_id")),
        sa.PrimaryKeyConstraint("word", "inquiry_id", name=op.f("pk_inquiry_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inquiry_words_inquiry_id", "inquiry_words", ["inquiry_id"])
    tx, after = op.get_bind(), 0
    words = sa.table("inquiry_words", sa.column("inquiry_id"), sa.column("word"))
    old = sa.table(
        "inquiries", *map(sa.column, ("id", "number", "subject", "basis", "folded"))
    )
    query = sa.select(old).order_by(old.c.id).limit(AT_ONCE)
    while rows := tx.execute(query.where(old.c.id > after)).mappings().all():
        for row in rows:
            number = row["number"]
            cells = {name: seal(f"inquiries.{name}", number, row[name]) for name in ("subject", "basis")}
            here = sa.update(old).where(old.c.id == row["id"])
            tx.execute(here.values(folded=fold(number), **cells))
            if found := hashes(row["subject"]):
                tx.execute(sa.insert(words), [{"inquiry_id": row["id"], "word": word} for word in sorted(found)])
        after = rows[-1]["id"]
