"""states and clocks of requests: who reported an outcome, who may take which step, pauses"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigId, UtcDateTime

revision = "0023"
down_revision = "0022"

OUTCOMES = (
    "resolved", "partly", "explained", "refused", "redirected",
    "left_without_consideration", "withdrawn",
)  # fmt: skip
PAIRS = (
    *(("registered", to) for to in (
        "in_progress", "sent_to_body", "redirected", "left_without_consideration", "withdrawn",
    )),
    ("in_progress", "sent_to_body"),
    *(("in_progress", to) for to in OUTCOMES),
    *(("sent_to_body", to) for to in ("in_progress", "answered", "withdrawn")),
    *(("answered", to) for to in OUTCOMES),
    *((outcome, to) for outcome in OUTCOMES for to in ("closed", "in_progress")),
    ("closed", "in_progress"),
)  # fmt: skip
EVERY, SECRETARIES = ("deputy", "secretary", "regional"), ("secretary", "regional")


def upgrade() -> None:
    with op.batch_alter_table("voter_requests") as batch:
        batch.add_column(sa.Column("reported_by", BigId, nullable=True))
        batch.add_column(sa.Column("first_due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("first_legal_due_on", sa.Date(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_voter_requests_reported_by"), "people", ["reported_by"], ["id"]
        )
    # Nothing has written pauses yet.
    with op.batch_alter_table("request_pauses") as batch:
        batch.add_column(sa.Column("started_at", UtcDateTime, nullable=False))
        batch.add_column(sa.Column("started_by", BigId, nullable=False))
        batch.create_foreign_key(
            batch.f("fk_request_pauses_started_by"), "people", ["started_by"], ["id"]
        )
    transitions = op.create_table(
        "request_transitions",
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint(
            "from_state", "to_state", "who", name=op.f("pk_request_transitions")
        ),
    )
    rows = [
        {"from_state": before, "to_state": after, "who": who, "allowed": True}
        for before, after in PAIRS
        for who in (SECRETARIES if after == "closed" else EVERY)
    ]
    op.bulk_insert(transitions, rows)
