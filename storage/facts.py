"""Single values the program remembers between runs."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.tables import facts
from storage.upsert import upsert


def read(tx: Connection, name: str) -> str | None:
    """The value of ``name``; None when nothing was remembered."""
    return tx.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one_or_none()


def write(tx: Connection, name: str, value: str) -> None:
    """Remember ``value`` as ``name``."""
    upsert(tx, facts, {"name": name}, {"value": value})


def read_moment(tx: Connection, name: str) -> datetime | None:
    """A remembered moment, aware."""
    value = read(tx, name)
    return None if value is None else datetime.fromisoformat(value)


def write_moment(tx: Connection, name: str, moment: datetime) -> None:
    """Remember an aware moment."""
    write(tx, name, moment.isoformat())
