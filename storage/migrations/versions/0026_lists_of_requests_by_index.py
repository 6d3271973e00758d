"""a list of requests takes the first rows of an index, whatever it is narrowed by"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

BY: tuple[list[str], ...] = ([], ["branch_id"], ["deputy_id"], ["category"], ["settlement_id"])


def upgrade() -> None:
    op.drop_index("ix_voter_requests_deputy_id_state_due_on", "voter_requests")
    op.drop_index("ix_voter_requests_branch_id_state_due_on", "voter_requests")
    for by in (*BY, ["state"]):
        _part("open", [*by, "due_on", "id", "state", "branch_id", "registered_at"], "closed_at IS NULL AND merged_into IS NULL")
    for by in BY:
        _part("done", [*by, "closed_at", "id", "branch_id"], "closed_at IS NOT NULL AND merged_into IS NULL")
    _index("branch_id_registered_at", ["branch_id", "registered_at", "id"])
    _index("registered_at", ["registered_at", "id"])
    standing = sa.text("to_day IS NULL")
    op.create_index(
        "ix_request_pauses_standing", "request_pauses", ["request_id"],
        sqlite_where=standing, postgresql_where=standing,
    )


def _part(name: str, columns: list[str], where: str) -> None:
    _index(f"{name}_{columns[0]}", list(dict.fromkeys(columns)), where)


def _index(name: str, columns: list[str], where: str | None = None) -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        f"ix_voter_requests_{name}", "voter_requests", columns,
        sqlite_where=condition, postgresql_where=condition,
    )
