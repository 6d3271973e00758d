"""Moments that the program remembers between runs, by name."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import facts
from storage.upsert import upsert

# The moment of a restore, until an owner has decided on what waited before it.
RESTORED_AT = "restored_at"


_VALUE = select(facts.c.value).where(facts.c.name == bindparam("name"))


def remember(tx: Connection, name: str, moment: datetime) -> None:
    """Keep ``moment`` (aware) under ``name``, in place of what was there."""
    upsert(tx, facts, {"name": name}, {"value": moment.isoformat()})


def recall(tx: Connection, name: str) -> datetime | None:
    """The moment kept under ``name``; None when there is none."""
    value = tx.execute(_VALUE, {"name": name}).scalar_one_or_none()
    return None if value is None else datetime.fromisoformat(value)


def forget(tx: Connection, name: str) -> bool:
    """Drop what is kept under ``name``; say whether there was anything."""
    return tx.execute(delete(facts).where(facts.c.name == name)).rowcount > 0
