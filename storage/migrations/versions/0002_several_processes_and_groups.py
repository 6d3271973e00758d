"""several processes and groups"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reachable", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("unreachable_reason", sa.Text(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chats")),
    )
    op.create_table(
        "lanes",
        sa.Column("lane", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_lanes")),
    )
    # What waits already needs its lane, else nobody would ever take it.
    op.execute("INSERT INTO lanes (lane) SELECT DISTINCT lane FROM inbox")
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chat_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("stream", sa.BigInteger(), server_default="0", nullable=False)
        )
        batch_op.alter_column("person_id", existing_type=BigId, nullable=True)
        batch_op.create_check_constraint(
            op.f("ck_outbox_one_recipient"), "(person_id IS NULL) <> (chat_id IS NULL)"
        )
        batch_op.drop_index(batch_op.f("ix_outbox_state_priority_not_before"))
        batch_op.create_index(
            "ix_outbox_state_priority_stream_not_before",
            ["state", "priority", "stream", "not_before"],
            unique=False,
        )

