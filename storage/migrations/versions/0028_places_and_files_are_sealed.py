"""places of requests and their files are sealed"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from storage.privacy.cells import seal
from storage.tables.base import UtcDateTime

revision = "0028"
down_revision = "0027"

AT_ONCE = 500


def upgrade() -> None:
    # All in this one transaction: a program that dies meanwhile leaves everything as it was.
    tx = op.get_bind()
    requests = sa.table("voter_requests", sa.column("id"), sa.column("number"), sa.column("place"))
    for row in _rows(tx, requests):
        _set(tx, requests, row, {"place": seal("voter_requests.place", row["number"], row["place"])})
    files = sa.table(
        "request_attachments", sa.column("id"), sa.column("request_id"), sa.column("kind"),
        sa.column("added_at", UtcDateTime()), sa.column("file_id"), sa.column("name"),
    )
    for row in _rows(tx, files):
        named = f"{row['request_id']}:{row['kind']}:{row['added_at'].isoformat()}"
        cells = {name: seal(f"request_attachments.{name}", named, row[name]) for name in ("file_id", "name")}
        _set(tx, files, row, cells)


def _rows(tx: sa.Connection, table: sa.TableClause) -> Iterator[sa.RowMapping]:
    after = 0
    query = sa.select(table).order_by(table.c.id).limit(AT_ONCE)
    while rows := tx.execute(query.where(table.c.id > after)).mappings().all():
        yield from rows
        after = rows[-1]["id"]


def _set(tx: sa.Connection, table: sa.TableClause, row: sa.RowMapping, cells: dict[str, str | None]) -> None:
    tx.execute(sa.update(table).where(table.c.id == row["id"]).values(cells))
