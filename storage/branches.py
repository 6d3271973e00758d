"""Branches of the region."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, bindparam, select

from storage.errors import NotFound
from storage.first_branches import BRANCHES
from storage.rules.access import Action, Actor, scope
from storage.tables import branches
from storage.upsert import insert_new


@dataclass(frozen=True)
class Branch:
    """A branch; ``name`` comes in both languages, see ``named``."""

    id: int
    code: str
    kind: str
    name_kk: str
    name_ru: str

    def named(self, language: str) -> str:
        """The name in ``language`` (Kazakh for any but Russian)."""
        return self.name_ru if language == "ru" else self.name_kk


_ONE = select(branches).where(branches.c.id == bindparam("id"))


def ensure(tx: Connection) -> None:
    """Keep the branches of the region in a database that has none; one that has any is left."""
    if tx.execute(select(branches.c.id).limit(1)).first() is None:
        rows = [{**row._asdict(), "position": i} for i, row in enumerate(BRANCHES)]
        insert_new(tx, branches, rows)  # another process may do the same at this moment


def every(tx: Connection) -> list[Branch]:
    """All branches, the regional one first."""
    rows = tx.execute(select(branches).order_by(branches.c.position)).mappings()
    return [_branch(row) for row in rows]


def get(tx: Connection, branch_id: int) -> Branch:
    """One branch. Raises NotFound."""
    row = tx.execute(_ONE, {"id": branch_id}).mappings().first()
    if row is None:
        raise NotFound("branch")
    return _branch(row)


def within(tx: Connection, actor: Actor, action: Action) -> list[Branch]:
    """The branches in which ``actor`` may do ``action``, the regional one first."""
    reach = scope(actor, action)
    return [branch for branch in every(tx) if reach is None or branch.id in reach]


def _branch(row: RowMapping) -> Branch:
    return Branch(row["id"], row["code"], row["kind"], row["name_kk"], row["name_ru"])
