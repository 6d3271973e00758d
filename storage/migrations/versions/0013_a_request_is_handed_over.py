"""a request is handed over"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigId

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("voter_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_from", BigId, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_voter_requests_handed_from"), "people", ["handed_from"], ["id"]
        )
