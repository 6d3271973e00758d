"""summaries are drafted"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("meetings", sa.Column("summary_draft", sa.JSON(), nullable=True))
