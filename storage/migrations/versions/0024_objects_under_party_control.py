"""objects under party control, visits and photos"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "controlled_objects",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("branch_id", BigId, nullable=False),
        sa.Column("proposal_id", BigId),
        sa.Column("direction_kk", sa.Text()),
        sa.Column("direction_ru", sa.Text()),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("contractor", sa.Text()),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("starts_on", sa.Date()),
        sa.Column("plan_on", sa.Date()),
        sa.Column("fact_on", sa.Date()),
        sa.Column("percent", sa.Integer()),
        sa.Column("curator_id", BigId),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("taken_at", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_controlled_objects_branch_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_controlled_objects_proposal_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["curator_id"], ["people.id"], name=op.f("fk_controlled_objects_curator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_controlled_objects")),
    )
    op.create_index(op.f("ix_controlled_objects_branch_id"), "controlled_objects", ["branch_id"])
    op.create_index(op.f("ix_controlled_objects_curator_id"), "controlled_objects", ["curator_id"])
    op.create_table(
        "object_visits",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("object_id", BigId, nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Text()),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer()),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("recommendation", sa.Text()),
        sa.Column("due_on", sa.Date()),
        sa.Column("follow_up", sa.Text()),
        sa.Column("followed_on", sa.Date()),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(
            ["object_id"], ["controlled_objects.id"], name=op.f("fk_object_visits_object_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_object_visits_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_visits")),
    )
    op.create_index(op.f("ix_object_visits_object_id"), "object_visits", ["object_id"])
    op.create_table(
        "object_photos",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("visit_id", BigId, nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["object_visits.id"], name=op.f("fk_object_photos_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_photos")),
    )
    op.create_index(op.f("ix_object_photos_visit_id"), "object_photos", ["visit_id"])
    op.create_table(
        "object_history",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("object_id", BigId, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(
            ["object_id"], ["controlled_objects.id"], name=op.f("fk_object_history_object_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_object_history_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_history")),
    )
    op.create_index(op.f("ix_object_history_object_id"), "object_history", ["object_id"])
