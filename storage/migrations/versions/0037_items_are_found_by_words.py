"""items under control are found by their words"""

import sqlalchemy as sa
from alembic import op
from storage import search_words
from storage.rules.spelling import words_of
from storage.tables.base import BigId

revision = "0037"
down_revision = "0036"

TEXTS = ("number", "direction_kk", "direction_ru", "title_kk", "title_ru", "object", "body", "executor_name")


def upgrade() -> None:
    op.create_table(
        "control_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("item_id", BigId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["control_items.id"], name=op.f("fk_control_words_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word", "item_id", name=op.f("pk_control_words")),
    )
    op.create_index("ix_control_words_item_id", "control_words", ["item_id"])
    _index_what_is_there(op.get_bind())


def _index_what_is_there(tx: sa.Connection) -> None:
    columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in ("id", "executor_id", *TEXTS)]
    items, kept = sa.table("control_items", *columns), sa.table("control_words", sa.column("word"), sa.column("item_id"))
    people = sa.table("people", sa.column("id"), sa.column("name"))
    joined = items.outerjoin(people, people.c.id == items.c.executor_id)
    rows = tx.execute(sa.select(*items.c, people.c.name).select_from(joined)).mappings().all()
    held = {row["id"]: {w for name in (*TEXTS, "name") for w in words_of(row[name] or "")} for row in rows}
    pairs = [{"word": word, "item_id": item_id} for item_id, words in held.items() for word in sorted(words)]
    if pairs:
        tx.execute(sa.insert(kept), pairs)
        search_words.learn(tx, set().union(*held.values()))
