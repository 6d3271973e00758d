"""broadcasts of any content"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigId

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column(
        "broadcasts",
        sa.Column("confirms", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.add_column("broadcasts", sa.Column("asks", sa.Text()))
    op.add_column(
        "broadcasts", sa.Column("links", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column("deliveries", sa.Column("parts", sa.JSON()))
    op.add_column("deliveries", sa.Column("answer", sa.Integer()))
    op.create_table(
        "broadcast_contents",
        sa.Column("broadcast_id", BigId, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name=op.f("fk_broadcast_contents_broadcast_id"),
        ),
        sa.PrimaryKeyConstraint(
            "broadcast_id", "language", "position", name=op.f("pk_broadcast_contents")
        ),
    )
