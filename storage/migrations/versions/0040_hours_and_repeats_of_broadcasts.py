"""broadcasts go in working hours, and come again each week or month"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import UtcDateTime

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.add_column(
        "broadcasts",
        sa.Column("office_hours", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("broadcasts", sa.Column("repeats", sa.Text()))
    op.add_column("broadcasts", sa.Column("repeats_from", UtcDateTime()))
    op.add_column("broadcasts", sa.Column("repeats_until", sa.Date()))
