"""an item that is carried over stays one item: its history counts the years"""

from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    with op.batch_alter_table("control_items", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_control_items_carried_from"), type_="foreignkey")
        batch_op.drop_column("carried_from")
