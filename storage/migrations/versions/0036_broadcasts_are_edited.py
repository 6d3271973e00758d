"""broadcasts are worded anew after they went, and a message of the author's keeps up"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigId, UtcDateTime

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.add_column(
        "broadcasts", sa.Column("edition", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("broadcasts", sa.Column("board_message_id", sa.BigInteger()))
    op.add_column("broadcasts", sa.Column("board_at", UtcDateTime()))
    op.add_column("deliveries", sa.Column("edition", sa.Integer()))
    op.add_column("deliveries", sa.Column("edit_state", sa.Text()))
    op.add_column("deliveries", sa.Column("edit_reason", sa.Text()))
    has_edit = sa.text("edit_state IS NOT NULL")
    op.create_index(
        "ix_deliveries_edited",
        "deliveries",
        ["broadcast_id", "edit_state"],
        sqlite_where=has_edit,
        postgresql_where=has_edit,
    )
    op.create_table(
        "broadcast_edits",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("broadcast_id", BigId, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", BigId),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_broadcast_edits_broadcast_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_broadcast_edits_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast_edits")),
    )
    op.create_index(
        op.f("ix_broadcast_edits_broadcast_id"), "broadcast_edits", ["broadcast_id"]
    )
