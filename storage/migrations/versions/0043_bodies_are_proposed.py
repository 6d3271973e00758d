"""bodies that a directory lacked are proposed"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proposed_by", BigId, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_bodies_proposed_by"), "people", ["proposed_by"], ["id"]
        )
