"""broadcasts go at a moment, are paused, come without a sound, and are recalled"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcDateTime

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.add_column(
        "broadcasts",
        sa.Column("silent", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("broadcasts", sa.Column("send_at", UtcDateTime()))
    op.add_column(
        "broadcasts", sa.Column("faults", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("broadcasts", sa.Column("paused_reason", sa.Text()))
    op.add_column("deliveries", sa.Column("recalled_at", UtcDateTime()))
