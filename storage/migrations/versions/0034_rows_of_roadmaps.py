"""rows of roadmaps that came from workbooks"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "roadmap_rows",
        sa.Column("item_id", BigId, autoincrement=False, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("deadline_text", sa.Text()),
        sa.ForeignKeyConstraint(
            ["item_id"], ["control_items.id"], name=op.f("fk_roadmap_rows_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_roadmap_rows")),
        sa.UniqueConstraint("external_id", name=op.f("uq_roadmap_rows_external_id")),
    )
