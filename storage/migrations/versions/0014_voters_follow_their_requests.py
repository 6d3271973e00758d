"""voters follow their requests by a code"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("voter_requests") as batch:
        batch.add_column(
            sa.Column("code_generation", sa.Integer(), nullable=False, server_default="0")
        )
    op.create_table(
        "request_followers",
        sa.Column("request_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_request_followers_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["voter_requests.id"], name=op.f("fk_request_followers_request_id")),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_request_followers")),
    )
    op.create_index(op.f("ix_request_followers_person_id"), "request_followers", ["person_id"])
    op.create_table(
        "code_tries",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_code_tries_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_tries")),
    )
    op.create_index(op.f("ix_code_tries_at"), "code_tries", ["at"])
    op.create_index(op.f("ix_code_tries_person_id"), "code_tries", ["person_id"])
