"""people ask for their data: whose it is, in which branch, from which request"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    with op.batch_alter_table("data_tasks") as batch:
        batch.add_column(sa.Column("subject", sa.Text(), nullable=True))
        batch.add_column(sa.Column("branch_id", BigId, nullable=True))
        batch.add_column(sa.Column("request_id", BigId, nullable=True))
        batch.create_foreign_key(op.f("fk_data_tasks_branch_id"), "branches", ["branch_id"], ["id"])
        batch.create_foreign_key(op.f("fk_data_tasks_request_id"), "voter_requests", ["request_id"], ["id"])
