"""a list of requests passes over what it does not show without reading the row"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

OPEN, DONE = "closed_at IS NULL", "closed_at IS NOT NULL"
BY: tuple[list[str], ...] = ([], ["branch_id"], ["deputy_id"], ["category"], ["settlement_id"])
BOTH = ["branch_id", "category"]
LOOKED_AT = ["state", "branch_id", "category", "settlement_id", "registered_at", "due_on", "closed_at", "merged_into"]


def upgrade() -> None:
    for name in ("open_state", "branch_id_registered_at", "registered_at"):
        op.drop_index(f"ix_voter_requests_{name}", "voter_requests")
    for by in BY:
        op.drop_index(f"ix_voter_requests_open_{(by or ['due_on'])[0]}", "voter_requests")
        op.drop_index(f"ix_voter_requests_done_{(by or ['closed_at'])[0]}", "voter_requests")
    for by in (*BY, BOTH, ["state"]):
        _index("_".join(["open", *(by or ["due_on"])]), [*by, "due_on"], OPEN)
    for by in (*BY, BOTH):
        _index("_".join(["done", *(by or ["closed_at"])]), [*by, "closed_at"], DONE)
    _index("came_registered_at", ["registered_at"], OPEN)
    _index("came_branch_id", ["branch_id", "registered_at"], OPEN)
    _index("branch_id_registered_at", ["branch_id", "registered_at"])
    _index("registered_at", ["registered_at"])


def _index(name: str, columns: list[str], part: str | None = None) -> None:
    condition = sa.text(f"{part} AND merged_into IS NULL") if part else None
    op.create_index(
        f"ix_voter_requests_{name}", "voter_requests", list(dict.fromkeys([*columns, "id", *LOOKED_AT])),
        sqlite_where=condition, postgresql_where=condition,
    )
