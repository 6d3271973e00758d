"""kinds of announcement, which a person may switch off or read once a day"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column(
        "broadcasts", sa.Column("announcement", sa.Text(), nullable=False, server_default="news")
    )
    op.create_table(
        "refusals",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_refusals_person_id")),
        sa.PrimaryKeyConstraint("person_id", "announcement", name=op.f("pk_refusals")),
    )
    op.create_table(
        "digest_wishes",
        sa.Column("person_id", BigId, autoincrement=False, nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_digest_wishes_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_wishes")),
    )
    op.create_table(
        "digest_entries",
        sa.Column("broadcast_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_digest_entries_broadcast_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_digest_entries_person_id")
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "person_id", name=op.f("pk_digest_entries")),
    )
    op.create_index(
        "ix_digest_entries_due_at_person_id", "digest_entries", ["due_at", "person_id"]
    )
