"""items of agendas on which inquiries were spoken of and decided"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "inquiry_items",
        sa.Column("inquiry_id", BigId, nullable=False),
        sa.Column("item_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiries.id"], name=op.f("fk_inquiry_items_inquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agenda_items.id"],
            name=op.f("fk_inquiry_items_item_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("inquiry_id", "item_id", name=op.f("pk_inquiry_items")),
    )
    op.create_index(op.f("ix_inquiry_items_item_id"), "inquiry_items", ["item_id"])
