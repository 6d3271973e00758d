"""indicators with their plans, facts and history"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0021"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "indicators",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("branch_id", BigId, nullable=False),
        sa.Column("direction_kk", sa.Text(), nullable=False),
        sa.Column("direction_ru", sa.Text(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("unit_kk", sa.Text(), nullable=False),
        sa.Column("unit_ru", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("base_value", sa.Float()),
        sa.Column("base_year", sa.Integer()),
        sa.Column("source", sa.Text()),
        sa.Column("reporter_id", BigId),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_indicators_branch_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["people.id"], name=op.f("fk_indicators_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
    )
    op.create_index(op.f("ix_indicators_branch_id"), "indicators", ["branch_id"])
    op.create_index(op.f("ix_indicators_reporter_id"), "indicators", ["reporter_id"])
    op.create_table(
        "indicator_values",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("indicator_id", BigId, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Float()),
        sa.Column("fact", sa.Float()),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_values_indicator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_values")),
        sa.UniqueConstraint(
            "indicator_id", "year", "month", name=op.f("uq_indicator_values_indicator_id_year_month")
        ),
    )
    op.create_table(
        "indicator_history",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("indicator_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("month", sa.Integer()),
        sa.Column("was", sa.Float()),
        sa.Column("became", sa.Float()),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_history_indicator_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_indicator_history_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_history")),
    )
    op.create_index(op.f("ix_indicator_history_indicator_id"), "indicator_history", ["indicator_id"])
