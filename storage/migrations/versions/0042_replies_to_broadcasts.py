"""recipients reply to a broadcast, and are answered"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigId, UtcDateTime

revision = "0042"
down_revision = "0041"

NAME = "broadcast_replies"


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("broadcast_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("to_id", BigId, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{NAME}_{column}"))
            for column, target in (
                ("broadcast_id", "broadcasts.id"),
                ("person_id", "people.id"),
                ("author_id", "people.id"),
                ("to_id", "people.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
    )
    for columns in (["broadcast_id", "person_id"], ["to_id", "message_id"]):
        op.create_index(op.f(f"ix_{NAME}_{'_'.join(columns)}"), NAME, columns)
