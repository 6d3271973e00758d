"""an item asks about an instruction"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("agenda_items", sa.Column("instruction_id", BigId, nullable=True))
