"""recipients who have not confirmed are asked again"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import UtcDateTime

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("nudged_at", UtcDateTime()))
