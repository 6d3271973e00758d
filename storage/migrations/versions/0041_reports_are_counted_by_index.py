"""a broadcast's report is counted within an index"""

from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.create_index(
        "ix_deliveries_counted",
        "deliveries",
        ["broadcast_id", "state", "reason", "read_at", "recalled_at"],
    )
    op.drop_index("ix_deliveries_broadcast_id_state", table_name="deliveries")
