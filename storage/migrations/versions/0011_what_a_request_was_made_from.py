"""what a request was made from"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "request_sources",
        sa.Column("source", sa.BigInteger(), nullable=False),
        sa.Column("request_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["voter_requests.id"], name=op.f("fk_request_sources_request_id")),
        sa.PrimaryKeyConstraint("source", "request_id", name=op.f("pk_request_sources")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_request_sources_request_id", "request_sources", ["request_id"])
