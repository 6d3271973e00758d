"""primary organisations, and saved lists of whom a branch writes to"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "primary_organisations",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("branch_id", BigId, nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_primary_organisations_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_primary_organisations")),
    )
    op.create_index(
        op.f("ix_primary_organisations_branch_id"), "primary_organisations", ["branch_id"]
    )
    op.create_table(
        "primary_members",
        sa.Column("person_id", BigId, nullable=False, autoincrement=False),
        sa.Column("primary_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_primary_members_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["primary_id"],
            ["primary_organisations.id"],
            name=op.f("fk_primary_members_primary_id"),
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_primary_members")),
    )
    op.create_index(op.f("ix_primary_members_primary_id"), "primary_members", ["primary_id"])
    op.create_table(
        "audience_lists",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("branch_id", BigId),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("created_by", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_audience_lists_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_audience_lists_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_lists")),
    )
    op.create_index(op.f("ix_audience_lists_branch_id"), "audience_lists", ["branch_id"])
    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.add_column(sa.Column("primary_id", BigId, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_invites_primary_id"), "primary_organisations", ["primary_id"], ["id"]
        )
