"""personal data is sealed"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from storage.privacy.cells import sealed
from storage.privacy.index import hashed
from storage.privacy.words import NAME, hashes
from storage.tables.base import BigId, UtcDateTime

revision = "0010"
down_revision = "0009"

AT_ONCE = 500
REQUEST_CELLS = ("text", "contact_name", "contact_phone", "contact_address", "contact_iin")


def upgrade() -> None:
    _words()
    # All in this one transaction: a program that dies meanwhile leaves everything as it was.
    tx = op.get_bind()
    _seal_requests(tx)
    _seal(tx, "request_history", ("id",), "text", lambda row: f"{row['request_id']}:{row['at'].isoformat()}:{row['kind']}",
          sa.column("request_id"), sa.column("at", UtcDateTime()), sa.column("kind"))
    _seal(tx, "people", ("id",), "phone", lambda row: str(row["telegram_id"]), sa.column("telegram_id"))
    _seal(tx, "inbox", ("update_id",), "body", lambda row: str(row["update_id"]))
    # The text of the JSON, in whose place the sealed text stands as a string of JSON.
    _seal(tx, "conversations", ("chat_id", "telegram_id"), "data", lambda row: f"{row['chat_id']}:{row['telegram_id']}", json=True)
    with op.batch_alter_table("voter_requests", schema=None) as batch_op:
        batch_op.drop_column("folded")


def _words() -> None:
    op.drop_table("request_words")  # nothing wrote to it yet
    op.create_table(
        "request_words",
        sa.Column("request_id", BigId, nullable=False),
        sa.Column("word", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["voter_requests.id"], name=op.f("fk_request_words_request_id")),
        sa.PrimaryKeyConstraint("word", "request_id", name=op.f("pk_request_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_request_words_request_id", "request_words", ["request_id"])


def _seal_requests(tx: sa.Connection) -> None:
    names = ("id", "number", "place", "phone_hash", *REQUEST_CELLS)
    requests = sa.table("voter_requests", *(sa.column(name) for name in names))
    words = sa.table("request_words", sa.column("request_id"), sa.column("word"))
    after = 0
    while rows := tx.execute(sa.select(requests).where(requests.c.id > after).order_by(requests.c.id).limit(AT_ONCE)).mappings().all():
        for row in rows:
            after = row["id"]
            cells = {name: sealed(f"voter_requests.{name}", row["number"], row[name]) for name in REQUEST_CELLS if row[name] is not None}
            if row["contact_phone"]:
                cells["phone_hash"] = hashed("phone", row["contact_phone"])
            tx.execute(sa.update(requests).where(requests.c.id == after).values(**cells))
            found = hashes(f"{row['text']} {row['place'] or ''}") | hashes(row["contact_name"] or "", NAME)
            if found:
                tx.execute(sa.insert(words), [{"request_id": after, "word": word} for word in sorted(found)])


def _seal(
    tx: sa.Connection,
    name: str,
    key: tuple[str, ...],
    column: str,
    named: Callable[[sa.RowMapping], str],
    *more: sa.ColumnClause[Any],
    json: bool = False,
) -> None:
    extra = {c.name for c in more}
    table = sa.table(name, *(sa.column(k) for k in key if k not in extra), sa.column(column, sa.JSON() if json else sa.Text()), *more)
    cell, keys = table.c[column], [table.c[k] for k in key]
    raw = sa.cast(cell, sa.Text()).label(column) if json else cell
    query = sa.select(*(c for c in table.c if c.name != column), raw).where(cell.is_not(None)).order_by(*keys).limit(AT_ONCE)
    after = None
    while rows := tx.execute(query if after is None else query.where(sa.tuple_(*keys) > after)).mappings().all():
        for row in rows:
            text = sealed(f"{name}.{column}", named(row), row[column])
            tx.execute(sa.update(table).where(*(table.c[k] == row[k] for k in key)).values({column: text}))
        after = sa.tuple_(*(sa.literal(rows[-1][k]) for k in key))
