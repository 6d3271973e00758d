"""items name people beside whom the bot does not know, and the indicator they serve"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    with op.batch_alter_table("control_items", schema=None) as batch_op:
        for name in ("co_executor_names", "curator_names", "indicator"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
