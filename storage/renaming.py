"""The name that a person is known by in the branch."""

from sqlalchemy import Connection, update

from storage.roadmap import indexing
from storage.tables import people


def rename(tx: Connection, person_id: int, name: str) -> None:
    """Keep another name; what the person carries is found by it from now on."""
    tx.execute(update(people).where(people.c.id == person_id).values(name=name))
    indexing.index_of(tx, person_id)
