"""reminders of meetings"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "meeting_reminders",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("meeting_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_meeting_reminders_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_reminders")),
        sa.UniqueConstraint(
            "meeting_id",
            "kind",
            "minutes",
            "starts_at",
            name=op.f("uq_meeting_reminders_meeting_id_kind_minutes_starts_at"),
        ),
    )
    op.create_index(
        "ix_meeting_reminders_state_due_at", "meeting_reminders", ["state", "due_at"], unique=False
    )
