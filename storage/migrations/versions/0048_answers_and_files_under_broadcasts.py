"""broadcasts ask who comes to a meeting, may take no replies, and replies bring files"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_id", BigId, nullable=True))
        batch_op.add_column(
            sa.Column("takes_replies", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_broadcasts_meeting_id"), "meetings", ["meeting_id"], ["id"]
        )
    op.add_column("broadcast_replies", sa.Column("kind", sa.Text()))
    op.add_column("broadcast_replies", sa.Column("file_id", sa.Text()))
