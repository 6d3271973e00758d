"""audiences of broadcasts, and the second person who approves them"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigId

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("broadcasts", sa.Column("audience", sa.JSON()))
    with op.batch_alter_table("broadcasts") as batch:
        batch.add_column(sa.Column("approved_by", BigId, nullable=True))
        batch.create_foreign_key(
            batch.f("fk_broadcasts_approved_by"), "people", ["approved_by"], ["id"]
        )
