"""how often somebody was refused of late holds across processes and restarts"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.create_table(
        "refused_tries",
        sa.Column("person_id", BigId, nullable=False, autoincrement=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_refused_tries_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_refused_tries")),
    )
