"""requests are worked on together: merged, split, handed on; settlements are kept"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0018"
down_revision = "0014"


def upgrade() -> None:
    with op.batch_alter_table("settlements") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("voter_requests") as batch:
        batch.add_column(sa.Column("merged_from", BigId, nullable=True))
        batch.create_foreign_key(
            batch.f("fk_voter_requests_merged_from"), "people", ["merged_from"], ["id"]
        )
    for column in ("merged_into", "split_from"):
        op.create_index(op.f(f"ix_voter_requests_{column}"), "voter_requests", [column])
    op.create_table(
        "request_past_deputies",
        sa.Column("request_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_request_past_deputies_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["voter_requests.id"], name=op.f("fk_request_past_deputies_request_id")),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_request_past_deputies")),
    )
    op.create_index(op.f("ix_request_past_deputies_person_id"), "request_past_deputies", ["person_id"])
