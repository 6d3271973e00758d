"""groups and channels of branches get broadcasts"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0046"
down_revision = "0045"

GROUPS, PRESSES = "branch_groups", "group_presses"
COUNTED = ["broadcast_id", "state", "reason", "group_id", "read_at", "recalled_at"]
HAS_EDIT = sa.text("edit_state IS NOT NULL")
IS_GROUP = sa.text("group_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        GROUPS,
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("branch_id", BigId),
        sa.Column("proposed_by", BigId, nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by", BigId),
        sa.Column("confirmed_at", UtcDateTime()),
        sa.Column("language", sa.Text()),
        sa.Column("writes", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("pins", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{GROUPS}")),
        sa.UniqueConstraint("chat_id", name=op.f(f"uq_{GROUPS}_chat_id")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{GROUPS}_{column}"))
            for column, target in (
                ("branch_id", "branches.id"),
                ("proposed_by", "people.id"),
                ("confirmed_by", "people.id"),
            )
        ),
    )
    op.create_table(
        PRESSES,
        sa.Column("broadcast_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Integer()),
        sa.PrimaryKeyConstraint("broadcast_id", "person_id", name=op.f(f"pk_{PRESSES}")),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{PRESSES}_{column}"))
            for column, target in (
                ("broadcast_id", "broadcasts.id"),
                ("person_id", "people.id"),
                ("group_id", f"{GROUPS}.id"),
            )
        ),
    )
    op.add_column(
        "broadcasts", sa.Column("pins", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    # A partial index does not outlive the rebuilding of its table on SQLite.
    op.drop_index("ix_deliveries_edited", table_name="deliveries")
    op.drop_index("ix_deliveries_counted", table_name="deliveries")
    with op.batch_alter_table("deliveries", schema=None) as batch:
        batch.alter_column("person_id", existing_type=BigId, nullable=True)
        batch.add_column(sa.Column("group_id", BigId, nullable=True))
        batch.add_column(sa.Column("pinned", sa.Boolean(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_deliveries_group_id"), GROUPS, ["group_id"], ["id"]
        )
        batch.create_check_constraint(
            batch.f("ck_deliveries_one_recipient"), "(person_id IS NULL) <> (group_id IS NULL)"
        )
    op.create_index("ix_deliveries_counted", "deliveries", COUNTED)
    op.create_index(
        "ix_deliveries_edited",
        "deliveries",
        ["broadcast_id", "edit_state"],
        sqlite_where=HAS_EDIT,
        postgresql_where=HAS_EDIT,
    )
    op.create_index(
        "ix_deliveries_groups",
        "deliveries",
        ["broadcast_id", "group_id"],
        unique=True,
        sqlite_where=IS_GROUP,
        postgresql_where=IS_GROUP,
    )
