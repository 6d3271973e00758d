"""People of the party by a few letters of their name, for whoever puts somebody on a list."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from storage.people import lasting
from storage.rules.alphabet import order
from storage.rules.folding import fold
from storage.tables import branches, memberships, people

REGION = "region"
MOST = 8


@dataclass(frozen=True)
class Registered:
    """Somebody who holds a role today."""

    id: int
    name: str


def find(
    tx: Connection, branch_id: int, words: str, today: date, limit: int = MOST
) -> list[Registered]:
    """People of the branch (of the regional one: of the whole region) whose name has all words.

    A word may be the beginning of a name's word and is found when typed on a Russian keyboard; by
    name, at most ``limit``.
    """
    wanted = fold(words).split()
    if not wanted:
        return []
    kind = tx.execute(select(branches.c.kind).where(branches.c.id == branch_id)).scalar_one()
    holders = select(memberships.c.person_id).where(lasting(today))
    if kind != REGION:
        holders = holders.where(
            memberships.c.branch_id.is_(None) | (memberships.c.branch_id == branch_id)
        )
    query = select(people.c.id, people.c.name).where(people.c.id.in_(holders))
    found = [Registered(row.id, row.name) for row in tx.execute(query) if _has(row.name, wanted)]
    return sorted(found, key=lambda one: (order(one.name), one.id))[:limit]


def _has(name: str, wanted: list[str]) -> bool:
    names = fold(name).split()
    return all(any(part.startswith(word) for part in names) for word in wanted)
